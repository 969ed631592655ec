/** Lets one piece of work per key run at a time. */
export interface Queue {
  /** `waited` tells whether another one was before it, so that what was read may be stale. */
  run<T>(key: string, work: (waited: boolean) => Promise<T>): Promise<T>;
}

export function createQueue(): Queue {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
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
    },
  };
}
