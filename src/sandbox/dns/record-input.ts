import { isWhole } from '../input.js';
import type { WireRecord } from '../wire.js';
import type { DnsRecord, Zone } from '../world/dns-records.js';
import { contentOf } from './content.js';
import { relativeName } from './names.js';

const INVALID = 'Invalid data received.';
const INVALID_MX = 'MX record value must be a valid mail server hostname';

/** The record a request describes, with defaults for the fields it leaves out; a text when it is refused. */
export function recordFrom(body: WireRecord): DnsRecord | string {
  const { record_name = '@', record_type = 'A', record_ttl: ttl = 3600, record_value, record_priority } = body;
  if (typeof record_name !== 'string' || typeof record_type !== 'string') return INVALID;
  const name = relativeName(record_name);
  const type = record_type.toUpperCase();
  if (name === null || typeof record_value !== 'string' || !isWhole(ttl, 1, 2 ** 31 - 1)) return INVALID;
  const value = contentOf(type, record_value);
  if (value === null) return type === 'MX' ? INVALID_MX : INVALID;
  if (type !== 'MX') return { name, type, value, ttl, priority: null, locked: false };
  if (!isWhole(record_priority, 0, 65_535)) return INVALID;
  return { name, type, value, ttl, priority: record_priority, locked: false };
}

/** Whether a CNAME would share its name with something. That upstream refuses this is our guess. */
export const clashes = (zone: Zone, record: DnsRecord, replaced?: DnsRecord): boolean =>
  zone.records.some(
    other => other !== replaced && other.name === record.name && (other.type === 'CNAME' || record.type === 'CNAME'),
  );
