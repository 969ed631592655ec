import { createHash } from 'node:crypto';
import { TOTP } from 'otpauth';
import * as z from 'zod';
import { readCredentials, type CredentialSources, type Credentials } from './credentials.js';
import { defineEndpoint, fromData } from './endpoint.js';
import { GigahostError } from './errors.js';
import type { Secret } from './secret.js';
import { fileTokenCache, isToken, noTokenCache, type CachedToken, type TokenCache } from './token-cache.js';
import { secret, time } from './wire.js';

export interface Authorization {
  readonly header: string;
  /** Present when a 401 can be answered with one new sign-in; undefined comes of it where there is none to try. */
  readonly renew?: () => Promise<Authorization | undefined>;
  /** What a 401 means then, and what to do about it. */
  readonly ifRefused?: string | undefined;
}

export interface Authenticator {
  /** @throws {GigahostError} `no_credentials`, `login_refused` or `unavailable`. */
  authorize(): Promise<Authorization>;
  /** HTTP Basic, for the one operation that takes nothing else (wire note 12). */
  basic(): Promise<Authorization>;
}

export interface AuthOptions {
  readonly credentials: CredentialSources;
  readonly baseUrl: string;
  /** Where tokens are kept across processes; undefined keeps them in memory only. */
  readonly stateDir: string | undefined;
  /** Signs in even where a session is kept from before, and keeps the new one in its place. */
  readonly anew?: boolean | undefined;
  /** Hears of every credential and token, so that they can be scrubbed from what leaves the process. */
  readonly onSecret?: (value: string) => void;
}

/** Exchanges name, password and code for a session token (contract `authenticate`). */
export const authenticate = defineEndpoint({
  id: 'authenticate',
  does: 'sign in',
  method: 'POST',
  path: '/authenticate',
  effect: 'create',
  repeatable: true,
  secrets: ['request.password', 'request.code', 'data.token'],
  body: z.object({ username: z.string(), password: z.string(), code: z.string().optional() }),
  /** A token whose end cannot be read is still a token. */
  decode: fromData(z.object({ token: secret, token_expire: time.catch(null) })),
});

export type Login = (body: {
  username: string;
  password: string;
  code?: string;
}) => Promise<{ token: Secret | null; token_expire: string | null }>;

type LoginCredentials = Extract<Credentials, { kind: 'login' }>;

const RENEW_BEFORE_EXPIRY_MS = 60_000;
/** Anything shorter would be scrubbed out of words and numbers that have nothing to do with it. */
const SHORTEST_SECRET = 6;

/**
 * Signs requests. An API key is used as it is; a name and password become one session token, shared by all calls, kept
 * in a file between processes, renewed a minute before it expires and once after a 401.
 */
export function createAuthenticator(options: AuthOptions, login: Login): Authenticator {
  let session: Session | undefined;
  const announce = (value: string | undefined): void => {
    if (value !== undefined && value.length >= SHORTEST_SECRET) options.onSecret?.(value);
  };
  const { kept } = options.credentials;

  /** Whoever ran `gigahost-mcp login` meanwhile need not restart anything. */
  async function withKeyKeptSince(header: string): Promise<Authorization | undefined> {
    kept?.refused();
    const found = await authorize();
    return found.header === header ? undefined : { header: found.header, ifRefused: found.ifRefused };
  }

  async function authorize(): Promise<Authorization> {
    const credentials = await readCredentials(options.credentials);
    if (credentials.kind === 'key') {
      const { key, keptIn } = credentials;
      announce(key);
      const header = `Bearer ${key}`;
      return keptIn === undefined
        ? { header }
        : { header, ifRefused: renewal('API key', keptIn), renew: () => withKeyKeptSince(header) };
    }
    [credentials.password, credentials.code, credentials.totpSecret].forEach(announce);
    const { username } = credentials;
    if (session?.username !== username) {
      const { stateDir, baseUrl, anew } = options;
      const cache = stateDir === undefined ? noTokenCache : fileTokenCache(stateDir, baseUrl, username);
      session = createSession(username, anew ? { ...cache, load: () => noTokenCache.load() } : cache, login, announce);
    }
    try {
      return await session.authorize(credentials);
    } catch (error) {
      if (error instanceof GigahostError && error.kind === 'login_refused') kept?.refused();
      throw error;
    }
  }

  return {
    authorize,

    async basic() {
      const credentials = await readCredentials(options.credentials);
      if (credentials.kind === 'key')
        throw new GigahostError('no_credentials', {
          operation: 'sign in',
          changed: 'nothing',
          sent: false,
          reason: 'this operation takes a user name and password only, and an API key is set',
        });
      const encoded = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
      [credentials.password, encoded].forEach(announce);
      return { header: `Basic ${encoded}` };
    },
  };
}

interface Session {
  readonly username: string;
  authorize(credentials: LoginCredentials): Promise<Authorization>;
}

/** The session of one login name. */
function createSession(username: string, cache: TokenCache, login: Login, announce: (token: string) => void): Session {
  let token: CachedToken | undefined;
  let signingIn: Promise<CachedToken> | undefined;
  let refused: { readonly attempt: string; readonly error: GigahostError } | undefined;

  async function signIn(credentials: LoginCredentials, stale: string | undefined): Promise<CachedToken> {
    const stored = await cache.load();
    if (stored && stored.token !== stale && isFresh(stored)) return stored;
    const attempt = fingerprint(credentials);
    if (refused?.attempt === attempt) throw refused.error;
    try {
      const fresh = await exchangeForToken(credentials, login);
      if (credentials.code) refused = { attempt, error: spent };
      await cache.save(fresh);
      return fresh;
    } catch (error) {
      const explained = loginError(error, credentials);
      if (explained.kind === 'login_refused') refused = { attempt, error: explained };
      throw explained;
    }
  }

  async function authorize(credentials: LoginCredentials, stale?: string): Promise<Authorization> {
    if (token === undefined || token.token === stale || !isFresh(token)) {
      signingIn ??= signIn(credentials, stale).finally(() => (signingIn = undefined));
      token = await signingIn;
    }
    const current = token.token;
    announce(current);
    const { keptIn } = credentials;
    return {
      header: `Bearer ${current}`,
      renew: () => authorize(credentials, current),
      ifRefused: keptIn === undefined ? undefined : renewal('user name and password', keptIn),
    };
  }

  return { username, authorize };
}

async function exchangeForToken(credentials: LoginCredentials, login: Login): Promise<CachedToken> {
  const { username, password } = credentials;
  const answer = await login({ username, password, ...withCode(credentials) });
  const token = answer.token?.reveal();
  if (token === undefined || !isToken(token)) {
    const reason = 'the answer holds no usable token';
    throw new GigahostError('unexpected_response', { operation: 'sign in', changed: 'nothing', reason });
  }
  return { token, expiresAt: answer.token_expire ? Date.parse(answer.token_expire) : null };
}

const isFresh = ({ expiresAt }: CachedToken): boolean =>
  expiresAt === null || expiresAt - Date.now() > RENEW_BEFORE_EXPIRY_MS;

/** A refused sign-in is not tried again until what was sent would be different. */
const fingerprint = (credentials: Credentials): string =>
  createHash('sha256').update(JSON.stringify(credentials)).digest('hex');

/** Whether that is base32, of which codes can be made. */
export function isTotpSecret(text: string): boolean {
  try {
    return codeOf(text).length > 0;
  } catch {
    return false;
  }
}

const codeOf = (totpSecret: string): string => new TOTP({ secret: totpSecret.replace(/\s/g, '') }).generate();

/** Six digits as text: a number would lose leading zeros (wire note 4.2). */
function withCode({ code, totpSecret }: LoginCredentials): { code?: string } {
  if (code) return { code };
  if (!totpSecret) return {};
  try {
    return { code: codeOf(totpSecret) };
  } catch {
    throw new GigahostError('no_credentials', {
      operation: 'sign in',
      changed: 'nothing',
      sent: false,
      reason: 'GIGAHOST_TOTP_SECRET is not a base32 secret',
    });
  }
}

/** A code works once: what is left of it when the session ends would only count as a failed sign-in. */
const spent = new GigahostError('login_refused', {
  operation: 'sign in',
  changed: 'nothing',
  sent: false,
  reason: 'the session has ended and the two-factor code was used for it',
  hint: 'Set GIGAHOST_2FA_CODE to a new code, or GIGAHOST_TOTP_SECRET to renew unattended, or use an API key.',
});

/** What a person does about kept credentials that Gigahost does not take. */
const renewal = (what: string, keptIn: string): string =>
  `The ${what} that gigahost-mcp login kept in ${keptIn} ${what === 'API key' ? 'is' : 'are'} not valid (any more). The user renews that in a terminal: gigahost-mcp login. No restart is needed. Do not retry before.`;

function loginError(error: unknown, credentials: LoginCredentials): GigahostError {
  if (!(error instanceof GigahostError)) throw error;
  const { kind } = error;
  const facts = { ...error.facts, changed: 'nothing' as const };
  if (kind === 'unauthorized' || kind === 'forbidden' || kind === 'rejected') {
    if (credentials.keptIn !== undefined)
      return new GigahostError('login_refused', {
        ...facts,
        hint:
          renewal('user name and password', credentials.keptIn) +
          (credentials.totpSecret
            ? ''
            : ' If the account has two-factor sign-in, its session has ended: keep the secret of the codes too, or an API key.'),
      });
    const code = credentials.totpSecret
      ? ' GIGAHOST_TOTP_SECRET and the clock of this machine decide the two-factor code.'
      : credentials.code
        ? ' A code in GIGAHOST_2FA_CODE works once and for seconds only: set GIGAHOST_TOTP_SECRET to renew unattended, or use an API key.'
        : ' If the account has two-factor sign-in, set GIGAHOST_TOTP_SECRET, or use an API key.';
    return new GigahostError('login_refused', {
      ...facts,
      hint: `Check GIGAHOST_USERNAME and GIGAHOST_PASSWORD.${code}`,
    });
  }
  return new GigahostError(kind === 'outcome_unknown' ? 'unavailable' : kind, facts);
}
