import pRetry from 'p-retry';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Effect } from './effect.js';
import { GigahostError } from './errors.js';

/** A wait longer than this is the caller's to decide, not ours. */
const LONGEST_RETRY_AFTER_SECONDS = 20;

/**
 * Whether the same request may go out again (wire notes, section 17): anything that never left this machine, and reads
 * after silence, 429, 502, 503 and 504. A 500 is an answer. Nothing else is ever sent twice.
 */
export function mayRepeat(error: unknown, effect: Effect): boolean {
  if (!(error instanceof GigahostError)) return false;
  const { kind, facts } = error;
  if (facts.sent === false) return true;
  if (effect !== 'read') return false;
  if (kind === 'rate_limited') return (facts.retryAfterSeconds ?? 0) <= LONGEST_RETRY_AFTER_SECONDS;
  return kind === 'unavailable' && facts.status !== 500;
}

/** Runs `send` up to three times with a growing, jittered pause, waiting at least as long as `Retry-After` asks. */
export function withRetry<T>(effect: Effect, signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
  return pRetry(send, {
    retries: 2,
    minTimeout: 200,
    factor: 3,
    randomize: true,
    ...(signal && { signal }),
    shouldRetry: ({ error }) => mayRepeat(error, effect),
    onFailedAttempt: async ({ error, retriesLeft }) => {
      const wait = error instanceof GigahostError && retriesLeft > 0 ? (error.facts.retryAfterSeconds ?? 0) : 0;
      if (wait > 0 && mayRepeat(error, effect)) await sleep(wait * 1000, undefined, signal ? { signal } : {});
    },
  });
}
