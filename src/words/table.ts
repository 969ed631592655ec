import * as z from 'zod';
import { InputError } from '../inventory/input-error.js';
import { digest } from '../guard/plan.js';
import type { Block, Cell } from './blocks.js';
import { field } from './text.js';
import { tokensIn } from './tokens.js';

export const TableOutput = {
  columns: z.array(z.string()),
  rows: z
    .array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])))
    .describe('One array per row, in the order of columns'),
  total: z.number().describe('Rows over all pages'),
  next_cursor: z.string().optional().describe('Pass as cursor to get the next page'),
};

/**
 * What a list answers with: columns once, then rows. About 35 tokens a row for nine fields, in the text as in
 * `structuredContent`; never cut in the middle of a row.
 */
export type Table = z.output<z.ZodObject<typeof TableOutput>>;

/** For the rows of one answer, in its text and in its structured content together; an answer has at most 6,000. */
const MOST_TOKENS = 4500;

/**
 * One page of rows: as many as `limit` and the size of an answer allow, with what stands `beside` them. `key` ties a
 * cursor to its list and to what was asked of it.
 */
export function page(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  {
    limit = Infinity,
    cursor,
    key,
    beside,
    longest,
  }: {
    readonly limit?: number | undefined;
    readonly cursor?: string | undefined;
    readonly key: readonly [list: string, ...filters: unknown[]];
    readonly beside?: readonly unknown[];
    /** Most characters of a text, where a row may hold one that is of use only whole. */
    readonly longest?: number | undefined;
  },
): Table {
  const asked = digest(key).slice(0, 8);
  const start = cursor === undefined ? 0 : positionOf(cursor, asked, rows.length);
  const shown: Cell[][] = [];
  let size = beside ? 2 * tokensIn(JSON.stringify(beside)) : 0;
  for (const row of rows.slice(start)) {
    const clean = row.map(cell => (typeof cell === 'string' ? field(cell, longest) : cell));
    size += 2 * tokensIn(JSON.stringify(clean));
    if (shown.length >= limit || (size > MOST_TOKENS && shown.length > 0)) break;
    shown.push(clean);
  }
  const end = start + shown.length;
  return {
    columns: [...columns],
    rows: shown,
    total: rows.length,
    ...(end < rows.length && { next_cursor: Buffer.from(`${asked}:${end}`).toString('base64url') }),
  };
}

function positionOf(cursor: string, asked: string, end: number): number {
  const [key, position] = Buffer.from(cursor, 'base64url').toString().split(':');
  const again = 'Call again without it to start from the beginning.';
  if (key !== asked || !/^\d+$/.test(position ?? ''))
    throw new InputError(`cursor belongs to another list or filter. ${again}`);
  if (Number(position) < end) return Number(position);
  throw new InputError(`cursor is beyond the end of the list, which has ${end} rows now. ${again}`);
}

/** The table, then what was left out and how to see it. */
export function tableWords(table: Table, noun: string, title?: string, longest?: number): Block[] {
  if (table.total === 0) return [`There are no ${noun}.`];
  const { columns, rows, total, next_cursor } = table;
  const grid = { ...(title && { title }), columns, rows, ...(longest && { longest }) };
  return next_cursor
    ? [grid, `${rows.length} of ${total} ${noun} shown. For the rest, call again with cursor="${next_cursor}".`]
    : [grid];
}
