/** Longest single field shown in text; longer ones end in an ellipsis. */
const LONGEST_FIELD = 160;

/**
 * Upstream text as one harmless line: control, bidi and invisible characters gone, blanks collapsed, bounded. It is
 * data; it cannot break a table, pose as another line, hide words from a person, or draw itself elsewhere on a terminal.
 */
export function field(value: string, longest = LONGEST_FIELD): string {
  const line = value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
}

/** The same, all through a JSON value, names of fields too. Used on everything that leaves in `structuredContent`. */
export function harmless<T>(value: T): T {
  if (typeof value === 'string') return field(value, 2000) as T;
  if (Array.isArray(value)) return value.map(harmless) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [field(key), harmless(entry)])) as T;
}

/**
 * Text with nothing in it that a reader of Markdown would turn into a link or a picture: what upstream calls things is
 * shown, not followed. Addresses on this machine are ours.
 */
export const unlinked = (text: string): string =>
  text
    .replace(/!\[/g, '! [')
    .replace(/\]\(/g, '] (')
    .replace(/([a-z][a-z0-9+.-]*):\/\/(?!127\.0\.0\.1:\d)/gi, '$1: //');

/** "9 days ago", "in 3 hours", "just now". */
export function relative(iso: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  if (Math.abs(seconds) < 10) return 'just now';
  const [unit, size] = (
    [
      ['day', 86_400],
      ['hour', 3600],
      ['minute', 60],
    ] as const
  ).find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(Math.round(seconds / size), unit);
}
