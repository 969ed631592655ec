import { domainToUnicode } from 'node:url';
import { listWebhosting, type Hosting } from '../client/api/webhosting.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import type { Inventory } from './index.js';
import { theOne, type Kind } from './the-one.js';

export type { Hosting };

interface Within {
  readonly client: Client;
  readonly inventory: Inventory;
}

/** The web hosting accounts that exist for the caller, in the order of their domains; each counts by its main domain. */
export async function listHostings({ client, inventory }: Within, options?: CallOptions): Promise<readonly Hosting[]> {
  const found = await client.call(listWebhosting, {}, options);
  const visible = found.filter(row => inventory.zones.holds({ name: hostingName(row) }));
  return visible.toSorted((a, b) => hostingName(a).localeCompare(hostingName(b)) || Number(a.id) - Number(b.id));
}

/** What an account is called: its main domain. */
export const hostingName = ({ domain, username, id }: Hosting): string => domain ?? username ?? id;

const HOSTING: Kind<Hosting> = {
  nouns: ['web hosting account', 'web hosting accounts'],
  idOf: ({ id }) => id,
  namesOf: ({ domain, username }) => [domain, domain && domainToUnicode(domain), username],
};

/** One account by its main domain, id or user name. @throws {InputError} with the accounts there are. */
export const findHosting = async (within: Within, reference: string, options?: CallOptions): Promise<Hosting> =>
  theOne(reference.replace(/\.$/, ''), await listHostings(within, options), HOSTING);
