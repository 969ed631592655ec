import { domainToASCII } from 'node:url';
import { listDnsRecords, listDnsZones, type DnsRecord, type Zone } from '../client/api/dns.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { InputError } from './input-error.js';
import { some } from './some.js';
import { theOne } from './the-one.js';

/** The DNS zones that exist for the caller. */
export interface Zones {
  /** In the order of their names. */
  list(options?: CallOptions): Promise<readonly Zone[]>;
  /** One zone by its name (in any spelling) or id. @throws {InputError} with the candidates. */
  find(reference: string, options?: CallOptions): Promise<Zone>;
  /** The zone a host name lies in: the longest of those that end it. @throws {InputError} */
  around(host: string, options?: CallOptions): Promise<Zone>;
  records(zone: Pick<Zone, 'id'>, options?: CallOptions): Promise<readonly DnsRecord[]>;
  holds(zone: { readonly name: string }): boolean;
}

export interface VisibleZones {
  readonly holds: (zone: {
    readonly id?: string;
    readonly name: string;
    readonly displayName?: string | null;
  }) => boolean;
}

/** A label that is no number: without it a name such as "10" would be read as an IPv4 address. */
const SUFFIX = '.x';

/** A domain as Gigahost keeps it: lower case, punycode, without a final dot. What is no name stays as it is. */
export function plainDomain(value: string): string {
  const lower = value.trim().replace(/\.$/, '').toLowerCase();
  if (/^[\x00-\x7f]*$/.test(lower) || !/^[\p{L}\p{M}\p{N}._*-]+$/u.test(lower)) return lower;
  // Letters that only look like others (ｗｗｗ) would name something that was not said.
  if (lower.normalize('NFC') !== lower.normalize('NFKC')) return lower;
  return domainToASCII(`${lower}${SUFFIX}`).slice(0, -SUFFIX.length) || lower;
}

export function createZones(client: Client, { holds }: VisibleZones): Zones {
  /** There is no call for a single zone (wire note 10.7). */
  async function list(options?: CallOptions): Promise<readonly Zone[]> {
    const zones = await client.call(listDnsZones, {}, options);
    return zones.filter(holds).toSorted((a, b) => a.name.localeCompare(b.name));
  }

  return {
    holds,
    list,
    async find(reference, options) {
      return theOne(/^\d+$/.test(reference.trim()) ? reference : plainDomain(reference), await list(options), {
        nouns: ['DNS zone', 'DNS zones'],
        idOf: ({ id }) => id,
        namesOf: ({ name, displayName }) => [name, displayName],
      });
    },
    async around(host, options) {
      const wanted = plainDomain(host);
      const zones = await list(options);
      const [closest] = zones
        .filter(({ name }) => wanted === name || wanted.endsWith(`.${name}`))
        .toSorted((a, b) => b.name.length - a.name.length);
      if (closest) return closest;
      throw new InputError(
        `${host} lies in no DNS zone of this account. The zones are: ${some(zones.map(({ name }) => name)) || 'none'}.`,
      );
    },
    records: ({ id }, options) => client.call(listDnsRecords, { params: { zone_id: id } }, options),
  };
}
