import { getAccount } from '../client/api/account.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { readPublicKey, type PublicKey } from './public-key.js';
import { theOne } from './the-one.js';

/** An SSH key of the account. */
export interface AccountKey {
  readonly id: string;
  readonly name: string;
  readonly addedAt: string | null;
  /** Null where what is on record is no key. */
  readonly key: PublicKey | null;
}

/** The keys of the account; there is no other list of them. */
export async function listSshKeys(client: Client, options?: CallOptions): Promise<AccountKey[]> {
  const { sshKeys } = await client.call(getAccount, {}, options);
  return sshKeys.flatMap(({ id, name, addedAt, publicKey }) =>
    id ? [{ id, name: name ?? 'unnamed', addedAt, key: readPublicKey(publicKey) }] : [],
  );
}

/** One of them by name, id or fingerprint. */
export const sshKeyNamed = (reference: string, keys: readonly AccountKey[]): AccountKey =>
  theOne(reference, keys, {
    nouns: ['SSH key', 'SSH keys'],
    idOf: ({ id }) => id,
    namesOf: ({ name, key }) => [name, key?.fingerprint ?? null],
  });

/** "deploy (id 52, Ed25519, SHA256:…)" */
export const describeSshKey = ({ id, name, key }: AccountKey): string =>
  `"${name}" (${[`id ${id}`, key?.kind, key?.fingerprint].filter(Boolean).join(', ')})`;
