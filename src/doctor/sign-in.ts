import { fileTokenCache } from '../client/token-cache.js';
import { readCredentials, type Credentials, type CredentialSources } from '../client/credentials.js';
import { GigahostError } from '../client/errors.js';
import type { Config } from '../config.js';
import { checkCredentials, type Checked, type Problem } from '../credentials/check.js';
import type { Scrubber } from '../guard/scrub.js';
import { VERSION } from '../version.js';

/** What came of signing in. */
export type SignedIn =
  | { readonly kind: 'not asked' }
  /** There is nothing to sign in with, or what there is cannot be read. */
  | { readonly kind: 'none'; readonly reason: string }
  /** A one-time code that is left for the server to sign in with. */
  | { readonly kind: 'one-time code' }
  | { readonly kind: 'tried'; readonly credentials: Credentials; readonly outcome: Checked | Problem };

/** Whether all that was tried was refused. */
export const mayNothing = ({ may }: Checked): boolean => may.every(({ read }) => read === false);

interface SigningIn {
  readonly config: Config;
  readonly upstream: Extract<Config['upstream'], { kind: 'api' }>;
  readonly credentials: CredentialSources;
  readonly timeoutMs: number;
  readonly scrubber: Scrubber;
}

/**
 * Tries the credentials as a server would find them. The session is not kept, and none that is kept stands in for signing
 * in: only so is a password tried. A one-time code would be used up by that, so a session of it is looked for instead.
 */
export async function signIn({ config, upstream, credentials, timeoutMs, scrubber }: SigningIn): Promise<SignedIn> {
  const found = await readCredentials(credentials).catch((error: unknown) => {
    if (error instanceof GigahostError) return error;
    throw error;
  });
  if (found instanceof GigahostError) return { kind: 'none', reason: found.facts.reason ?? '' };
  const { baseUrl, route } = upstream;
  const usesCode = found.kind === 'login' && found.code !== undefined && found.totpSecret === undefined;
  if (usesCode && !(await hasSession(config, baseUrl, found.username))) return { kind: 'one-time code' };
  const outcome = await checkCredentials({
    baseUrl,
    route,
    credentials,
    timeoutMs,
    stateDir: usesCode ? config.stateDir : undefined,
    userAgent: `gigahost-mcp/${VERSION}`,
    onSecret: scrubber.add,
    onMarkedSecret: scrubber.add,
  });
  return { kind: 'tried', credentials: found, outcome };
}

async function hasSession({ tokenCache, stateDir }: Config, baseUrl: string, username: string): Promise<boolean> {
  if (!tokenCache) return false;
  const token = await fileTokenCache(stateDir, baseUrl, username).load();
  return token !== undefined && (token.expiresAt === null || token.expiresAt > Date.now() + 120_000);
}
