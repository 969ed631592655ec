import { createHash } from 'node:crypto';
import { TOTP } from 'otpauth';
import * as z from 'zod';
import { readCredentials, type CredentialSources, type Credentials } from './credentials.js';
import { defineEndpoint, fromData } from './endpoint.js';
import { GigahostError } from './errors.js';
import type { Secret } from './secret.js';
import { fileTokenCache, noTokenCache, type CachedToken, type TokenCache } from './token-cache.js';
import { secret, time } from './wire.js';

export interface Authorization {
  readonly header: string;
  /** Present when a 401 can be answered with one new sign-in. */
  readonly renew?: (signal?: AbortSignal) => Promise<Authorization>;
}

export interface Authenticator {
  /** @throws {GigahostError} `no_credentials`, `login_refused` or `unavailable`. */
  authorize(signal?: AbortSignal): Promise<Authorization>;
}

export interface AuthOptions {
  readonly credentials: CredentialSources;
  readonly baseUrl: string;
  /** Where tokens are kept across processes; undefined keeps them in memory only. */
  readonly stateDir: string | undefined;
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
  decode: fromData(z.object({ token: secret, token_expire: time.optional() })),
});

export type Login = (body: {
  username: string;
  password: string;
  code?: string;
}) => Promise<{ token: Secret | null; token_expire?: string | null | undefined }>;

const RENEW_BEFORE_EXPIRY_MS = 60_000;

/**
 * Signs requests. An API key is used as it is; a name and password become one session token, shared by all calls, kept
 * in a file between processes, renewed a minute before it expires and once after a 401.
 */
export function createAuthenticator(options: AuthOptions, login: Login): Authenticator {
  let token: CachedToken | undefined;
  let signingIn: Promise<CachedToken> | undefined;
  let refused: { readonly attempt: string; readonly error: GigahostError } | undefined;

  const cacheFor = (username: string): TokenCache =>
    options.stateDir === undefined ? noTokenCache : fileTokenCache(options.stateDir, options.baseUrl, username);

  async function signIn(
    credentials: Extract<Credentials, { kind: 'login' }>,
    stale: string | undefined,
  ): Promise<CachedToken> {
    const cache = cacheFor(credentials.username);
    const stored = await cache.load();
    if (stored && stored.token !== stale && isFresh(stored)) return stored;
    const attempt = fingerprint(credentials);
    if (refused?.attempt === attempt) throw refused.error;
    try {
      const answer = await login({
        username: credentials.username,
        password: credentials.password,
        ...withCode(credentials),
      });
      if (!answer.token)
        throw new GigahostError('unexpected_response', {
          operation: 'sign in',
          changed: 'nothing',
          reason: 'the answer holds no token',
        });
      const fresh: CachedToken = {
        token: answer.token.reveal(),
        expiresAt: answer.token_expire ? Date.parse(answer.token_expire) : null,
      };
      await cache.save(fresh);
      return fresh;
    } catch (error) {
      const explained = loginError(error, credentials);
      if (explained.kind === 'login_refused') refused = { attempt, error: explained };
      throw explained;
    }
  }

  async function session(credentials: Extract<Credentials, { kind: 'login' }>, stale?: string): Promise<Authorization> {
    if (token === undefined || token.token === stale || !isFresh(token)) {
      signingIn ??= signIn(credentials, stale).finally(() => (signingIn = undefined));
      token = await signingIn;
    }
    const current = token.token;
    options.onSecret?.(current);
    return { header: `Bearer ${current}`, renew: () => session(credentials, current) };
  }

  return {
    async authorize() {
      const credentials = await readCredentials(options.credentials);
      for (const value of Object.values(credentials))
        if (value && value.length > 5 && value !== credentials.kind) options.onSecret?.(value);
      return credentials.kind === 'key' ? { header: `Bearer ${credentials.key}` } : session(credentials);
    },
  };
}

const isFresh = ({ expiresAt }: CachedToken): boolean =>
  expiresAt === null || expiresAt - Date.now() > RENEW_BEFORE_EXPIRY_MS;

/** A refused sign-in is not tried again until what was sent would be different. */
const fingerprint = (credentials: Credentials): string =>
  createHash('sha256').update(JSON.stringify(credentials)).digest('hex');

/** Six digits as text: a number would lose leading zeros (wire note 4.2). */
function withCode({ code, totpSecret }: Extract<Credentials, { kind: 'login' }>): { code?: string } {
  if (code) return { code };
  if (!totpSecret) return {};
  try {
    return { code: new TOTP({ secret: totpSecret.replace(/\s/g, '') }).generate() };
  } catch {
    throw new GigahostError('no_credentials', {
      operation: 'sign in',
      changed: 'nothing',
      sent: false,
      reason: 'GIGAHOST_TOTP_SECRET is not a base32 secret',
    });
  }
}

function loginError(error: unknown, credentials: Extract<Credentials, { kind: 'login' }>): GigahostError {
  if (!(error instanceof GigahostError)) throw error;
  const { kind, facts } = error;
  if (kind === 'unauthorized' || kind === 'forbidden' || kind === 'rejected') {
    const code = credentials.totpSecret
      ? ' GIGAHOST_TOTP_SECRET and the clock of this machine decide the two-factor code.'
      : credentials.code
        ? ' A code in GIGAHOST_2FA_CODE works once and for seconds only: set GIGAHOST_TOTP_SECRET to renew unattended, or use an API key.'
        : ' If the account has two-factor sign-in, set GIGAHOST_TOTP_SECRET, or use an API key.';
    return new GigahostError('login_refused', {
      ...facts,
      changed: 'nothing',
      hint: `Check GIGAHOST_USERNAME and GIGAHOST_PASSWORD.${code}`,
    });
  }
  return kind === 'outcome_unknown' ? new GigahostError('unavailable', { ...facts, changed: 'nothing' }) : error;
}
