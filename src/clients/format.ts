export type Table = Record<string, unknown>;

/** A way of writing configuration, and how one entry of a table at its root is changed with all else kept as it is. */
export interface Format {
  /** What an empty text says is an empty table. @throws {Refusal} */
  parse(text: string): Table;
  /** @throws {Refusal} */
  set(text: string, key: string, name: string, value: Table): string;
  /** @throws {Refusal} */
  remove(text: string, key: string, name: string): string;
}

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
