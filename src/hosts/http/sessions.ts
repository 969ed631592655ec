import { LRUCache } from 'lru-cache';
import { once, type Once } from '../../once.js';
import type { Ground } from '../ground.js';
import { openSession, type OpenSession, type Surroundings } from '../session.js';
import type { Identity } from './identity.js';

const MOST = 1000;
const IDLE_MS = 60 * 60_000;

/** The sessions of all principals: one for each key, opened with its first call and closed when it lies idle. */
export interface Sessions {
  of(identity: Identity): () => Promise<OpenSession>;
  close(): Promise<void>;
}

export function createSessions(ground: Ground, around: () => Surroundings): Sessions {
  const closing = new Set<Promise<void>>();
  const end = (session: Once<OpenSession>): void => {
    const closed = Promise.resolve(session.ifMade())
      .then(made => made?.close())
      .catch((error: unknown) => ground.log.error('A session could not be closed', error))
      .finally(() => closing.delete(closed));
    closing.add(closed);
  };
  const sessions = new LRUCache<string, Once<OpenSession>>({
    max: MOST,
    ttl: IDLE_MS,
    updateAgeOnGet: true,
    dispose: end,
  });
  return {
    of({ key, principal }) {
      const session = sessions.get(key) ?? once(() => openSession(ground, principal, around()));
      if (!sessions.has(key)) sessions.set(key, session);
      return session.get;
    },
    async close() {
      sessions.clear();
      await Promise.all(closing);
    },
  };
}
