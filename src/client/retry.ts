import { setTimeout as sleep } from 'node:timers/promises';
import type { Effect } from './effect.js';
import { GigahostError } from './errors.js';

const ATTEMPTS = 3;
/** A wait longer than this is the caller's to decide, not ours. */
const LONGEST_RETRY_AFTER_SECONDS = 20;
const FIRST_PAUSE_MS = 200;
const PASSING = new Set([502, 503, 504]);

export interface RetryOptions {
  readonly effect: Effect;
  readonly signal: AbortSignal | undefined;
  /** The last moment at which another attempt may begin, on the clock of `performance.now()`. */
  readonly until: number;
}

/**
 * Whether the same request may go out again (wire notes, section 17): one that found no connection, and reads after
 * silence, 429, 502, 503 and 504. A 500 is an answer. Nothing else is ever sent twice.
 */
export function mayRepeat(error: unknown, effect: Effect): error is GigahostError {
  if (!(error instanceof GigahostError)) return false;
  const { kind, facts } = error;
  if (kind === 'unavailable' && facts.sent === false) return !facts.lasts;
  if (effect !== 'read' || (facts.retryAfterSeconds ?? 0) > LONGEST_RETRY_AFTER_SECONDS) return false;
  return (
    kind === 'rate_limited' || (kind === 'unavailable' && (facts.status === undefined || PASSING.has(facts.status)))
  );
}

/**
 * Runs `send` up to three times with a growing, jittered pause, waiting at least as long as `Retry-After` asks. It is told
 * which attempt it is, from 1.
 */
export async function withRetry<T>(options: RetryOptions, send: (attempt: number) => Promise<T>): Promise<T> {
  const { effect, signal, until } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await send(attempt);
    } catch (error) {
      if (attempt === ATTEMPTS || !mayRepeat(error, effect)) throw error;
      const pause = Math.max(pauseAfter(attempt), (error.facts.retryAfterSeconds ?? 0) * 1000);
      if (performance.now() + pause > until) throw error;
      await sleep(pause, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
    }
  }
}

const pauseAfter = (attempt: number): number => FIRST_PAUSE_MS * 3 ** (attempt - 1) * (1 + Math.random());
