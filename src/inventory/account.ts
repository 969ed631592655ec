import * as z from 'zod';
import { getAccount, getLegacyAccount } from '../client/api/account.js';
import { GigahostError } from '../client/errors.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { InputError } from './input-error.js';
import { some } from './some.js';

const text = z.string().nullable();
const MOST_ORDERS = 20;
const MOST_OTHERS = 30;
const MOST_PRODUCTS = 5;

/** The account as a person would want it told. Secrets of its users are not part of it. */
export const AccountView = z.looseObject({
  id: text,
  name: text,
  company_number: text,
  address: text,
  phone: text,
  email: text,
  billing_email: text,
  users_total: z.number(),
  users: z.array(z.looseObject({ name: text, login: text, access: text, two_factor: z.boolean().nullable() })),
  ssh_keys_total: z.number(),
  ssh_keys: z.array(z.looseObject({ id: text, name: text, added_at: text })),
  passkeys_total: z.number(),
  passkeys: z.array(z.looseObject({ name: text, last_used_at: text })),
  orders: z.array(z.looseObject({ number: text, status: text, cycle: text, products: z.array(z.string()) })),
  orders_total: z.number(),
  notifications: z.record(z.string(), z.boolean().nullable()),
  limited: z.boolean().describe('True when this credential may only read the profile'),
});
export type AccountView = z.output<typeof AccountView>;

/**
 * `/account`, or the older alias where that is all the credential may read. `servers` are the names the caller may see;
 * orders for others are left out. Undefined is all.
 */
export async function readAccount(
  client: Client,
  servers: readonly string[] | undefined,
  options: CallOptions,
): Promise<AccountView> {
  const account = await client.call(getAccount, {}, options).catch(async (error: unknown) => {
    if (!(error instanceof GigahostError) || error.kind !== 'forbidden') throw error;
    return client.call(getLegacyAccount, {}, options).catch(() => Promise.reject(error));
  });
  const full = 'sshKeys' in account ? account : undefined;
  const orders = (full?.orders ?? []).flatMap(({ id: _, products, ...order }) => {
    const seen = products.filter(({ server }) => !server || !servers || servers.includes(server));
    const words = seen.map(({ name, server }) => [name, server].filter(Boolean).join(' for '));
    const more = words.length - MOST_PRODUCTS;
    return products.length > 0 && seen.length === 0
      ? []
      : [{ ...order, products: [...words.slice(0, MOST_PRODUCTS), ...(more > 0 ? [`and ${more} more`] : [])] }];
  });
  return {
    id: account.id,
    name: account.name,
    company_number: account.companyNumber,
    address: account.address,
    phone: account.phone,
    email: account.email,
    billing_email: account.billingEmail,
    users_total: account.users.length,
    users: account.users.slice(0, MOST_OTHERS).map(user => ({
      name: user.name,
      login: user.login,
      access: user.access,
      two_factor: user.twoFactor,
    })),
    ssh_keys_total: full?.sshKeys.length ?? 0,
    ssh_keys: (full?.sshKeys ?? [])
      .slice(0, MOST_OTHERS)
      .map(key => ({ id: key.id, name: key.name, added_at: key.addedAt })),
    passkeys_total: full?.passkeys.length ?? 0,
    passkeys: (full?.passkeys ?? [])
      .slice(0, MOST_OTHERS)
      .map(key => ({ name: key.name, last_used_at: key.lastUsedAt })),
    orders: orders.slice(0, MOST_ORDERS),
    orders_total: orders.length,
    notifications: { ...full?.notifications },
    limited: full === undefined,
  };
}

/**
 * What tells this account from others, whichever of its credentials is used.
 * @throws {InputError} where Gigahost does not say.
 */
export async function accountId(client: Client): Promise<string> {
  const { id } = await readAccount(client, undefined, {});
  if (id !== null) return id;
  throw new InputError('Gigahost does not say which account this is, so nobody could be told what waits for approval.');
}

/** An SSH key of the account: its id, and what to call it: "deploy" (id 52). */
export interface SshKey {
  readonly id: string;
  readonly words: string;
}

/**
 * An SSH key by name or id. A credential that may not see the account can still name one by id, unchecked.
 * @throws {InputError} when the account has no such key, or several of that name.
 */
export async function findSshKey(client: Client, reference: string, options: CallOptions): Promise<SshKey> {
  const keys = await client.call(getAccount, {}, options).then(
    account => account.sshKeys.flatMap(({ id, name }) => (id ? [{ id, name: name ?? 'unnamed' }] : [])),
    (error: unknown) => {
      if (error instanceof GigahostError && error.kind === 'forbidden') return undefined;
      throw error;
    },
  );
  if (!keys && /^[1-9]\d*$/.test(reference)) return { id: reference, words: `with id ${reference}` };
  if (!keys) throw new InputError('This credential may not see the SSH keys of the account: name one by its id.');
  const inWords = (key: { name: string; id: string }) => `"${key.name}" (id ${key.id})`;
  const found = keys.filter(({ id, name }) => id === reference || name.toLowerCase() === reference.toLowerCase());
  const [key] = found;
  if (key && found.length === 1) return { id: key.id, words: inWords(key) };
  throw new InputError(
    key
      ? `"${reference}" matches ${found.length} SSH keys: ${some(found.map(inWords))}. Use an id.`
      : `The account has no SSH key "${reference}". It has: ${some(keys.map(inWords)) || 'none'}.`,
  );
}
