/** Takes secrets out of whatever leaves the process, wherever they turn up. */
export interface Scrubber {
  /** From now on this value leaves as `[hidden]`. */
  readonly add: (value: string) => void;
  readonly scrub: <T>(value: T) => T;
}

/** Anything shorter stands in ordinary text by chance. */
const SHORTEST = 6;
/** Console tokens may change with every read; those seen last are those that can still turn up. */
const MOST = 20_000;

export function createScrubber(): Scrubber {
  const secrets = new Set<string>();
  let pattern: RegExp | undefined;

  function remember(value: string): void {
    if (value.length < SHORTEST) return;
    if (!secrets.delete(value)) pattern = undefined;
    secrets.add(value);
    const [oldest] = secrets;
    if (secrets.size > MOST && oldest !== undefined) secrets.delete(oldest);
  }

  /** A text that was shortened may end within a secret: what is left of it goes too. */
  const withoutBeginnings = (text: string): string =>
    text.replace(/[^…]*…/g, part => {
      for (const secret of secrets) {
        const at = part.lastIndexOf(secret.slice(0, SHORTEST));
        if (at >= 0 && secret.startsWith(part.slice(at, -1))) return `${part.slice(0, at)}[hidden]…`;
      }
      return part;
    });

  function clean(text: string, any: RegExp): string {
    const whole = text.replace(any, '[hidden]');
    return whole.includes('…') ? withoutBeginnings(whole) : whole;
  }

  const walk = (value: unknown, any: RegExp): unknown => {
    if (typeof value === 'string') return clean(value, any);
    if (Array.isArray(value)) return value.map(entry => walk(entry, any));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, walk(entry, any)]));
  };

  return {
    /** Also as it reads once blanks are collapsed, as they are in what is shown. */
    add: value => [value, value.replace(/\s+/g, ' ').trim()].forEach(remember),
    scrub: <T>(value: T): T => {
      if (secrets.size === 0) return value;
      pattern ??= anyOf(secrets);
      return walk(value, pattern) as T;
    },
  };
}

/** The longest first: one secret may begin with another. */
const anyOf = (secrets: ReadonlySet<string>): RegExp =>
  new RegExp(
    [...secrets]
      .sort((a, b) => b.length - a.length)
      .map(escape)
      .join('|'),
    'g',
  );

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
