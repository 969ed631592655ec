import { isDeepStrictEqual } from 'node:util';
import type { Client } from './client.js';
import { isTable, type Format, type Table } from './format.js';
import { jsonFormat } from './json.js';
import { Refusal } from './refusal.js';
import { toml } from './toml.js';

const FORMATS: Readonly<Record<Client['format'], Format>> = {
  json: jsonFormat(true),
  jsonc: jsonFormat(false),
  toml,
};

type Written = Pick<Client, 'format' | 'key'>;

/** The servers a configuration names, by name. @throws {Refusal} */
export const serversIn = (client: Written, text: string): Table =>
  tableUnder(client.key, FORMATS[client.format].parse(apart(text).text));

/**
 * The text with the entry in it and all else as it was, checked by reading both.
 * @throws {Refusal}
 */
export const withEntry = (client: Written, text: string, name: string, entry: Table): string =>
  edited(
    client,
    text,
    (format, body) => format.set(body, client.key, name, entry),
    servers => {
      servers[name] = entry;
    },
  );

/** The text without the entry. @throws {Refusal} */
export const withoutEntry = (client: Written, text: string, name: string): string =>
  edited(
    client,
    text,
    (format, body) => format.remove(body, client.key, name),
    servers => {
      delete servers[name];
    },
  );

function edited(
  { format: kind, key }: Written,
  text: string,
  edit: (format: Format, body: string) => string,
  wish: (servers: Table) => void,
): string {
  const format = FORMATS[kind];
  const { mark, text: body } = apart(text);
  const wanted = format.parse(body);
  const servers = tableUnder(key, wanted);
  wish(servers);
  const after = edit(format, body);
  const got = format.parse(after);
  const { [key]: _wanted, ...others } = wanted;
  const { [key]: _got, ...kept } = got;
  if (!isDeepStrictEqual(kept, others) || !isDeepStrictEqual(tableUnder(key, got), servers))
    throw new Refusal({ kind: 'not editable' });
  return mark + after;
}

function tableUnder(key: string, root: Table): Table {
  const servers = root[key] ?? {};
  if (root[key] === null || !isTable(servers)) throw new Refusal({ kind: 'no table', key });
  return servers;
}

/** The byte order mark some editors on Windows begin a file with, and what comes after it. */
const apart = (text: string) =>
  text.startsWith('\uFEFF') ? { mark: '\uFEFF', text: text.slice(1) } : { mark: '', text };
