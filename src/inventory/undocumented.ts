import { Secret } from '../client/secret.js';
import { isEmpty } from '../client/wire.js';

/*
 * Replies whose shape Gigahost does not document (wire note 16), read by the names their fields are likely to have. What
 * is not found is null: a tool then says that it could not be read, never that there is nothing.
 */

export type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);

/** One object: under one of the keys, or as it is. */
export function oneIn(data: unknown, ...keys: readonly string[]): Row {
  if (Array.isArray(data) && data.length === 1) return oneIn(data[0], ...keys);
  if (!isRow(data)) return {};
  const inner = keys.map(key => data[key]).find(isRow);
  return inner ?? data;
}

/**
 * The rows of a list: bare, under one of the keys, or under the only key that has a list. A bare text is a row with that
 * name, an object by names is a row each. Null where there is nothing of the kind.
 */
export function rowsIn(data: unknown, ...keys: readonly string[]): readonly Row[] | null {
  if (data instanceof Secret) return null;
  if (isEmpty(data)) return [];
  if (Array.isArray(data)) return data.flatMap(toRow);
  if (!isRow(data)) return null;
  const key = keys.find(candidate => candidate in data);
  if (key !== undefined)
    return rowsIn(data[key]) ?? (isRow(data[key]) ? Object.entries(data[key]).flatMap(named) : null);
  const lists = Object.values(data).filter(Array.isArray);
  if (lists.length === 1) return rowsIn(lists[0]);
  return Object.values(data).every(isRow) ? Object.entries(data).flatMap(named) : null;
}

const toRow = (entry: unknown): readonly Row[] =>
  isRow(entry) ? [entry] : typeof entry === 'string' || typeof entry === 'number' ? [{ name: entry }] : [];

const named = ([name, entry]: readonly [string, unknown]): readonly Row[] => [
  isRow(entry) ? { name, ...entry } : { name, value: entry },
];

/** The first of the fields that says something, as text. */
export function textIn(row: Row, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = row[name];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    if (text !== '') return text;
  }
  return null;
}

export function numberIn(row: Row, ...names: readonly string[]): number | null {
  const found = names.map(name => Number(textIn(row, name) ?? NaN)).find(Number.isFinite);
  return found ?? null;
}

export function flagIn(row: Row, ...names: readonly string[]): boolean | null {
  for (const name of names) {
    const value = row[name];
    const word = typeof value === 'boolean' ? String(value) : (textIn(row, name) ?? '').toLowerCase();
    if (['1', 'true', 'yes', 'on', 'enabled'].includes(word)) return true;
    if (['0', 'false', 'no', 'off', 'disabled'].includes(word)) return false;
  }
  return null;
}

/** Unix seconds as ISO 8601; a date in another spelling as it is. */
export function timeIn(row: Row, ...names: readonly string[]): string | null {
  const found = names.map(name => textIn(row, name)).find(text => text !== null && !/^[0\- :]*$/.test(text)) ?? null;
  if (found === null || !/^\d{9,11}$/.test(found)) return found;
  return new Date(Number(found) * 1000).toISOString().replace('.000Z', 'Z');
}

/** Texts of a list, or of one text with commas. */
export function textsIn(row: Row, ...names: readonly string[]): readonly string[] {
  for (const name of names) {
    const value = row[name];
    if (Array.isArray(value)) return value.flatMap(entry => (typeof entry === 'string' ? [entry] : []));
    if (typeof value === 'string') return value.split(',').flatMap(part => part.trim() || []);
  }
  return [];
}
