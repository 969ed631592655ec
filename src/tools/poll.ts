import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Looks until `look` returns true or the time is up, with growing pauses. A caller that leaves ends the looking, not
 * what is looked at. Failed looks do not end it either: the change is under way, and the next look may succeed.
 * @returns whether it came true in time.
 */
export async function poll(
  limit: { seconds: number; signal: AbortSignal },
  look: (elapsedSeconds: number) => Promise<boolean>,
): Promise<boolean> {
  const started = Date.now();
  const deadline = started + limit.seconds * 1000;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const done = await look(Math.round((Date.now() - started) / 1000)).catch(() => false);
    if (done) return true;
    if (limit.signal.aborted || Date.now() + pause > deadline) return false;
    await sleep(pause, undefined, { signal: limit.signal }).catch(() => undefined);
  }
}
