import { memoryStore } from './memory.js';
import type { Store } from './store.js';

export { memoryStore } from './memory.js';
export { StoreError, type Counted, type Listener, type SetOptions, type Store } from './store.js';

/**
 * What this node shares: with nobody, or through the Redis (or Valkey) at a `redis://` or `rediss://` address. One that
 * cannot be reached yet is connected to when it can be.
 */
export const openStore = async (url: string | undefined): Promise<Store> =>
  url === undefined ? memoryStore() : (await import('./redis.js')).redisStore(url);
