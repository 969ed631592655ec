import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { digest } from '../plan.js';
import type { Secrets } from './delivery.js';
import { closedPage, gonePage, openPage, sentence } from './page-contents.js';
import type { PageReply } from './page-reply.js';

/** A request as any HTTP server has it. */
export interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Of a POST; pages that show something do not look at it. */
  readonly body?: string | undefined;
}

export interface SecretPages {
  /** Puts secrets on a page of their own and returns its path. */
  add(title: string, secrets: Secrets): string;
  /** `host` is the only name (and port) it answers to: a site whose name is made to point here gets nothing. */
  answer(request: PageRequest, host: string): PageReply;
  /** How many pages still hold something. */
  waiting(): number;
}

interface Page {
  readonly title: string;
  readonly expiresAt: number;
  /** Undefined once shown or expired. */
  secrets: Secrets | undefined;
  openedAt: number | undefined;
}

const LIFETIME_MS = 10 * 60_000;
/** Pages that are gone are remembered, so that a person learns whether somebody opened theirs. */
const REMEMBER_MS = 24 * 60 * 60_000;
/** The button sends no body at all. */
const MOST_BODY = 1024;

/** Pages that show secrets once: a GET answers with a button, and the POST of that button with the secrets. */
export function createPages(now: () => number = Date.now): SecretPages {
  const pages = new Map<string, Page>();

  const expire = (): void => {
    for (const [key, page] of pages) {
      if (page.expiresAt <= now()) page.secrets = undefined;
      if (page.expiresAt + REMEMBER_MS <= now()) pages.delete(key);
    }
  };

  return {
    add(title, secrets) {
      expire();
      const token = randomBytes(32).toString('base64url');
      pages.set(digest(token), { title, secrets, expiresAt: now() + LIFETIME_MS, openedAt: undefined });
      setTimeout(expire, LIFETIME_MS + 1000).unref();
      return `/s/${token}`;
    },

    answer(request, host) {
      expire();
      const refusal = refusalOf(request, host);
      if (refusal) return refusal;
      const [, token = ''] = /^\/s\/([\w-]+)(?:\?|$)/.exec(request.path) ?? [];
      const page = pages.get(digest(token));
      if (!page) return sentence(404, 'There is no such page', 'What made it may have ended since.');
      if (!page.secrets) return gonePage(page.title, page.openedAt);
      if (request.method === 'GET') return closedPage(page.title, page.expiresAt - now());
      const shown = openPage(page.title, page.secrets);
      page.secrets = undefined;
      page.openedAt = now();
      return shown;
    },

    waiting() {
      expire();
      return [...pages.values()].filter(({ secrets }) => secrets).length;
    },
  };
}

/** What is wrong with a request whatever page it is for. */
export function refusalOf({ method, headers }: PageRequest, host: string, mostBody = MOST_BODY): PageReply | undefined {
  if (headers.host !== host) return sentence(421, 'Not here', 'This address is reached under another name.');
  if (method !== 'GET' && method !== 'POST')
    return sentence(405, 'Not like this', 'Open the page in a browser.', { Allow: 'GET, POST' });
  if (Number(headers['content-length'] ?? 0) > mostBody || headers['transfer-encoding'] !== undefined)
    return sentence(413, 'Too much', 'Nothing needs to be sent along.');
  const from = headers['sec-fetch-site'];
  if (method === 'POST' && from !== undefined && from !== 'same-origin')
    return sentence(403, 'Not from there', 'Open the page itself and press its button.');
  return undefined;
}
