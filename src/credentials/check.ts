import { getAccount, getLegacyAccount } from '../client/api/account.js';
import { getBilling } from '../client/api/billing.js';
import { listDnsZones } from '../client/api/dns.js';
import { listServers } from '../client/api/servers.js';
import { listWebhosting } from '../client/api/webhosting.js';
import { readCredentials, type CredentialSources } from '../client/credentials.js';
import { GigahostError } from '../client/errors.js';
import { createClient, type Client, type ClientOptions } from '../client/index.js';
import type { CallOptions } from '../client/request.js';

/** What a credential can be allowed, as far as a read can try it. */
export const CATEGORIES = ['account', 'servers', 'dns', 'webhosting', 'billing'] as const;
export type Category = (typeof CATEGORIES)[number];

export interface Checked {
  /** Whose it is; null where the credential may not read that. */
  readonly account: { readonly id: string | null; readonly name: string | null } | null;
  readonly kind: 'key' | 'login';
  /** Level of the user who signed in, as Gigahost calls it; null for a key, and where it is not told. */
  readonly access: string | null;
  /**
   * What was tried: true, it may be read; false, Gigahost refuses that; null, that could not be told now. Whether a key may
   * also change things is told nowhere, and is not tried.
   */
  readonly may: readonly { readonly category: Category; readonly read: boolean | null }[];
}

export interface Problem {
  /**
   * `none`: nothing to sign in with, or what there is cannot be used, and nothing was sent. `refused`: by Gigahost.
   * `unreachable`: nothing can be said about the credentials.
   */
  readonly problem: 'none' | 'refused' | 'unreachable';
  readonly error: GigahostError;
}

export type CheckOptions = Pick<
  ClientOptions,
  'baseUrl' | 'route' | 'credentials' | 'stateDir' | 'timeoutMs' | 'userAgent' | 'onSecret' | 'onMarkedSecret' | 'anew'
>;

/**
 * Signs in to Gigahost and looks what that may see, with reads only. With `anew`, a session that is kept from before does
 * not stand in for signing in; the new one is kept in `stateDir`, where that is given.
 */
export async function checkCredentials(options: CheckOptions, signal?: AbortSignal): Promise<Checked | Problem> {
  const client = createClient(options);
  try {
    const { kind, ...login } = await readCredentials(options.credentials);
    const found = await accountOf(client, { signal });
    const may = await Promise.all(
      CATEGORIES.map(async category => ({
        category,
        read: category === 'account' ? found !== null : await mayRead(client, category, { signal }),
      })),
    );
    const user = 'username' in login ? login.username.toLowerCase() : undefined;
    return {
      kind,
      account: found && { id: found.id, name: found.name },
      access:
        found?.users.find(({ login: name }) => user !== undefined && name?.toLowerCase() === user)?.access ?? null,
      may,
    };
  } catch (error) {
    if (!(error instanceof GigahostError)) throw error;
    return { problem: PROBLEMS.get(error.kind) ?? 'unreachable', error };
  } finally {
    await client.close();
  }
}

export const isProblem = (result: Checked | Problem): result is Problem => 'problem' in result;

/** Whether anything is given to sign in with, besides what is kept. */
export const isGiven = ({ apiKey, username, password }: CredentialSources): boolean =>
  [apiKey, username, password].some(source => source !== undefined);

const PROBLEMS: ReadonlyMap<string, Problem['problem']> = new Map([
  ['no_credentials', 'none'],
  ['login_refused', 'refused'],
  ['unauthorized', 'refused'],
]);

/** Null where the credential is good and may not read whose it is. */
const accountOf = (client: Client, options: CallOptions) =>
  client
    .call(getAccount, {}, options)
    .catch((error: unknown) =>
      isForbidden(error) ? client.call(getLegacyAccount, {}, options) : Promise.reject(error as Error),
    )
    .catch((error: unknown) => (isForbidden(error) ? null : Promise.reject(error as Error)));

const TRIED = {
  servers: listServers,
  dns: listDnsZones,
  webhosting: listWebhosting,
  billing: getBilling,
} as const;

async function mayRead(client: Client, category: keyof typeof TRIED, options: CallOptions): Promise<boolean | null> {
  try {
    await client.call<undefined, undefined, unknown, undefined>(TRIED[category], {}, options);
    return true;
  } catch (error) {
    options.signal?.throwIfAborted();
    if (isForbidden(error)) return false;
    if (error instanceof GigahostError) return null;
    throw error;
  }
}

const isForbidden = (error: unknown): boolean => error instanceof GigahostError && error.kind === 'forbidden';
