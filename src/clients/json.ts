import {
  createScanner,
  findNodeAtLocation,
  parse,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { isTable, type Format, type Table } from './format.js';
import { Refusal } from './refusal.js';
import { styleOf, unparsable, type Style } from './text.js';

// Of jsonc-parser's SyntaxKind, which is erased from what it exports.
const [COMMA, LINE_COMMENT, BLOCK_COMMENT, LINE_BREAK, BLANK] = [5, 12, 13, 14, 15];

/** `strict` is JSON to the letter; otherwise comments and commas after the last value may stand in it. */
export function jsonFormat(strict: boolean): Format {
  const options = strict ? { disallowComments: true } : { allowTrailingComma: true };

  function read(text: string): Table {
    const errors: ParseError[] = [];
    const held: unknown = parse(text, errors, options);
    const [first] = errors;
    if (first) unparsable(text, first.offset, printParseErrorCode(first.error));
    if (!isTable(held)) throw new Refusal({ kind: 'no table', key: undefined });
    return held;
  }

  return {
    parse: text => (isBlank(text) ? {} : read(text)),

    set(text, key, name, value) {
      const style = styleOf(text);
      const start = isBlank(text) ? `${text.trimEnd()}${text.trim() === '' ? '' : style.eol}{}${style.eol}` : text;
      const root = rootOf(start);
      const servers = findNodeAtLocation(root, [key]);
      if (!servers) return insert(start, root, key, { [name]: value }, style);
      const present = findNodeAtLocation(root, [key, name]);
      if (!present) return insert(start, servers, name, value, style);
      const end = present.offset + present.length;
      const said = isOneLine(start, servers)
        ? JSON.stringify(value)
        : printed(value, indentOfLine(start, present.offset), style);
      return start.slice(0, present.offset) + said + start.slice(end);
    },

    remove(text, key, name) {
      const servers = findNodeAtLocation(rootOf(text), [key]);
      const at = servers?.children?.findIndex(({ children: [named] = [] }) => named?.value === name) ?? -1;
      const property = servers?.children?.[at];
      return property ? cut(text, property, servers.children?.[at - 1]) : text;
    },
  };
}

function rootOf(text: string): Node {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root?.type !== 'object') throw new Refusal({ kind: 'no table', key: undefined });
  return root;
}

const isBlank = (text: string): boolean => follow(text, 0).end === text.length;

/**
 * Puts a property behind the last one of an object: behind the comma and the comment that stand on the same line, which
 * speak of what is before them.
 */
function insert(text: string, object: Node, key: string, value: unknown, style: Style): string {
  const { eol, indent } = style;
  const close = object.offset + object.length - 1;
  const last = object.children?.at(-1);
  const oneLine = isOneLine(text, object);
  const outer = indentOfLine(text, oneLine ? object.offset : close);
  const inner = last && !oneLine ? indentOfLine(text, last.offset) : `${outer}${indent}`;
  const line = `${eol}${inner}${JSON.stringify(key)}: ${printed(value, inner, style)}`;
  if (!last) return `${text.slice(0, close).trimEnd()}${line}${eol}${outer}${text.slice(close)}`;
  const end = last.offset + last.length;
  const { comma, sameLine } = follow(text, end);
  const before = `${text.slice(0, end)}${comma === undefined ? ',' : ''}${text.slice(end, sameLine)}`;
  const property = oneLine ? ` ${JSON.stringify(key)}: ${JSON.stringify(value)}` : line;
  return `${before}${property}${comma === undefined ? '' : ','}${text.slice(sameLine)}`;
}

const isOneLine = (text: string, { offset, length }: Node): boolean =>
  !text.slice(offset, offset + length).includes('\n');

const printed = (value: unknown, lead: string, { eol, indent }: Style): string =>
  JSON.stringify(value, null, indent).replaceAll('\n', `${eol}${lead}`);

/** Takes a property out with its line, its comma, or the comma before it where it was the last. */
function cut(text: string, property: Node, before: Node | undefined): string {
  const end = property.offset + property.length;
  const { comma } = follow(text, end);
  const start = /\r?\n[ \t]*$/.exec(text.slice(0, property.offset))?.index ?? property.offset;
  const after = text.slice(comma === undefined ? end : comma + 1);
  const earlier = comma === undefined && before ? follow(text, before.offset + before.length).comma : undefined;
  return `${earlier === undefined ? text.slice(0, start) : text.slice(0, earlier) + text.slice(earlier + 1, start)}${after}`;
}

interface Following {
  /** Where the comma is; undefined for none. */
  readonly comma: number | undefined;
  /** Behind the comma and the comments on the line that the offset is on. */
  readonly sameLine: number;
  /** Where something else comes. */
  readonly end: number;
}

function follow(text: string, offset: number): Following {
  const scanner = createScanner(text, false);
  scanner.setPosition(offset);
  let comma: number | undefined;
  let sameLine = offset;
  let broken = false;
  for (;;) {
    const kind = scanner.scan() as number;
    const known = kind === LINE_COMMENT || kind === BLOCK_COMMENT || kind === LINE_BREAK || kind === BLANK;
    if (!known && !(kind === COMMA && comma === undefined)) return { comma, sameLine, end: scanner.getTokenOffset() };
    if (kind === COMMA) comma = scanner.getTokenOffset();
    if (kind === LINE_BREAK) broken = true;
    if (kind === COMMA || (!broken && kind !== BLANK)) sameLine = scanner.getTokenOffset() + scanner.getTokenLength();
  }
}

const indentOfLine = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
