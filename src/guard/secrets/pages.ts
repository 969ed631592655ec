import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Store } from '../../store/index.js';
import { digest } from '../plan.js';
import { revealed, type Secrets } from './delivery.js';
import { closedPage, gonePage, openPage, orLater, refusedPage, type PageWords } from './page-contents.js';
import type { PageReply } from './page-reply.js';
import { seal, unseal } from './seal.js';

/** A request as any HTTP server has it. */
export interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Of a POST; pages that show something do not look at it. */
  readonly body?: string | undefined;
}

/** Pages that any node shows, whichever made them. @throws {StoreError} */
export interface SecretPages {
  /** @throws {StoreError} when no page could be added now. */
  ready(): Promise<void>;
  /** Puts secrets on a page of their own and returns its path. */
  add(title: string, secrets: Secrets): Promise<string>;
  /** `host` is the only name (and port) it answers to: a site whose name is made to point here gets nothing. */
  answer(request: PageRequest, host: string): Promise<PageReply>;
  /** How many of the pages added here still hold something. */
  waiting(): Promise<number>;
}

/** What the store holds of a page for as long as it is remembered. */
interface Page {
  readonly sealedTitle: string;
  /** In ms since 1970. */
  readonly expiresAt: number;
}

const LIFETIME_MS = 10 * 60_000;
/** Pages that are gone are remembered, so that a person learns whether somebody opened theirs. */
const REMEMBER = { ttlMs: LIFETIME_MS + 24 * 60 * 60_000 };
/** The button sends no body at all. */
const MOST_BODY = 1024;

/**
 * Pages that show secrets once: a GET answers with a button, and the POST of that button with the secrets. The store
 * knows a digest of a page's token, and nothing that is on the page can be read without the token.
 */
export function createPages(
  store: Pick<Store, 'get' | 'set' | 'take'>,
  words: PageWords,
  now: () => number = Date.now,
): SecretPages {
  /** When the pages that were added here expire, by their digests. */
  const added = new Map<string, number>();
  const forget = (): void => {
    for (const [id, expiresAt] of added) if (expiresAt <= now()) added.delete(id);
  };

  async function answerOf(token: string, isLook: boolean): Promise<PageReply> {
    const id = digest(token);
    const found = await store.get(`page ${id}`);
    if (found === undefined) return refusedPage(words, 'unknown', 404);
    const { sealedTitle, expiresAt } = JSON.parse(found) as Page;
    const title = unseal(sealedTitle, token, 'page title');
    const isOver = expiresAt <= now();
    const held = `page-secrets ${id}`;
    const sealed = isOver ? undefined : await (isLook ? store.get(held) : store.take(held));
    if (sealed === undefined) {
      const openedAt = await store.get(`page-opened ${id}`);
      // Taken, and not noted yet: it is being opened at this moment.
      return gonePage(words, title, openedAt === undefined ? (isOver ? undefined : now()) : Number(openedAt));
    }
    if (isLook) return closedPage(words, title, expiresAt - now());
    // It is taken, and nobody else will see it: what cannot be noted must not keep it from the person.
    await store.set(`page-opened ${id}`, String(now()), REMEMBER).catch(() => false);
    const values = JSON.parse(unseal(sealed, token, 'page secrets')) as [string, string][];
    return openPage(words, title, Object.fromEntries(values));
  }

  return {
    ready: async () => void (await store.get('page')),

    async add(title, secrets) {
      forget();
      const token = randomBytes(32).toString('base64url');
      const id = digest(token);
      const page: Page = { sealedTitle: seal(title, token, 'page title'), expiresAt: now() + LIFETIME_MS };
      const sealed = seal(JSON.stringify(revealed(secrets)), token, 'page secrets');
      await store.set(`page ${id}`, JSON.stringify(page), REMEMBER);
      await store.set(`page-secrets ${id}`, sealed, { ttlMs: LIFETIME_MS });
      added.set(id, page.expiresAt);
      return `/s/${token}`;
    },

    async answer(request, host) {
      const refusal = refusalOf(words, request, host);
      if (refusal) return refusal;
      const [, token = ''] = /^\/s\/([\w-]+)(?:\?|$)/.exec(request.path) ?? [];
      return orLater(words, answerOf(token, request.method === 'GET'));
    },

    async waiting() {
      forget();
      for (const id of added.keys()) if ((await store.get(`page-secrets ${id}`)) === undefined) added.delete(id);
      return added.size;
    },
  };
}

/** What is wrong with a request whatever page it is for. */
export function refusalOf(
  words: PageWords,
  { method, headers }: PageRequest,
  host: string,
  mostBody = MOST_BODY,
): PageReply | undefined {
  if (headers.host !== host) return refusedPage(words, 'host', 421);
  if (method !== 'GET' && method !== 'POST') return refusedPage(words, 'method', 405, { Allow: 'GET, POST' });
  if (Number(headers['content-length'] ?? 0) > mostBody || headers['transfer-encoding'] !== undefined)
    return refusedPage(words, 'size', 413);
  const from = headers['sec-fetch-site'];
  if (method === 'POST' && from !== undefined && from !== 'same-origin') return refusedPage(words, 'site', 403);
  return undefined;
}
