import { createHash } from 'node:crypto';
import { onRow, type WireRecord } from '../wire.js';
import type { DnsRecord, Zone } from '../world/dns-records.js';

/** A record of the list. Numbers are quoted on some rows and bare on others. */
export const recordRow = (zone: Zone, record: DnsRecord, row: number): WireRecord => ({
  record_id: recordId(zone, record),
  record_name: record.name,
  record_type: record.type,
  record_value: record.value,
  record_ttl: onRow(row + 1, String(record.ttl)),
  record_priority: record.priority === null ? null : onRow(row, String(record.priority)),
});

/** A hash over the content, so that equal records share an id and a changed one gets another. */
export const recordId = (zone: Zone, { name, type, value, ttl, priority }: DnsRecord): string =>
  createHash('md5')
    .update(JSON.stringify([zone.name, name, type, value, ttl, priority]))
    .digest('hex');

/** What a delete compares its `value` with: the value as listed, but for MX the priority, the host and a final dot. */
export const comparedContent = ({ type, value, priority }: DnsRecord): string =>
  type === 'MX' ? `${priority} ${value.replace(/\.$/, '')}.` : value;
