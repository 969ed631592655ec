/** Makes something on first use and keeps it; a failure is not kept. */
export function once<T>(make: () => Promise<T>) {
  let made: Promise<T> | undefined;
  return {
    get: (): Promise<T> => {
      made ??= make().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    },
    ifMade: (): Promise<T | undefined> => Promise.resolve(made),
  };
}
