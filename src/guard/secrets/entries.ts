import { randomBytes } from 'node:crypto';
import { Secret } from '../../client/secret.js';
import { digest } from '../plan.js';
import { enteredPage, entryPage, lateEntryPage, sentence } from './page-contents.js';
import type { PageReply } from './page-reply.js';
import { refusalOf, type PageRequest } from './pages.js';

/** What somebody has to type in. */
export interface Wanted {
  /** What it is and what for: one line. */
  readonly title: string;
  /** What is wrong with a value, to be read after the name of the thing; undefined where it is right. */
  readonly check: (value: string) => string | undefined;
}

/** Pages that take secrets in, each once. A `key` says for whom and for what: nobody else gets what was entered. */
export interface SecretEntries {
  /** The path of the page for it: the same one as long as it can be filled in. */
  add(key: string, wanted: Wanted): string;
  answer(request: PageRequest, host: string): PageReply;
  /** Whether it was entered and not used yet. */
  has(key: string): boolean;
  /** What was entered, once. */
  take(key: string): Secret | undefined;
  /** Resolves when it is entered, or when the signal fires. */
  entered(key: string, signal: AbortSignal): Promise<boolean>;
}

interface Entry extends Wanted {
  readonly key: string;
  readonly token: string;
  /** Until then it can be filled in, and from when it was, as long again it can be used. */
  expiresAt: number;
  enteredAt: number | undefined;
  /** Undefined until it is entered, and again once it is used or too old. */
  secret: Secret | undefined;
}

const LIFETIME_MS = 10 * 60_000;
/** Pages that are over are remembered, so that a person learns whether somebody filled in theirs. */
const REMEMBER_MS = 24 * 60 * 60_000;
const LONGEST = 4096;
/** Each character may take three, and the name of the field comes to it. */
const MOST_BODY = 3 * LONGEST + 100;
const FORM = 'application/x-www-form-urlencoded';

export function createEntries(now: () => number = Date.now): SecretEntries {
  const entries = new Map<string, Entry>();
  const waiting = new Set<() => void>();

  const expire = (): void => {
    for (const [key, entry] of entries) {
      if (entry.expiresAt <= now()) entry.secret = undefined;
      if (entry.expiresAt + REMEMBER_MS <= now()) entries.delete(key);
    }
  };
  const expireLater = (): void => void setTimeout(expire, LIFETIME_MS + 1000).unref();
  const entryFor = (key: string): Entry | undefined => {
    expire();
    return [...entries.values()].findLast(entry => entry.key === key);
  };
  const isOpen = ({ enteredAt, expiresAt }: Entry): boolean => enteredAt === undefined && expiresAt > now();
  const has = (key: string): boolean => entryFor(key)?.secret !== undefined;

  return {
    has,
    add(key, wanted) {
      const present = entryFor(key);
      if (present && isOpen(present)) return `/e/${present.token}`;
      const token = randomBytes(32).toString('base64url');
      entries.set(digest(token), {
        ...wanted,
        key,
        token,
        expiresAt: now() + LIFETIME_MS,
        enteredAt: undefined,
        secret: undefined,
      });
      expireLater();
      return `/e/${token}`;
    },

    answer(request, host) {
      expire();
      const refusal = refusalOf(request, host, MOST_BODY);
      if (refusal) return refusal;
      const [, token = ''] = /^\/e\/([\w-]+)(?:\?|$)/.exec(request.path) ?? [];
      const entry = entries.get(digest(token));
      if (!entry) return sentence(404, 'There is no such page', 'What made it may have ended since.');
      if (!isOpen(entry)) return lateEntryPage(entry.title, entry.enteredAt);
      if (request.method === 'GET') return entryPage(200, entry.title, entry.expiresAt - now());
      const isForm = request.headers['content-type']?.split(';')[0]?.trim() === FORM;
      const value = isForm ? valueIn(request.body) : '';
      const problem = value === '' ? 'is missing' : value.length > LONGEST ? 'is too long' : entry.check(value);
      if (problem !== undefined) return entryPage(422, entry.title, entry.expiresAt - now(), problem);
      entry.secret = new Secret(value);
      entry.enteredAt = now();
      entry.expiresAt = now() + LIFETIME_MS;
      expireLater();
      for (const look of [...waiting]) look();
      return enteredPage(entry.title);
    },

    take(key) {
      const entry = entryFor(key);
      const secret = entry?.secret;
      if (entry) entry.secret = undefined;
      return secret;
    },

    async entered(key, signal) {
      if (has(key) || signal.aborted) return has(key);
      const over = new AbortController();
      await new Promise<void>(resolve => {
        const look = () => void (has(key) && resolve());
        waiting.add(look);
        over.signal.addEventListener('abort', () => waiting.delete(look));
        signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
      });
      over.abort();
      return has(key);
    },
  };
}

const valueIn = (body = ''): string => new URLSearchParams(body).get('secret') ?? '';
