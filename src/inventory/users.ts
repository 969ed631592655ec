import { getAccount } from '../client/api/account.js';
import { getUser, type User } from '../client/api/users.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { InputError } from './input-error.js';
import type { Inventory } from './index.js';
import { theOne } from './the-one.js';

export const ACCESS_LEVELS = ['admin', 'user', 'server'] as const;
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** Somebody who may sign in to the account. */
export interface AccountUser {
  readonly id: string;
  readonly name: string;
  readonly login: string | null;
  readonly access: string | null;
  readonly twoFactor: boolean | null;
}

/**
 * Everybody who may sign in; the account has the only list of them.
 * @throws {InputError} when this credential is shown none: somebody must be able to sign in.
 */
export async function listUsers(client: Client, options?: CallOptions): Promise<AccountUser[]> {
  const { users } = await client.call(getAccount, {}, options);
  const found = users.flatMap(({ id, name, login, ...rest }) =>
    id ? [{ ...rest, id, login, name: name ?? login ?? 'unnamed' }] : [],
  );
  if (found.length > 0) return found;
  throw new InputError(
    'Gigahost shows the users of an account to administrators only, and perhaps not to API keys: the user can set GIGAHOST_USERNAME and GIGAHOST_PASSWORD of an administrator.',
  );
}

/** One of them by name, e-mail address or id. */
export const userNamed = (reference: string, users: readonly AccountUser[]): AccountUser =>
  theOne(reference, users, {
    nouns: ['user', 'users'],
    idOf: ({ id }) => id,
    namesOf: ({ name, login }) => [name, login],
  });

/** "Jonas Lie (jonas@example.no, id 32)" */
export const describeUser = ({ id, name, login }: AccountUser): string =>
  `${name} (${[login, `id ${id}`].filter(Boolean).join(', ')})`;

/** Ids of the servers the caller may see; undefined is all. */
export const seenServers = async (inventory: Inventory, options?: CallOptions): Promise<Seen> =>
  inventory.whole ? undefined : new Set((await inventory.list(options)).servers.map(({ id }) => id));
export type Seen = ReadonlySet<string> | undefined;

type Assigned = User['servers'][number];

/** The servers given to somebody, those the caller may not see left out. */
export const assignedServers = (rows: readonly Assigned[], seen: Seen): readonly Assigned[] =>
  rows.filter(({ server_id }) => server_id !== null && (!seen || seen.has(server_id)));

export const nameOfAssigned = ({ server, server_id }: Pick<Assigned, 'server' | 'server_id'>): string =>
  server ?? `server ${server_id}`;

/** One user with the servers given to them. */
export async function readUser(client: Client, { id }: AccountUser, seen: Seen, options?: CallOptions): Promise<User> {
  const user = await client.call(getUser, { params: { id } }, options);
  return { ...user, servers: [...assignedServers(user.servers, seen)] };
}
