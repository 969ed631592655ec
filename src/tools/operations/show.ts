import { Secret } from '../../client/secret.js';
import type { Block, Cell } from '../../words/blocks.js';
import { brief } from '../../words/fit.js';
import { page, tableWords, type Table } from '../../words/table.js';
import { field } from '../../words/text.js';
import { tokensIn } from '../../words/tokens.js';
import type { ToolContext } from '../tool.js';

type Fields = Readonly<Record<string, unknown>>;
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);

/** Hands every secret in a decoded answer to the person, and says in its place where it is. */
export async function handOver(
  answer: unknown,
  title: string,
  { secrets }: Pick<ToolContext, 'secrets'>,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly answer: unknown; readonly handedOver: string | null }> {
  const found: Record<string, Secret | string> = { ...more };
  gather(answer, '', found);
  if (Object.keys(found).length === 0) return { answer, handedOver: null };
  await secrets.ready();
  const where = await secrets.deliver(title, found);
  return { answer: replaced(answer, `in ${where}`), handedOver: where };
}

function gather(value: unknown, path: string, found: Record<string, Secret | string>): void {
  if (value instanceof Secret) found[path || 'content'] = value;
  else if (Array.isArray(value)) value.forEach((entry, index) => gather(entry, `${path} ${index + 1}`.trim(), found));
  else if (isFields(value))
    for (const [name, entry] of Object.entries(value)) gather(entry, `${path} ${name}`.trim(), found);
}

function replaced(value: unknown, words: string): unknown {
  if (value instanceof Secret) return words;
  if (Array.isArray(value)) return value.map(entry => replaced(entry, words));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, replaced(entry, words)]));
}

/** For one thing, in its text and in its structured content together; an answer has at most 6,000. */
const MOST_TOKENS = 4200;
const DEEPEST = 5;

/** Most entries of a list and longest texts: what is tried, one after the other, until it fits. */
const SIZES: readonly (readonly [entries: number, characters: number])[] = [
  [200, 2000],
  [50, 2000],
  [50, 300],
  [20, 300],
  [8, 160],
  [3, 160],
  [1, 80],
];

/** As much of a thing as an answer has room for; `cut` says whether something was left out. */
export function bounded(value: unknown, mostTokens = MOST_TOKENS): { readonly value: unknown; readonly cut: boolean } {
  let made = { value: null as unknown, cut: true };
  for (const [entries, characters] of SIZES) {
    made = cutTo(value, entries, characters, DEEPEST);
    if (2 * tokensIn(JSON.stringify(made.value)) <= mostTokens) break;
  }
  return made;
}

function cutTo(value: unknown, most: number, longest: number, depth: number): { value: unknown; cut: boolean } {
  if (typeof value === 'string') {
    const whole = field(value, Infinity);
    return { value: field(value, longest), cut: whole.length > longest };
  }
  if (value instanceof Secret) return { value: String(value), cut: false };
  if (typeof value !== 'object' || value === null) return { value: value ?? null, cut: false };
  if (depth === 0) return { value: '…', cut: true };
  const entries = Object.entries(value);
  const parts = entries.slice(0, most).map(([name, entry]) => [name, cutTo(entry, most, longest, depth - 1)] as const);
  const cut = entries.length > most || parts.some(([, part]) => part.cut);
  if (Array.isArray(value)) return { value: parts.map(([, part]) => part.value), cut };
  return { value: Object.fromEntries(parts.map(([name, part]) => [name, part.value])), cut };
}

/** One cell: a scalar as it is, anything deeper in compact form. */
export function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Secret) return String(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(entry => String(cellOf(entry) ?? '-')).join(', ');
  return Object.entries(value)
    .flatMap(([name, entry]) => (entry === null || entry === undefined ? [] : [`${name} ${String(cellOf(entry))}`]))
    .join(', ');
}

/** A list of things as a table, if it is one. */
export const isList = (answer: unknown): answer is readonly Fields[] => Array.isArray(answer) && answer.every(isFields);

export function tableOf(
  rows: readonly Fields[],
  cursor: string | undefined,
  key: readonly [string, ...unknown[]],
): Table {
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))];
  return page(
    columns,
    rows.map(row => columns.map(column => cellOf(row[column]))),
    { cursor, key },
  );
}

export { tableWords };

/** A thing in words: its scalars as facts, the lists in it as tables. */
export function blocksOfThing(thing: unknown): Block[] {
  const facts: [string, Cell][] = [];
  const tables: Block[] = [];
  const add = (value: unknown, name: string): void => {
    if (isList(value) && value.length > 0) tables.push({ ...(name && { title: name }), ...gridOf(value) });
    else if (isFields(value)) for (const [key, entry] of Object.entries(value)) add(entry, `${name} ${key}`.trim());
    else facts.push([name || 'answer', cellOf(value)]);
  };
  add(thing, '');
  if (tables.length === 0 && facts.every(([, value]) => value === null || value === ''))
    return ['There are no entries.'];
  return [...(facts.length > 0 ? [{ facts }] : []), ...tables];
}

function gridOf(rows: readonly Fields[]): { columns: string[]; rows: Cell[][] } {
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))];
  return { columns, rows: rows.map(row => columns.map(column => cellOf(row[column]))) };
}

/** "name post, quota_mb 500": enough of a thing to know it by. */
const LONGEST_LINE = 300;
export function inShort(thing: unknown): string {
  const words = isFields(thing)
    ? Object.entries(thing)
        .map(([name, value]) => [name, cellOf(value)] as const)
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => `${name}: ${brief(String(value))}`)
        .join(', ')
    : brief(String(cellOf(thing)));
  return words.length > LONGEST_LINE ? `${words.slice(0, LONGEST_LINE - 1)}…` : words;
}
