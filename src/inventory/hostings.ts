import { domainToUnicode } from 'node:url';
import { listWebhosting, type Hosting } from '../client/api/webhosting.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { theOne, type Kind } from './the-one.js';

export type { Hosting };

/** The web hosting accounts, in the order of their domains. */
export async function listHostings(client: Client, options?: CallOptions): Promise<readonly Hosting[]> {
  const found = await client.call(listWebhosting, {}, options);
  return found.toSorted((a, b) => hostingName(a).localeCompare(hostingName(b)) || Number(a.id) - Number(b.id));
}

/** What an account is called: its main domain. */
export const hostingName = ({ domain, username, id }: Hosting): string => domain ?? username ?? id;

export const HOSTING: Kind<Hosting> = {
  nouns: ['web hosting account', 'web hosting accounts'],
  idOf: ({ id }) => id,
  namesOf: ({ domain, username }) => [domain, domain && domainToUnicode(domain), username],
};

/** One account by its main domain, id or user name. @throws {InputError} with the accounts there are. */
export const findHosting = async (client: Client, reference: string, options?: CallOptions): Promise<Hosting> =>
  theOne(reference.replace(/\.$/, ''), await listHostings(client, options), HOSTING);
