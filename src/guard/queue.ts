import type { Store } from '../store/index.js';

/** Lets one piece of work per key run at a time, on all nodes together. */
export interface Queue {
  /**
   * `waited` tells whether another one was before it, so that what was read may be stale.
   * @throws {StoreError} before the work is begun.
   */
  run<T>(key: string, work: (waited: boolean) => Promise<T>): Promise<T>;
}

export const createQueue = (store: Pick<Store, 'lock'>): Queue => ({
  run: (key, work) => store.lock(`change ${key}`, work),
});
