import { randomBytes } from 'node:crypto';
import { Secret } from '../../client/secret.js';
import type { Store } from '../../store/index.js';
import { digest } from '../plan.js';
import { enteredPage, entryPage, lateEntryPage, orLater, refusedPage, type PageWords } from './page-contents.js';
import type { PageReply } from './page-reply.js';
import { refusalOf, type PageRequest } from './pages.js';
import { seal, unseal } from './seal.js';

/** What somebody has to type in. */
export interface Wanted {
  /** What it is and what for: one line. */
  readonly title: string;
  /**
   * What is wrong with a value, to be read after the name of the thing; undefined where it is right. Only the node that
   * added the page can ask this while it is filled in: who takes the value has to ask again.
   */
  readonly check: (value: string) => string | undefined;
}

/**
 * Pages that take secrets in, each once, on any node. A `key` says for whom and for what: nobody else gets what was
 * entered. @throws {StoreError}
 */
export interface SecretEntries {
  /** The path of the page for it: the same one as long as it can be filled in. */
  add(key: string, wanted: Wanted): Promise<string>;
  answer(request: PageRequest, host: string): Promise<PageReply>;
  /** Whether it was entered and not used yet. */
  has(key: string): Promise<boolean>;
  /** What was entered, once. */
  take(key: string): Promise<Secret | undefined>;
  /** Resolves when it is entered, on whichever node, or when the signal fires. */
  entered(key: string, signal: AbortSignal): Promise<boolean>;
}

export interface EntryOptions {
  /**
   * Known to every node and not to the store, such as the credentials a principal has at Gigahost. Without it, who can
   * read the store and guess a key can read what was entered for it, until it is used.
   */
  readonly pepper?: string;
  readonly now?: () => number;
}

/** What the store holds of a page for as long as it is remembered. */
interface Entry {
  readonly sealedTitle: string;
  /** Which key it is for, in a form that does not tell it. */
  readonly about: string;
  /** Until then it can be filled in, in ms since 1970; and as long again what was entered can be used. */
  readonly expiresAt: number;
}

const LIFETIME = { ttlMs: 10 * 60_000 };
/** Pages that are over are remembered, so that a person learns whether somebody filled in theirs. */
const REMEMBER = { ttlMs: LIFETIME.ttlMs + 24 * 60 * 60_000 };
const LONGEST = 4096;
/** Each character may take three, and the name of the field comes to it. */
const MOST_BODY = 3 * LONGEST + 100;
const FORM = 'application/x-www-form-urlencoded';
const CHANNEL = 'secret-entered';

export function createEntries(
  store: Store,
  words: PageWords,
  { pepper = '', now = Date.now }: EntryOptions = {},
): SecretEntries {
  /** The checks of the pages that were added here, by the digests of their tokens. */
  const checks = new Map<string, { readonly check: Wanted['check']; readonly expiresAt: number }>();

  const aboutOf = (key: string): string => digest(['secret entry', pepper, key]);
  const opener = (key: string): string => digest(['what opens a secret entry', pepper, key]);
  /** The token of the newest page for a key. */
  const tokenFor = async (key: string): Promise<string | undefined> => {
    const sealed = await store.get(`entry-of ${aboutOf(key)}`);
    return sealed === undefined ? undefined : unseal(sealed, opener(key), 'entry token');
  };
  const read = async (token: string): Promise<Entry | undefined> => {
    const found = await store.get(`entry ${digest(token)}`);
    return found === undefined ? undefined : (JSON.parse(found) as Entry);
  };
  /** When it was filled in, in ms since 1970. */
  const filledAt = async (token: string): Promise<number | undefined> => {
    const found = await store.get(`entry-filled ${digest(token)}`);
    return found === undefined ? undefined : Number(found);
  };
  const isOpen = async (token: string): Promise<boolean> =>
    ((await read(token))?.expiresAt ?? 0) > now() && (await filledAt(token)) === undefined;
  const has = async (key: string): Promise<boolean> => {
    const token = await tokenFor(key);
    return token !== undefined && (await store.get(`entry-secret ${digest(token)}`)) !== undefined;
  };

  async function open(key: string, title: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const entry: Entry = {
      sealedTitle: seal(title, token, 'entry title'),
      about: aboutOf(key),
      expiresAt: now() + LIFETIME.ttlMs,
    };
    await store.set(`entry ${digest(token)}`, JSON.stringify(entry), REMEMBER);
    // It is needed as long as what was entered can be used.
    const kept = { ttlMs: 2 * LIFETIME.ttlMs };
    await store.set(`entry-of ${aboutOf(key)}`, seal(token, opener(key), 'entry token'), kept);
    return token;
  }

  /** What is wrong with what was sent, or the value. */
  function valueOf({ headers, body = '' }: PageRequest, token: string) {
    const isForm = headers['content-type']?.split(';')[0]?.trim() === FORM;
    const value = isForm ? (new URLSearchParams(body).get('secret') ?? '') : '';
    if (value === '') return { problem: words.enter.missing };
    if (value.length > LONGEST) return { problem: words.enter.tooLong };
    const problem = checks.get(digest(token))?.check(value);
    return problem === undefined ? { value } : { problem: words.enter.wrong(problem) };
  }

  async function answerOf(request: PageRequest, token: string): Promise<PageReply> {
    const entry = await read(token);
    if (!entry) return refusedPage(words, 'unknown', 404);
    const title = unseal(entry.sealedTitle, token, 'entry title');
    const leftMs = entry.expiresAt - now();
    const late = async (): Promise<PageReply> => lateEntryPage(words, title, await filledAt(token));
    if (leftMs <= 0 || (await filledAt(token)) !== undefined) return late();
    if (request.method === 'GET') return entryPage(words, 200, title, leftMs);
    const { value, problem } = valueOf(request, token);
    if (value === undefined) return entryPage(words, 422, title, leftMs, problem);
    const isFirst = await store.set(`entry-filled ${digest(token)}`, String(now()), { ...REMEMBER, ifAbsent: true });
    if (!isFirst) return late();
    await store.set(`entry-secret ${digest(token)}`, seal(value, token, 'entry secret'), LIFETIME);
    await store.publish(CHANNEL, entry.about);
    return enteredPage(words, title);
  }

  return {
    has,
    add: (key, wanted) =>
      store.lock(`entry ${aboutOf(key)}`, async () => {
        const before = await tokenFor(key);
        const token = before !== undefined && (await isOpen(before)) ? before : await open(key, wanted.title);
        for (const [id, { expiresAt }] of checks) if (expiresAt <= now()) checks.delete(id);
        checks.set(digest(token), { check: wanted.check, expiresAt: now() + LIFETIME.ttlMs });
        return `/e/${token}`;
      }),

    async answer(request, host) {
      const refusal = refusalOf(words, request, host, MOST_BODY);
      if (refusal) return refusal;
      const [, token = ''] = /^\/e\/([\w-]+)(?:\?|$)/.exec(request.path) ?? [];
      return orLater(words, answerOf(request, token));
    },

    async take(key) {
      const token = await tokenFor(key);
      const sealed = token === undefined ? undefined : await store.take(`entry-secret ${digest(token)}`);
      return token === undefined || sealed === undefined
        ? undefined
        : new Secret(unseal(sealed, token, 'entry secret'));
    },

    async entered(key, signal) {
      const over = new AbortController();
      let look = (): void => undefined;
      const stop = await store.subscribe(CHANNEL, about => {
        if (about === undefined || about === aboutOf(key)) look();
      });
      await new Promise<void>((resolve, reject) => {
        look = () => void has(key).then(isThere => (isThere ? resolve() : undefined), reject);
        signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
        if (signal.aborted) resolve();
        else look();
      }).finally(() => {
        over.abort();
        stop();
      });
      return has(key);
    },
  };
}
