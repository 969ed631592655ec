import type { DnsRecord } from '../world/dns-records.js';
import { isSupported } from './content.js';
import { relativeTo } from './names.js';
import { recordFrom } from './record-input.js';

const TTL = /^(\d+[smhdw]?)+$/i;
const UNIT_SECONDS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
/** Where the types that name a host have it among their fields. */
const HOST_FIELD: Record<string, number> = { ALIAS: 0, CNAME: 0, DNAME: 0, MX: 1, NS: 0, PTR: 0, SRV: 3 };

/** Where a reader of a zone file is: what a name without final dot ends in, and what lines leave out. */
interface Place {
  readonly zone: string;
  origin: string;
  ttl: number;
  owner: string;
}

/**
 * The records of a BIND zone file, or null when something in it cannot be read. SOA and apex NS are left out, for they
 * are Gigahost's own; so are types that are not supported, though what upstream does with those is not known.
 */
export function recordsFromFile(text: string, zone: string): DnsRecord[] | null {
  const place: Place = { zone, origin: zone, ttl: 3600, owner: zone };
  const records: DnsRecord[] = [];
  for (const line of logicalLines(text)) {
    const fields = line.match(/"[^"]*"|\S+/g) ?? [];
    const [first, second = ''] = fields;
    if (first === undefined) continue;
    if (first === '$ORIGIN') place.origin = absolute(second, place.origin);
    else if (first === '$TTL') place.ttl = seconds(second);
    else {
      if (!/^\s/.test(line)) place.owner = absolute(fields.shift() ?? '', place.origin);
      const record = readRecord(fields, place);
      if (typeof record === 'string') return null;
      if (record !== null) records.push(record);
    }
  }
  return records;
}

/** The record of a line whose owner is read already; null to leave it out, a text when it is refused. */
function readRecord(fields: string[], { zone, origin, ttl: usual, owner }: Place): DnsRecord | string | null {
  const named = relativeTo(zone, owner);
  if (named === null) return 'Outside the zone.';
  let ttl = usual;
  while (TTL.test(fields[0] ?? '') || fields[0]?.toUpperCase() === 'IN') {
    const field = fields.shift() ?? '';
    if (TTL.test(field)) ttl = seconds(field);
  }
  const type = fields.shift()?.toUpperCase() ?? '';
  if (type === 'SOA' || (type === 'NS' && named === '@') || !isSupported(type)) return null;
  const at = HOST_FIELD[type];
  const host = at === undefined ? undefined : fields[at];
  if (at !== undefined && host !== undefined) fields[at] = absolute(host, origin);
  const priority = type === 'MX' ? Number(fields.shift()) : undefined;
  return recordFrom({
    record_name: named,
    record_type: type,
    record_ttl: ttl,
    record_value: fields.join(' '),
    record_priority: priority,
  });
}

/** Lines without comments, those in parentheses joined. */
function logicalLines(text: string): string[] {
  const bare = text.replace(/("[^"\n]*")|;[^\n]*/g, (_, quoted?: string) => quoted ?? '');
  const joined = bare.replace(
    /("[^"\n]*")|\(((?:"[^"\n]*"|[^()"])*)\)/g,
    (_, quoted: string | undefined, inside: string | undefined) => quoted ?? (inside ?? '').replace(/\s+/g, ' '),
  );
  return joined.split(/\r?\n/);
}

function absolute(name: string, origin: string): string {
  if (name === '@') return origin;
  return (name.endsWith('.') ? name.slice(0, -1) : `${name}.${origin}`).toLowerCase();
}

const seconds = (text: string): number =>
  [...text.matchAll(/(\d+)([smhdw]?)/gi)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (UNIT_SECONDS[unit.toLowerCase()] ?? 0),
    0,
  );
