export interface Once<T> {
  readonly get: () => Promise<T>;
  /** Undefined where nobody asked for it yet. */
  readonly ifMade: () => Promise<T | undefined>;
}

/** Makes something on first use and keeps it; a failure is not kept. */
export function once<T>(make: () => Promise<T>): Once<T> {
  let made: Promise<T> | undefined;
  return {
    get: () => {
      made ??= make().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    },
    ifMade: () => Promise.resolve(made),
  };
}
