import type { Listener, Store } from './store.js';

/** Mutual exclusion within this process, first come first served. */
export function localLocks(): Store['lock'] {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key);
    const mine = before ? before.then(() => work(true)) : work(false);
    const settled = mine
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => {
        if (last.get(key) === settled) last.delete(key);
      });
    last.set(key, settled);
    return mine;
  };
}

/** Who listens in this process. */
export function localListeners() {
  const channels = new Map<string, Set<Listener>>();
  return {
    channels: (): string[] => [...channels.keys()],
    /** Returns what removes it, and whether it was the last of its channel. */
    add(channel: string, listener: Listener): () => boolean {
      const all = channels.get(channel) ?? new Set();
      // Twice the same function is two listeners.
      const mine: Listener = message => listener(message);
      channels.set(channel, all.add(mine));
      return () => {
        const isLast = all.delete(mine) && all.size === 0;
        if (isLast) channels.delete(channel);
        return isLast;
      };
    },
    tell(channel: string, message: string | undefined): void {
      for (const listener of [...(channels.get(channel) ?? [])]) listener(message);
    },
  };
}
