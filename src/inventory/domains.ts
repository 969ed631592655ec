import { getDomainRegistrant, lookupOrganization } from '../client/api/domains.js';
import { getDsRecords, getExternalDsRecords } from '../client/api/dnssec.js';
import type { DnsRecord, Zone } from '../client/api/dns.js';
import { GigahostError } from '../client/errors.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { InputError } from './input-error.js';
import type { Zones } from './zones.js';

/** A domain that is registered through Gigahost, by its name or the id of its zone. @throws {InputError} */
export async function registeredDomain(zones: Zones, reference: string, options?: CallOptions): Promise<Zone> {
  const zone = await zones.find(reference, options);
  if (zone.isRegistered) return zone;
  const pending = zone.status === null ? '' : ` (its status is: ${zone.status})`;
  throw new InputError(`${zone.name} is not registered through Gigahost${pending}: it is only a DNS zone here.`);
}

/** The day a registration ends, for a sentence. */
export const dayOf = ({ expires }: Pick<Zone, 'expires'>): string => expires?.slice(0, 10) ?? 'an unknown day';

/** DS records as Gigahost gives them, one text; null where DNSSEC is off, which it says with a 400. */
export async function dsOf(client: Client, { id }: Pick<Zone, 'id'>, options?: CallOptions): Promise<string | null> {
  try {
    const { ds_records } = await client.call(getDsRecords, { params: { zone_id: id } }, options);
    return ds_records === null ? null : typeof ds_records === 'string' ? ds_records : JSON.stringify(ds_records);
  } catch (error) {
    if (error instanceof GigahostError && error.facts.status === 400) return null;
    throw error;
  }
}

/** The DS records handed in for a domain that is served elsewhere, as they are written: "12345 13 2 49FD…". */
export async function externalDsOf(client: Client, { id }: Pick<Zone, 'id'>, options?: CallOptions): Promise<string[]> {
  const rows = await client.call(getExternalDsRecords, { params: { zone_id: id } }, options);
  return rows
    .map(row =>
      [row.key_tag, row.algorithm, row.digest_type, row.digest?.toUpperCase()].map(part => part ?? '?').join(' '),
    )
    .sort();
}

/** The servers a zone names for itself, in order. */
export const nameserversIn = (records: readonly DnsRecord[]): string[] =>
  records
    .flatMap(row => (row.type === 'NS' && row.name === '@' ? [row.value.trim().replace(/\.$/, '').toLowerCase()] : []))
    .sort();

export const registrantOf = (client: Client, { id }: Pick<Zone, 'id'>, options?: CallOptions) =>
  client.call(getDomainRegistrant, { params: { zone_id: id } }, options);

/** The organisation with that number. @throws {InputError} when there is none. */
export async function organizationOf(client: Client, number: string, options?: CallOptions) {
  try {
    const found = await client.call(lookupOrganization, { params: { org_number: number } }, options);
    if (found.company_name !== null) return { ...found, number, name: found.company_name };
  } catch (error) {
    if (!(error instanceof GigahostError) || error.kind !== 'not_found') throw error;
  }
  throw new InputError(`There is no organisation with the number ${number}. It has nine digits; check it.`);
}
export type Organization = Awaited<ReturnType<typeof organizationOf>>;
