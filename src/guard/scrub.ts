/** Takes secrets out of whatever leaves the process, wherever they turn up. */
export interface Scrubber {
  /** From now on this value leaves as `[hidden]`. */
  readonly add: (value: string) => void;
  readonly scrub: <T>(value: T) => T;
}

/** Anything shorter stands in ordinary text by chance. */
const SHORTEST = 6;
/** Console tokens change with every read; the newest are those that can still turn up. */
const MOST = 5000;

export function createScrubber(): Scrubber {
  const secrets = new Set<string>();
  let pattern: RegExp | undefined;

  const clean = (text: string, any: RegExp): string => text.replace(any, '[hidden]');
  const walk = (value: unknown, any: RegExp): unknown => {
    if (typeof value === 'string') return clean(value, any);
    if (Array.isArray(value)) return value.map(entry => walk(entry, any));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, walk(entry, any)]));
  };

  return {
    add(value) {
      if (value.length < SHORTEST || secrets.has(value)) return;
      secrets.add(value);
      const [oldest] = secrets;
      if (secrets.size > MOST && oldest !== undefined) secrets.delete(oldest);
      pattern = undefined;
    },
    scrub: <T>(value: T): T => {
      if (secrets.size === 0) return value;
      // The longest first: one secret may begin with another.
      pattern ??= new RegExp(
        [...secrets]
          .sort((a, b) => b.length - a.length)
          .map(escape)
          .join('|'),
        'g',
      );
      return walk(value, pattern) as T;
    },
  };
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
