import { sees } from '../auth/permissions.js';
import { newZone, record, zoneName } from '../dns/zone.js';
import { recordsFromFile } from '../dns/zone-file.js';
import { zoneRow } from '../encode/dns-zone.js';
import { done, invalidData, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { Zone } from '../world/dns-records.js';
import { PARKING_ADDRESS } from '../world/own-addresses.js';
import { transfer } from './dns-domains.js';
import { zoneWrite } from './zone-route.js';

const ZONE_TYPES = ['NATIVE', 'MASTER', 'SLAVE'] as const;
const FILE_LIMIT_BYTES = 2_000_000;

export const zoneRoutes: Route[] = [
  {
    method: 'GET',
    path: '/dns/zones',
    access: 'dns',
    newer: false,
    handle: ({ world, caller }) =>
      ok(world.dns.zones.filter(({ id }) => sees(caller, id, 'dns')).map(zone => zoneRow(world, zone))),
  },
  { method: 'POST', path: '/dns/zones', access: 'dns', newer: false, handle: createZone },
  { method: 'POST', path: '/dns/zones/ptr', access: 'dns', handle: createPtrZone },
  zoneWrite('DELETE', '', deleteZone, false),
];

const created = (data: unknown): Reply => ({
  status: 201,
  meta: { message: 'Zone created successfully.' },
  data,
});

/** Each way of creating a zone answers in another of the three shapes on record. */
function createZone(call: Call): Reply {
  const { world, body, files } = call;
  const name = zoneName(body.zone_name);
  const type = ZONE_TYPES.find(known => known === (body.zone_type ?? 'NATIVE'));
  if (name === null || !type) return invalidData();
  if (world.dns.zones.some(zone => zone.name === name)) return refused(400, 'Zone already exists.');
  const zone = newZone(world.nextId(), String(body.zone_name).trim(), world.now(), type);

  const file = files.find(({ field }) => field === 'zone_file');
  if (file) {
    const records = recordsFromFile(file.content.toString('utf8'), name);
    if (file.content.length > FILE_LIMIT_BYTES || records === null) return invalidData();
    zone.records.push(...records);
  } else if (body.transfer_domain === true) {
    const refusal = transfer(zone, call);
    if (refusal) return refusal;
  }
  // Which records upstream puts in by default is not known.
  if (body.create_default_records === true)
    zone.records.push(record('@', 'A', PARKING_ADDRESS), record('www', 'A', PARKING_ADDRESS));
  world.dns.zones.push(zone);
  if (file) return created([zoneRow(world, zone)]);
  return created(zone.registration === null ? [] : { zone_id: zone.id });
}

function createPtrZone({ world, body }: Call): Reply {
  const { prefix, ip_version: version, zone_name: name } = body;
  if (typeof prefix !== 'string' || typeof name !== 'string') return invalidData();
  if (version !== 'ipv4' && version !== 'ipv6') return invalidData();
  if (version === 'ipv4' && name.toLowerCase() !== `${prefix.split('.').reverse().join('.')}.in-addr.arpa`)
    return refused(400, 'Invalid IPv4 PTR zone name format.');
  if (version === 'ipv6' && !/^([0-9a-f]\.){1,31}ip6\.arpa$/i.test(name))
    return refused(400, 'Invalid IPv6 PTR zone name format.');
  const zone = newZone(world.nextId(), name, world.now());
  if (world.dns.zones.some(other => other.name === zone.name)) return refused(400, 'PTR zone already exists.');
  world.dns.zones.push(zone);
  return created({ zone_id: zone.id });
}

function deleteZone(zone: Zone, { world }: Call): Reply {
  if (zone.registration !== null) return refused(400, 'Protected zones cannot be deleted.');
  world.dns.zones.splice(world.dns.zones.indexOf(zone), 1);
  return done('Zone deleted successfully.', []);
}
