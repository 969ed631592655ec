import { setTimeout as wait } from 'node:timers/promises';
import { openConnections } from '../../client/exchange.js';
import type { Ground } from '../ground.js';

const PATIENCE_MS = 3000;
const GOOD_FOR_MS = 5000;

/** What this node needs to be of use, and cannot reach. */
export type Missing = 'store' | 'gigahost';

/**
 * Looks whether the store and Gigahost can be reached; whatever HTTP answer comes within 3 s will do, and no credentials
 * are sent. What was found is good for 5 s, so that asking costs nothing. Never rejects.
 */
export function createReadiness(ground: Ground): () => Promise<readonly Missing[]> {
  let last: { readonly until: number; readonly found: Promise<readonly Missing[]> } | undefined;
  const { baseUrl, userAgent, route } = ground.clientOptions(undefined);
  const { origin, pathname } = new URL(baseUrl);
  const connections = openConnections(origin, undefined, route);

  async function reachesGigahost(): Promise<boolean> {
    const answer = await connections.read(
      { method: 'GET', path: pathname, headers: { 'user-agent': userAgent }, body: null },
      { deadline: AbortSignal.timeout(PATIENCE_MS), caller: undefined },
    );
    return answer.kind === 'whole';
  }

  async function look(): Promise<readonly Missing[]> {
    const [hasStore, hasGigahost] = await Promise.all([
      inTime(ground.store.reachable()),
      reachesGigahost().catch(() => false),
    ]);
    return [...(hasStore ? [] : (['store'] as const)), ...(hasGigahost ? [] : (['gigahost'] as const))];
  }

  return () => {
    if (!last || last.until <= Date.now()) last = { until: Date.now() + GOOD_FOR_MS, found: look() };
    return last.found;
  };
}

/** Whether it resolves with true before patience ends. */
async function inTime(answer: Promise<boolean>): Promise<boolean> {
  const over = new AbortController();
  const late = wait(PATIENCE_MS, false, { signal: over.signal }).catch(() => false);
  return Promise.race([answer.catch(() => false), late]).finally(() => over.abort());
}
