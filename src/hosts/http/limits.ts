import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpConfig } from '../../config.js';
import { memoryStore, StoreError, type Counted, type Store } from '../../store/index.js';
import type { Identity } from './identity.js';
import type { Refusal } from './refusal.js';

const MINUTE_MS = 60_000;
/** Calls take about that long, most of them. */
const SOON_SECONDS = 1;

/** How much each principal may ask for: so many requests in a minute on all nodes, so many calls at once on this one. */
export interface Limits {
  /**
   * Counts a request and, until its response is over, a call. Returns what to answer instead where it is one too many;
   * that one counts as a request and not as a call. Without the store this node counts alone: reads go on.
   */
  admit(identity: Identity, request: IncomingMessage, response: ServerResponse): Promise<Refusal | undefined>;
}

type Defaults = Pick<HttpConfig, 'requestsPerMinute' | 'concurrentCalls'>;

export function createLimits(defaults: Defaults, store: Pick<Store, 'count'>): Limits {
  const alone = memoryStore();
  const underway = new Map<string, number>();

  async function requestsOf(key: string): Promise<Counted> {
    const counter = `requests ${key}`;
    try {
      return await store.count(counter, 1, MINUTE_MS);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return alone.count(counter, 1, MINUTE_MS);
    }
  }

  return {
    async admit({ key: own, caller: key = own, principal }, request, response) {
      const mostRequests = principal.requestsPerMinute ?? defaults.requestsPerMinute;
      const { count, leftMs } = await requestsOf(key);
      if (count > mostRequests)
        return tooMany(
          'rate',
          `${principal.name} has made the most requests allowed in a minute, ${mostRequests}`,
          Math.max(1, Math.ceil(leftMs / 1000)),
        );
      if (isStream(request) || response.closed) return undefined;
      const mostCalls = principal.concurrentCalls ?? defaults.concurrentCalls;
      const calls = underway.get(key) ?? 0;
      if (calls >= mostCalls)
        return tooMany(
          'concurrency',
          `${principal.name} has the most calls allowed at the same time under way, ${mostCalls}`,
          SOON_SECONDS,
          ', when one of them has ended',
        );
      underway.set(key, calls + 1);
      response.once('close', () => {
        const left = (underway.get(key) ?? 1) - 1;
        if (left > 0) underway.set(key, left);
        else underway.delete(key);
      });
      return undefined;
    },
  };
}

/**
 * Whether a request opens a stream that stays open as long as its client wants. The headers of a modern request must say
 * what its body does, or it is refused; those of a 2025-era one may say anything, and are not believed.
 */
export const isStream = ({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean =>
  method === 'GET' ||
  (headers['mcp-method'] === 'subscriptions/listen' && MODERN.test(String(headers['mcp-protocol-version'])));

const MODERN = /^20(2[6-9]|[3-9]\d)-\d\d-\d\d$/;

const tooMany = (reason: 'rate' | 'concurrency', what: string, seconds: number, when = ''): Refusal => ({
  status: 429,
  reason,
  headers: { 'Retry-After': String(seconds) },
  message: `${what}. Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}${when}. Nothing was done.`,
});
