import { randomInt } from 'node:crypto';
import { isExternal, touch } from '../dns/zone.js';
import { done, invalidData, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { isWhole } from '../input.js';
import { randomHex } from '../random.js';
import type { DsRecord, Zone } from '../world/dns-records.js';
import { zoneRoute, zoneWrite } from './zone-route.js';

const ALGORITHMS = [5, 7, 8, 10, 13, 14, 15, 16];
const DIGEST_TYPES = [1, 2, 4];

export const dnssecRoutes: Route[] = [
  zoneRoute('GET', '/ds-records', readDs),
  zoneRoute('GET', '/ds-records/external', zone =>
    isExternal(zone) ? ok({ ds_records: zone.externalDs }) : externalOnly(),
  ),
  zoneWrite('POST', '/ds-records/external', submitExternalDs),
  zoneWrite('PUT', '/dnssec', switchDnssec),
];

const externalOnly = (): Reply => refused(400, 'This endpoint is only for externally hosted domains.');

function readDs(zone: Zone): Reply {
  if (zone.dnssec === null) return refused(400, 'DNSSEC is not enabled for this domain.');
  // Instructions are promised for a zone elsewhere; their shape is not known.
  if (isExternal(zone))
    return ok({ ds_records: `Sign ${zone.name} at your DNS provider and submit the DS records it gives you.` });
  const { keyTag, alg, digestType, digest } = zone.dnssec;
  return ok({ ds_records: `${keyTag} ${alg} ${digestType} ${digest}` });
}

/** Nobody knows whether switching on twice makes a new key; here it does. */
function switchDnssec(zone: Zone, { world, body: { enable } }: Call): Reply {
  if (enable !== 0 && enable !== 1) return invalidData();
  if (zone.registration === null) return refused(403, 'DNSSEC can only be enabled for registered domains.');
  zone.dnssec = enable === 1 ? newKey() : null;
  touch(zone, world.now());
  if (enable === 0) return done('DNSSEC has been disabled.', []);
  return done(
    isExternal(zone)
      ? 'DNSSEC has been enabled. Please submit the DS records of your DNS provider.'
      : 'DNSSEC has been enabled and DS records have been submitted to the registry.',
    [],
  );
}

/** The DS of a fresh ECDSA P-256 key. */
const newKey = (): DsRecord => ({
  keyTag: randomInt(65_536),
  alg: 13,
  digestType: 2,
  digest: randomHex(64).toUpperCase(),
});

function submitExternalDs(zone: Zone, { body: { ds_records: sent } }: Call): Reply {
  if (!isExternal(zone)) return externalOnly();
  if (!Array.isArray(sent)) return invalidData();
  const records: DsRecord[] = [];
  for (const item of sent as unknown[]) {
    const ds = dsFrom(item);
    if (typeof ds === 'string') return refused(400, ds);
    records.push(ds);
  }
  zone.externalDs = records;
  return done('DS records have been submitted to the registry.', []);
}

function dsFrom(item: unknown): DsRecord | string {
  const { keyTag, alg, digestType, digest } = (item ?? {}) as Record<string, unknown>;
  if (!isWhole(keyTag, 0, 65_535)) return 'Invalid Key Tag: must be between 0-65535';
  if (!isWhole(alg) || !ALGORITHMS.includes(alg)) return `Invalid algorithm: ${String(alg)}`;
  if (!isWhole(digestType) || !DIGEST_TYPES.includes(digestType)) return `Invalid digest type: ${String(digestType)}`;
  if (typeof digest !== 'string' || !/^[0-9a-f]+$/i.test(digest)) return 'Invalid digest: must be hexadecimal';
  return { keyTag, alg, digestType, digest };
}
