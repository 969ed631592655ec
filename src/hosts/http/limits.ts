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
  /** Counts what a batch of that many messages holds beyond the one it was admitted as. */
  admitBatch(identity: Identity, size: number, response: ServerResponse): Promise<Refusal | undefined>;
}

type Defaults = Pick<HttpConfig, 'requestsPerMinute' | 'concurrentCalls'>;

export function createLimits(defaults: Defaults, store: Pick<Store, 'count'>): Limits {
  const alone = memoryStore();
  const underway = new Map<string, number>();

  async function requestsOf(key: string, made: number): Promise<Counted> {
    const counter = `requests ${key}`;
    try {
      return await store.count(counter, made, MINUTE_MS);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return alone.count(counter, made, MINUTE_MS);
    }
  }

  const perMinute = ({ principal }: Identity): number => principal.requestsPerMinute ?? defaults.requestsPerMinute;
  const atOnce = ({ principal }: Identity): number => principal.concurrentCalls ?? defaults.concurrentCalls;

  async function take(
    identity: Identity,
    requests: number,
    calls: number,
    response: ServerResponse,
  ): Promise<Refusal | undefined> {
    const { key: own, caller: key = own, principal } = identity;
    const { count, leftMs } = await requestsOf(key, requests);
    if (count > perMinute(identity))
      return tooMany(
        'rate',
        `${principal.name} has made the most requests allowed in a minute, ${perMinute(identity)}`,
        Math.max(1, Math.ceil(leftMs / 1000)),
      );
    if (calls === 0 || response.closed) return undefined;
    const before = underway.get(key) ?? 0;
    if (before + calls > atOnce(identity))
      return tooMany(
        'concurrency',
        `${principal.name} has the most calls allowed at the same time under way, ${atOnce(identity)}`,
        SOON_SECONDS,
        ', when one of them has ended',
      );
    underway.set(key, before + calls);
    response.once('close', () => {
      const left = (underway.get(key) ?? calls) - calls;
      if (left > 0) underway.set(key, left);
      else underway.delete(key);
    });
    return undefined;
  }

  return {
    admit: (identity, request, response) => take(identity, 1, isStream(request) ? 0 : 1, response),
    async admitBatch(identity, size, response) {
      const most = Math.min(atOnce(identity), perMinute(identity));
      if (size > most)
        return {
          status: 400,
          reason: 'concurrency',
          message: `A batch may hold ${most} messages, and this one holds ${size}. Send them in parts. Nothing was done.`,
        };
      return size > 1 ? take(identity, size - 1, size - 1, response) : undefined;
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
