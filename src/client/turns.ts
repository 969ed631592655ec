/** Lets so many pieces of work run at a time. The others wait, in the order they came in. */
export interface Turns {
  /** Resolves with what gives the turn back, or with undefined where one of the signals fired before there was one. */
  take(...signals: readonly (AbortSignal | undefined)[]): Promise<(() => void) | undefined>;
}

export function createTurns(most: number): Turns {
  const waiting = new Set<() => void>();
  let taken = 0;
  const giveBack = (): void => {
    taken -= 1;
    const [next] = waiting;
    next?.();
  };
  const start = (): (() => void) => {
    taken += 1;
    return giveBack;
  };
  return {
    take(...signals) {
      if (signals.some(signal => signal?.aborted)) return Promise.resolve(undefined);
      if (taken < most) return Promise.resolve(start());
      return new Promise(resolve => {
        const settled = new AbortController();
        const leave = (turn?: () => void): void => {
          waiting.delete(go);
          settled.abort();
          resolve(turn);
        };
        const go = (): void => leave(start());
        waiting.add(go);
        for (const signal of signals)
          signal?.addEventListener('abort', () => leave(), { once: true, signal: settled.signal });
      });
    },
  };
}
