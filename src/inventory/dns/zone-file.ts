import type { DnsRecord } from '../../client/api/dns.js';
import { InputError } from '../input-error.js';
import { SEEN_REFUSED } from './values.js';

interface FileRecord {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

export interface ZoneFile {
  /** Without SOA and the NS of the zone itself, which are Gigahost's own. */
  readonly records: readonly FileRecord[];
  readonly remarks: readonly string[];
  /** Those that are not among the records, in words. */
  missingIn(records: readonly DnsRecord[]): string[];
}

const MOST_NAMED = 20;

/** Reads a zone file far enough to say what is in it. @throws {InputError} when it holds no record of the zone. */
export async function readZoneFile(text: string, zone: string): Promise<ZoneFile> {
  const { parseZone } = await import('dnsz');
  const parsed = parseZone(text, { replaceOrigin: zone, dots: true }).records.map(({ name, type, content }) => ({
    name: relative(name.toLowerCase().replace(/\.$/, ''), zone),
    type: type.toUpperCase(),
    value: content,
  }));
  const records = parsed.filter(({ name, type }) => type !== 'SOA' && !(type === 'NS' && name === '@'));
  if (records.length === 0) throw new InputError('zone_file holds no records. It is the text of a BIND zone file.');
  const refused = [...new Set(records.map(({ type }) => type))].filter(type => SEEN_REFUSED.has(type));
  return {
    records,
    remarks: refused.map(type => `Gigahost has been seen to refuse ${type} records.`),
    missingIn(there) {
      const missing = records.filter(({ name, type }) => !there.some(row => row.name === name && row.type === type));
      const named = missing.slice(0, MOST_NAMED).map(({ name, type, value }) => `${type} ${name} ${value}`);
      return missing.length > MOST_NAMED ? [...named, `and ${missing.length - MOST_NAMED} more`] : named;
    },
  };
}

const relative = (name: string, zone: string): string =>
  name === zone || name === '' ? '@' : name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : name;

/** What creating a zone for reverse DNS takes beside its name; undefined for other zones. */
export function reverseOf(name: string): { prefix: string; ip_version: 'ipv4' | 'ipv6' } | undefined {
  const [, four] = /^((?:\d{1,3}\.){1,3})in-addr\.arpa$/.exec(name) ?? [];
  if (four) return { prefix: four.split('.').filter(Boolean).toReversed().join('.'), ip_version: 'ipv4' };
  const [, six] = /^((?:[0-9a-f]\.){1,32})ip6\.arpa$/.exec(name) ?? [];
  if (!six) return undefined;
  const digits = six.split('.').filter(Boolean).toReversed().join('');
  const groups = digits.padEnd(Math.ceil(digits.length / 4) * 4, '0').match(/.{4}/g) ?? [];
  return { prefix: `${groups.map(group => group.replace(/^0{1,3}/, '')).join(':')}::`, ip_version: 'ipv6' };
}
