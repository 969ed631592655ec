import type { DnsRecord } from '../../client/api/dns.js';
import { InputError } from '../input-error.js';
import { some } from '../some.js';
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

/**
 * Reads a zone file far enough to say what is in it.
 * @throws {InputError} when it holds no record of the zone, or a line that is none.
 */
export async function readZoneFile(text: string, zone: string): Promise<ZoneFile> {
  const { parseZone } = await import('dnsz');
  const unreadable = unreadableLines(text);
  if (unreadable.length > 0)
    throw new InputError(`zone_file has lines that are no records: ${some(unreadable, { between: ' / ', most: 5 })}.`);
  const parsed = parseZone(classLast(text), { replaceOrigin: zone, dots: true }).records.map(
    ({ name, type, content }) => ({
      name: relative(name.toLowerCase().replace(/\.$/, ''), zone),
      type: type.toUpperCase(),
      value: content,
    }),
  );
  const records = parsed.filter(({ name, type }) => type !== 'SOA' && !(type === 'NS' && name === '@'));
  if (records.length === 0) throw new InputError('zone_file holds no records. It is the text of a BIND zone file.');
  const refused = [...new Set(records.map(({ type }) => type))].filter(type => SEEN_REFUSED.has(type));
  return {
    records,
    remarks: refused.map(type => `Gigahost has been seen to refuse ${type} records.`),
    missingIn(there) {
      const missing = [...setsOf(records)].flatMap(([key, values]) => {
        const found = there.filter(({ name, type }) => `${type} ${name}` === key).length;
        if (found >= values.length) return [];
        return found === 0
          ? values.map(value => `${key} ${value}`)
          : [`${values.length - found} of ${values.length} ${key}`];
      });
      const named = missing.slice(0, MOST_NAMED);
      return missing.length > MOST_NAMED ? [...named, `and ${missing.length - MOST_NAMED} more`] : named;
    },
  };
}

/** The reader knows a TTL before the class only. */
const classLast = (text: string): string =>
  text.replace(/^(\S*[ \t]+)(IN)[ \t]+((?:\d+[smhdw]?)+)(?=[ \t])/gim, '$1$3 $2');

/** The distinct values by type and name. */
function setsOf(records: readonly FileRecord[]): Map<string, string[]> {
  const sets = new Map<string, string[]>();
  for (const { name, type, value } of records) {
    const values = sets.get(`${type} ${name}`) ?? [];
    if (!values.includes(value)) values.push(value);
    sets.set(`${type} ${name}`, values);
  }
  return sets;
}

/** Lines that cannot be a record: after the name, the TTL and the class there is no type with a value. */
function unreadableLines(text: string): string[] {
  const bare = text.replace(/("(?:[^"\\\n]|\\.)*")|;[^\n]*/g, (_, quoted?: string) => quoted ?? '');
  const joined = bare.replace(
    /("(?:[^"\\\n]|\\.)*")|\(((?:"(?:[^"\\\n]|\\.)*"|[^()"])*)\)/g,
    (_, quoted: string | undefined, inside: string | undefined) => quoted ?? (inside ?? '').replace(/\s+/g, ' '),
  );
  return joined.split(/\r?\n/).filter(line => {
    const words = line.trim().split(/\s+/);
    if (line.trim() === '' || line.startsWith('$')) return false;
    if (!/^\s/.test(line)) words.shift();
    while (/^(?:IN|(?:\d+[smhdw]?)+)$/i.test(words[0] ?? '')) words.shift();
    return words.length < 2 || !/^[a-z][a-z0-9-]*$/i.test(words[0] ?? '');
  });
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
