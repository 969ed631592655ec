import type { DnsRecord, Zone } from '../../client/api/dns.js';
import { fullName } from './names.js';
import { shownValue, zoneFileValue } from './values.js';

export const ZONE_COLUMNS = ['name', 'records', 'served_by', 'registered_here', 'expires', 'auto_renew', 'id'];

/** What a list of zones shows of each. */
export const zoneRow = ({ name, displayName, recordCount, isExternal, isRegistered, expires, autoRenew, id }: Zone) => [
  displayName && displayName !== name ? `${displayName} (${name})` : name,
  recordCount,
  isExternal ? 'outside nameservers' : 'Gigahost',
  isRegistered,
  expires,
  isRegistered ? autoRenew : null,
  id,
];

export const RECORD_COLUMNS = ['name', 'type', 'value', 'ttl'];

/** One row for each record, the zone itself first, then by name and type. */
export const recordRows = (records: readonly DnsRecord[]) =>
  sorted(records).map(row => [row.name, row.type, shownValue(row), row.ttl]);

const sorted = (records: readonly DnsRecord[]): DnsRecord[] =>
  records.toSorted(
    (a, b) =>
      Number(b.name === '@') - Number(a.name === '@') ||
      a.name.localeCompare(b.name) ||
      Number(b.type === 'SOA') - Number(a.type === 'SOA') ||
      a.type.localeCompare(b.type) ||
      shownValue(a).localeCompare(shownValue(b)),
  );

/** A BIND zone file. ALIAS is Gigahost's own and stands in a comment, as other servers refuse it. */
export async function zoneFile(zone: Zone, records: readonly DnsRecord[]): Promise<string> {
  const { stringifyZone } = await import('dnsz');
  const plain = sorted(records).filter(({ type }) => type !== 'ALIAS');
  const aliases = sorted(records).filter(({ type }) => type === 'ALIAS');
  const text = stringifyZone(
    {
      origin: zone.name,
      records: plain.map(row => ({
        name: fullName(row.name, zone),
        ttl: row.ttl ?? 3600,
        class: 'IN',
        type: row.type,
        content: row.type === 'SOA' ? row.value.trim() : zoneFileValue(row.type, shownValue(row)),
        comment: null,
      })),
    },
    { sections: false },
  );
  return [
    text.trimEnd(),
    ...aliases.map(row => `; ${row.name}\t${row.ttl ?? 3600}\tALIAS\t${shownValue(row)}.`),
    '',
  ].join('\n');
}
