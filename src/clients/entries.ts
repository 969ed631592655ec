import { isDeepStrictEqual } from 'node:util';
import { entryFor, type Entry } from './client.js';
import { serversIn, withEntry, withoutEntry } from './document.js';
import { readText } from './files.js';
import type { FoundClient } from './find.js';
import { isTable } from './format.js';
import { entryOf, isOurs, startsWhat } from './ours.js';
import { Refusal } from './refusal.js';

export interface NamedEntry extends Entry {
  readonly name: string;
}

/**
 * The entry of a client that starts this server, if there is one: of that name, where one is given.
 * @throws {Refusal} for a file that cannot be read.
 */
export async function readEntry(
  { client, file }: Pick<FoundClient, 'client' | 'file'>,
  named?: string,
): Promise<NamedEntry | undefined> {
  const text = await readText(file);
  for (const [name, value] of Object.entries(text === undefined ? {} : serversIn(client, text))) {
    if (named !== undefined && name !== named) continue;
    const entry = entryOf(value);
    if (entry && (await isOurs(value))) return { name, ...entry };
  }
  return undefined;
}

/**
 * The entries that start this server, and those that are called like it: what they start may be gone.
 * @throws {Refusal} for a file that cannot be read.
 */
export async function readEntries({
  client,
  file,
}: Pick<FoundClient, 'client' | 'file'>): Promise<readonly NamedEntry[]> {
  const text = await readText(file);
  const found: NamedEntry[] = [];
  for (const [name, value] of Object.entries(text === undefined ? {} : serversIn(client, text))) {
    const entry = entryOf(value);
    if (entry && (/gigahost/i.test(name) || (await isOurs(value)))) found.push({ name, ...entry });
  }
  return found;
}

export interface Edit {
  /** Undefined where there is no file yet. */
  readonly before: string | undefined;
  readonly after: string;
}

/**
 * What the file becomes with an entry of that name. What a person put beside command, arguments and environment of an
 * entry of ours stays.
 * @throws {Refusal} also where the name is another program's.
 */
export async function planEntry(
  { client, file }: Pick<FoundClient, 'client' | 'file'>,
  name: string,
  entry: Entry,
): Promise<Edit> {
  const before = await readText(file);
  const present = serversIn(client, before ?? '')[name];
  if (present !== undefined && !(await isOurs(present)))
    throw new Refusal({ kind: 'taken', name, starts: startsWhat(present) });
  const { command: _command, args: _args, env: _env, ...own } = isTable(present) ? present : {};
  const wanted = { ...own, ...entryFor(client, entry) };
  if (isDeepStrictEqual(present, wanted)) return { before, after: before ?? '' };
  return { before, after: withEntry(client, before ?? '', name, wanted) };
}

/** What the file becomes without our entry of that name; undefined where there is none. @throws {Refusal} */
export async function planRemoval(
  { client, file }: Pick<FoundClient, 'client' | 'file'>,
  name: string,
): Promise<Edit | undefined> {
  const before = await readText(file);
  if (before === undefined || !(await isOurs(serversIn(client, before)[name]))) return undefined;
  return { before, after: withoutEntry(client, before, name) };
}
