import { Refusal } from './refusal.js';

export interface Style {
  readonly eol: string;
  /** One step. */
  readonly indent: string;
}

/** How a text breaks its lines and indents them. */
export const styleOf = (text: string): Style => ({
  eol: text.includes('\r\n') ? '\r\n' : '\n',
  indent: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ',
});

/** @throws {Refusal} */
export function unparsable(text: string, offset: number, what: string): never {
  const lines = text.slice(0, offset).split('\n');
  throw new Refusal({ kind: 'unparsable', line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, what });
}
