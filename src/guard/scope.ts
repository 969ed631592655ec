import picomatch from 'picomatch';
import type { ServerNames } from './journal.js';

/** Which servers exist for a principal. What is outside cannot be told from what does not exist. */
export interface Scope {
  /** Whether everything is inside. */
  readonly whole: boolean;
  readonly holds: (server: ServerNames) => boolean;
}

/** Globs over names, or ids; none at all means everything. Letter case does not matter. */
export function scopeOf(patterns: readonly string[]): Scope {
  if (patterns.length === 0) return { whole: true, holds: () => true };
  const fits = picomatch([...patterns], { nocase: true, dot: true, bash: true, nonegate: true });
  return {
    whole: false,
    holds: ({ id, name, label, hostname }) => [id, name, label, hostname].some(word => word !== null && fits(word)),
  };
}
