import { field, unlinked } from './text.js';

export type Cell = string | number | boolean | null;

/** One piece of an answer: a paragraph, named facts, or a table under an optional title. */
export type Block =
  | string
  | { readonly facts: readonly (readonly [name: string, value: Cell | undefined])[] }
  | {
      readonly title?: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
      /** Most characters of a cell. */
      readonly longest?: number;
    };

/** An answer in words. A model reads it as plain text; a terminal may lay it out. Falsy blocks are left out. */
export type Said = string | readonly (Block | false | null | undefined)[];

export const blocksOf = (said: Said): readonly Block[] =>
  typeof said === 'string' ? [said] : said.flatMap(block => (block ? [block] : []));

/** The answer as a model reads it. */
export const plain = (said: Said): string => unlinked(blocksOf(said).map(textOf).filter(Boolean).join('\n\n'));

function textOf(block: Block): string {
  if (typeof block === 'string') return block;
  if ('facts' in block)
    return known(block.facts)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n');
  const lines = [block.columns, ...block.rows].map(row =>
    row.map(cell => pipeless(cellText(cell, block.longest))).join(' | '),
  );
  return [...(block.title ? [`${block.title}:`] : []), ...lines].join('\n');
}

/** A fact can be a list: a dozen disks, say. */
const LONGEST_FACT = 2000;

/** The facts there is something to say about, as text. */
export const known = (facts: readonly (readonly [string, Cell | undefined])[]): [string, string][] =>
  facts.flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined || value === '' ? [] : [[name, cellText(value, LONGEST_FACT)]],
  );

/** "-" where there is nothing. */
export function cellText(cell: Cell, longest?: number): string {
  if (cell === null || cell === '') return '-';
  return typeof cell === 'boolean' ? (cell ? 'yes' : 'no') : field(String(cell), longest);
}

/** A pipe in a value cannot open a column. */
const pipeless = (text: string): string => text.replaceAll('|', '¦');
