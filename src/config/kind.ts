import { unfit } from './error.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a setting can hold. `name` says where the value came from, for the error. */
export interface Kind<T> {
  /** Stands for the value in the help; absent where naming the flag is enough. */
  readonly placeholder?: string;
  /** What the configuration file may hold, for editors. */
  readonly schema: JsonSchema;
  /**
   * A value given by a flag or in the environment.
   * @throws {ConfigError} when it cannot be used.
   */
  fromText(text: string, name: string): T;
  /**
   * A value in the configuration file.
   * @throws {ConfigError} when it cannot be used.
   */
  fromJson(value: unknown, name: string): T;
}

/** A kind that is text wherever it stands. `read` returns undefined for a text that cannot be used. */
export function textual<T>(
  placeholder: string,
  right: string,
  schema: JsonSchema,
  read: (text: string) => T | undefined,
): Kind<T> {
  const fromText = (text: string, name: string): T => {
    const value = read(text);
    if (value === undefined) throw unfit(name, text, right);
    return value;
  };
  return {
    placeholder,
    schema: { type: 'string', ...schema },
    fromText,
    fromJson(value, name) {
      if (typeof value !== 'string') throw unfit(name, value, right);
      return fromText(value, name);
    },
  };
}
