import type { SecretsFolder } from './folder.js';

const KEPT_MS = 24 * 60 * 60_000;
const EVERY_MS = 10 * 60_000;

/** Removes files older than 24 hours, at once and from then on. A file that cannot be removed is tried again. */
export function keepSwept(folder: SecretsFolder, now: () => number = Date.now) {
  let sweeping: Promise<unknown> = Promise.resolve();
  const sweep = (): void => {
    sweeping = sweeping.then(() => folder.remove(now() - KEPT_MS)).catch(() => undefined);
  };
  sweep();
  const timer = setInterval(sweep, EVERY_MS).unref();
  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await sweeping;
    },
  };
}
