import { posix } from 'node:path';
import { listFiles, readFile } from '../client/api/webhosting-files.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import type { Secret } from '../client/secret.js';
import { InputError } from './input-error.js';
import { flagIn, numberIn, oneIn, rowsIn, textIn, timeIn } from './undocumented.js';

export interface HostingFile {
  readonly name: string;
  readonly folder: boolean | null;
  readonly size_bytes: number | null;
  readonly modified_at: string | null;
}

/** A path in an account from its root, however it was written: "logs/../x" is "/x". */
export const hostingPath = (path: string): string => posix.join('/', path.trim()).replace(/(?<=.)\/$/, '');

const PER_PAGE = 500;
/** With the most Gigahost sends by itself, a folder of 1,000 at least. */
const MOST_PAGES = 20;
/** What Gigahost sends when it is not told how many; a shorter page is the last. */
const USUAL_PAGE = 50;

/**
 * What is in a folder: folders first, by name. Null where the reply has a form unknown here. Whether Gigahost heeds the
 * size of a page is not known, so it is read on until a page is short or brings nothing new.
 */
export async function readFolder(
  client: Client,
  id: string,
  path: string,
  options: CallOptions,
): Promise<{ readonly files: readonly HostingFile[]; readonly complete: boolean } | null> {
  const found = new Map<string, HostingFile>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const data = await client.call(listFiles, { params: { id }, query: { path, page, ipp: PER_PAGE } }, options);
    const rows = rowsIn(data, 'files', 'entries', 'list');
    if (rows === null) return null;
    const before = found.size;
    for (const row of rows) {
      const name = textIn(row, 'name', 'filename', 'file') ?? posix.basename(textIn(row, 'path') ?? '');
      if (name !== '') found.set(name, fileIn(row, name));
    }
    const total = numberIn(oneIn(data), 'total', 'count') ?? Infinity;
    if (rows.length < USUAL_PAGE || found.size === before || found.size >= total)
      return { files: sorted([...found.values()]), complete: true };
  }
  return { files: sorted([...found.values()]), complete: false };
}

const fileIn = (row: Readonly<Record<string, unknown>>, name: string): HostingFile => ({
  name,
  folder: isFolder(row),
  size_bytes: numberIn(row, 'size', 'size_bytes', 'filesize'),
  modified_at: timeIn(row, 'date', 'modified', 'modified_at', 'mtime', 'time'),
});

function isFolder(row: Readonly<Record<string, unknown>>): boolean | null {
  const type = textIn(row, 'type', 'kind')?.toLowerCase();
  if (type !== undefined) return /^(folder|dir|directory|d)$/.test(type);
  return flagIn(row, 'is_dir', 'isdir', 'directory', 'folder');
}

const sorted = (files: readonly HostingFile[]): readonly HostingFile[] =>
  files.toSorted((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name));

/** What a file holds, whatever it is. */
export async function readHostingFile(client: Client, id: string, path: string, options: CallOptions): Promise<Secret> {
  if (path === '/')
    throw new InputError('path is the whole account, not a file. list_hosting_files shows what there is.');
  return client.call(readFile, { params: { id }, query: { path } }, options);
}

/** Names that a program reads its settings from: they stay shut in a folder of logs too. */
const SETTINGS =
  /^\.|config|settings|passw|secret|\.(php\d?|phtml|inc|env|ini|conf|cnf|ya?ml|json|xml|sql|key|pem|py|rb|js|ts|sh)\b/i;
const LOG = /^((error|access)[-_.]?log|[^/]*\.log)([-_.]\d[-\d]*)?$/i;

/** Whether a file is a log by its path, and so something to be read out. A path as `hostingPath` gives it. */
export function isLog(path: string): boolean {
  const name = posix.basename(path);
  if (SETTINGS.test(name)) return false;
  return LOG.test(name) || path.startsWith('/logs/');
}

/** What follows a word for a secret in a line of a log, up to the end of the value. */
const TOLD =
  /((?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|authorization|session(?:id)?|sid)["']?\s*(?:=>|[=:])\s*["']?(?:(?:Bearer|Basic)\s+)?)([^\s"'&;,)\]}]+)/gi;

/** The last lines of a log, oldest first, without values that are told to be secret. */
export function lastLines(text: string, most: number): { readonly lines: readonly string[]; readonly total: number } {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const all = text === '' ? [] : lines;
  return { lines: all.slice(-most).map(line => line.replace(TOLD, '$1[hidden]')), total: all.length };
}
