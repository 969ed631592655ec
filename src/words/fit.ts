import { field } from './text.js';
import { tokensIn } from './tokens.js';

/** A host name or an address in any spelling costs less. */
const MOST_PER_TEXT = 80;

/** A record in its text and in its structured content together; an answer has at most 6,000. */
const MOST_TOKENS = 4200;

/** Upstream text as one harmless line that costs few tokens, whatever it is written in. */
export function brief(value: string): string {
  let line = field(value);
  while (tokensIn(line) > MOST_PER_TEXT) line = field(line, Math.floor(line.length * 0.8));
  return line;
}

/** The first of some texts, in brief: for a list that stands beside the main part of an answer. */
export const few = (texts: readonly string[], most = 10): string[] => texts.slice(0, most).map(brief);

/** Such a list in words: "a, b, and 3 more". */
export const part = (shown: readonly string[], total: number, between: string): string =>
  [...shown, ...(total > shown.length ? [`and ${total - shown.length} more`] : [])].join(between);

/**
 * A record that fits into an answer: its texts in brief, and of its lists as much of the beginning as there is room
 * for, the longest shortened first. How long they were is for the record to say.
 */
export function fit<T extends object>(record: T): T {
  const short = briefly(record);
  const lists = Object.values(short).filter(Array.isArray);
  for (let most = Math.max(0, ...lists.map(({ length }) => length)); ; most -= 1) {
    const cut = Object.fromEntries(
      Object.entries(short).map(([name, value]) => [
        name,
        Array.isArray(value) ? (value.slice(0, most) as unknown[]) : value,
      ]),
    ) as T;
    if (most <= 0 || 2 * tokensIn(JSON.stringify(cut)) <= MOST_TOKENS) return cut;
  }
}

function briefly<T>(value: T): T {
  if (typeof value === 'string') return brief(value) as T;
  if (Array.isArray(value)) return value.map(briefly) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, briefly<unknown>(entry)])) as T;
}
