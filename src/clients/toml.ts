import { isDeepStrictEqual } from 'node:util';
import { parse, parseDocument, patch, stringify } from '@decimalturn/toml-patch';
import { isTable, type Format, type Table } from './format.js';
import { styleOf, unparsable } from './text.js';

export const toml: Format = {
  parse: read,

  set(text, key, name, value) {
    const wanted = read(text);
    const servers = isTable(wanted[key]) ? wanted[key] : {};
    const isNew = !(name in servers);
    wanted[key] = { ...servers, [name]: value };
    return isNew && !isSpelledOut(text, key) ? append(text, `${key}.${bare(name)}`, value) : patch(text, wanted);
  },

  remove(text, key, name) {
    const wanted = read(text);
    const { [name]: _removed, ...servers } = isTable(wanted[key]) ? wanted[key] : {};
    if (Object.keys(servers).length > 0) wanted[key] = servers;
    else delete wanted[key];
    const rest = withoutTables(text, key, name);
    return isDeepStrictEqual(read(rest), wanted) ? rest : patch(text, wanted);
  },
};

function read(text: string): Table {
  try {
    return plain(parse(text)) as Table;
  } catch (error) {
    const { line, column, message } = error as Error & { readonly line?: number; readonly column?: number };
    if (line === undefined) throw error;
    const offset =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length +
      (line > 1 ? 1 : 0) +
      (column ?? 0);
    return unparsable(text, offset, message.split('\n').at(-1) ?? message);
  }
}

/** Whether the table stands in lines of its own (`servers.one = …`, `servers = { … }`), which no header may add to. */
const isSpelledOut = (text: string, key: string): boolean =>
  new RegExp(String.raw`^[ \t]*["']?${key}["']?[ \t]*[.=]`, 'm').test(text);

/** The table under a header at the end, and those in it under headers of their own. */
function append(text: string, header: string, value: Table): string {
  const { eol } = styleOf(text);
  const entries = Object.entries(value);
  const tables: readonly (readonly [string, Table])[] = [
    [header, Object.fromEntries(entries.filter(([, held]) => !isTable(held)))],
    ...entries.flatMap(([inner, held]) => (isTable(held) ? [[`${header}.${bare(inner)}`, held] as const] : [])),
  ];
  const said = tables.map(([name, held]) => [`[${name}]`, ...stringify(held).trimEnd().split(/\r?\n/), ''].join(eol));
  const before = text === '' || text.endsWith('\n') ? text : `${text}${eol}`;
  return [...(before === '' ? [] : [before]), ...said].join(eol);
}

/**
 * The text without the tables that have headers of that name. Comments behind the last value of one stay: they speak of
 * what comes next, and `patch` would take them out too.
 */
function withoutTables(text: string, key: string, name: string): string {
  const lines = text.split('\n');
  const isOut = new Set<number>();
  for (const block of parseDocument(text).cst) {
    if (!('items' in block)) continue;
    const [first, second] = block.key.item.value;
    if (first !== key || second !== name) continue;
    const values = block.items.filter(item => 'key' in item);
    const last = values.at(-1)?.loc.end.line ?? block.loc.start.line;
    for (let line = block.loc.start.line - 1; line < last; line += 1) isOut.add(line);
  }
  const isBlank = (line: number): boolean => (lines[line] ?? '').trim() === '';
  // Blank lines that would meet others, or the end, go with what stood between.
  for (const line of [...isOut].sort((a, b) => b - a)) {
    const isEnd = isBlank(line + 1) || isOut.has(line + 1);
    for (let above = line - 1; isEnd && isBlank(above) && above >= 0; above -= 1) isOut.add(above);
  }
  return lines.filter((_, line) => !isOut.has(line)).join('\n');
}

/** Tables with the prototype of every other object, so that they compare. */
const plain = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(plain)
    : isTable(value)
      ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, plain(held)]))
      : value;

const bare = (name: string): string => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name));
