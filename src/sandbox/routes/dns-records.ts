import { clashes, recordFrom } from '../dns/record-input.js';
import { touch } from '../dns/zone.js';
import { comparedContent, recordId, recordRow } from '../encode/dns-record.js';
import { done, invalidData, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { Zone } from '../world/dns-records.js';
import { zoneRoute, zoneWrite } from './zone-route.js';

export const recordRoutes: Route[] = [
  zoneRoute('GET', '/records', zone => ok(zone.records.map((record, row) => recordRow(zone, record, row))), false),
  zoneWrite('POST', '/records', createRecord, false),
  zoneWrite('PUT', '/records/:record_id', updateRecord, false),
  zoneWrite('DELETE', '/records/:record_id', deleteRecords, false),
];

const recordNotFound = (): Reply => refused(404, 'Record not found');

/** Adds a record without telling its id. Nobody knows whether upstream refuses one that is there already; here it is doubled. */
function createRecord(zone: Zone, { world, body }: Call): Reply {
  const record = recordFrom(body);
  if (typeof record === 'string') return refused(400, record);
  if (clashes(zone, record)) return invalidData();
  if (record.type === 'NAPTR')
    zone.records = zone.records.filter(({ name, type }) => name !== record.name || type !== 'NAPTR');
  zone.records.push(record);
  touch(zone, world.now());
  return { ...done('Record created successfully.', []), status: 201 };
}

/** Puts a record in the place of another. Fields that are left out take their defaults, not the old values. */
function updateRecord(zone: Zone, { world, body, param }: Call): Reply {
  const index = zone.records.findIndex(record => recordId(zone, record) === param('record_id'));
  const old = zone.records[index];
  if (!old) return recordNotFound();
  const record = recordFrom(body);
  if (typeof record === 'string') return refused(400, record);
  if (old.locked || clashes(zone, record, old)) return invalidData();
  zone.records[index] = record;
  touch(zone, world.now());
  return done('Record updated successfully.', []);
}

/** Deletes by name and type, whatever id the path has: all such records, or with `value` those with that content. */
function deleteRecords(zone: Zone, { world, query }: Call): Reply {
  const name = query.get('name')?.toLowerCase();
  const type = query.get('type')?.toUpperCase();
  const value = world.dns.ignoresValue ? '' : (query.get('value') ?? '');
  if (!name || !type) return invalidData();
  const hit = zone.records.filter(
    record => record.name === name && record.type === type && (value === '' || comparedContent(record) === value),
  );
  if (hit.length === 0) return recordNotFound();
  const gone = new Set(hit.filter(({ locked }) => !locked));
  if (gone.size > 0) {
    zone.records = zone.records.filter(record => !gone.has(record));
    touch(zone, world.now());
  }
  return done('Record deleted successfully.', []);
}
