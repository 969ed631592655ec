import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing } from '../endpoint.js';
import { upload } from '../upload.js';
import { count, flag, flagOrNull, id, idOrNull, isEmpty, list, record, text, time } from '../wire.js';

const ZoneId = z.object({ zone_id: idOf('zone') });

const Zone = record({
  id: ['zone_id', id],
  /** In punycode, lower case. */
  name: ['zone_name', text],
  displayName: ['zone_name_display', text],
  type: ['zone_type', text],
  active: ['zone_active', flagOrNull],
  /** It cannot be deleted through the API. */
  isProtected: ['zone_protected', flag],
  isRegistered: ['zone_is_registered', flag],
  registrar: ['domain_registrar', text],
  status: ['domain_status', text],
  /** `YYYY-MM-DD HH:MM:SS`, of no stated time zone. */
  expires: ['domain_expiry_date', text],
  autoRenew: ['domain_auto_renew', flagOrNull],
  /** Served by nameservers outside Gigahost: what is written here the world does not see (wire note 10.12). */
  isExternal: ['external_dns', flag],
  recordCount: ['record_count', count],
  updatedAt: ['zone_updated', time],
}).transform(zone => ({ ...zone, name: (zone.name ?? zone.id).toLowerCase() }));
export type Zone = z.output<typeof Zone>;

const DnsRecord = record({
  /** A hash of the content: it changes with it, and is good for the moment only (wire note 10.3). */
  id: ['record_id', text],
  name: ['record_name', text],
  type: ['record_type', text],
  /** As listed, to the letter: deleting compares it. */
  value: ['record_value', z.string().catch('')],
  ttl: ['record_ttl', count],
  priority: ['record_priority', count],
}).transform(row => ({
  ...row,
  id: row.id ?? '',
  name: (row.name ?? '@').toLowerCase(),
  type: (row.type ?? 'A').toUpperCase(),
}));
export type DnsRecord = z.output<typeof DnsRecord>;

/** An object, an array with the zone, or nothing (wire note 10.7). */
const newZoneId = fromData(
  z.preprocess(
    data => (Array.isArray(data) ? data[0] : isEmpty(data) ? undefined : data) as unknown,
    z.looseObject({ zone_id: idOrNull }).optional(),
  ),
);

export const listDnsZones = defineEndpoint({
  id: 'listDnsZones',
  does: 'list the DNS zones',
  method: 'GET',
  path: '/dns/zones',
  effect: 'read',
  repeatable: true,
  secrets: [],
  decode: fromData(list(Zone)),
});

export const createDnsZone = defineEndpoint({
  id: 'createDnsZone',
  does: 'create the DNS zone',
  method: 'POST',
  path: '/dns/zones',
  effect: 'create',
  effectOf: body => (body['transfer_domain'] === true ? 'purchase' : 'create'),
  repeatable: false,
  secrets: ['request.auth_code'],
  body: z.object({
    zone_name: z.string().min(1).describe('domain such as example.no'),
    zone_type: z.enum(['NATIVE', 'MASTER', 'SLAVE']).optional(),
    create_default_records: z.boolean().optional(),
    transfer_domain: z.boolean().optional().describe('move a registered .no domain to Gigahost; costs money'),
    auth_code: z.string().min(1).optional().describe('transfer code, needed with transfer_domain'),
    use_existing_ns: z.boolean().optional(),
    zone_file: upload.optional().describe('BIND zone file to import, at most 2 MB'),
  }),
  decode: reply => ({ id: newZoneId(reply)?.zone_id ?? null }),
});

export const deleteDnsZone = defineEndpoint({
  id: 'deleteDnsZone',
  does: 'delete the DNS zone',
  method: 'DELETE',
  path: '/dns/zones/{zone_id}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  refusals: { 400: 'Gigahost does not delete zones of domains that are registered through it.' },
  decode: nothing,
});

export const createPtrZone = defineEndpoint({
  id: 'createPtrZone',
  does: 'create the reverse DNS zone',
  method: 'POST',
  path: '/dns/zones/ptr',
  effect: 'create',
  repeatable: true,
  secrets: [],
  body: z.object({
    prefix: z.string().min(1).describe('such as 192.0.2 or 2001:db8::'),
    ip_version: z.enum(['ipv4', 'ipv6']),
    zone_name: z.string().min(1).describe('such as 2.0.192.in-addr.arpa'),
  }),
  decode: reply => ({ id: newZoneId(reply)?.zone_id ?? null }),
});

export const listDnsRecords = defineEndpoint({
  id: 'listDnsRecords',
  does: 'list the DNS records',
  method: 'GET',
  path: '/dns/zones/{zone_id}/records',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  decode: fromData(list(DnsRecord)),
});

const RecordInput = z.object({
  record_name: z.string().min(1).optional().describe('relative to the zone; @ for the apex'),
  record_type: z.string().min(1).optional().describe('A, AAAA, CNAME, MX, TXT, NS, SRV, CAA, ALIAS, …'),
  record_value: z.string().min(1).describe('MX: the host only; SRV, CAA, NAPTR: all of it as one text'),
  record_ttl: z.int().min(1).optional().describe('seconds'),
  record_priority: z.int().min(0).max(65_535).optional().describe('needed for MX'),
});

/** Returns no id: list again and match name, type and value (wire note 10.5). */
export const createDnsRecord = defineEndpoint({
  id: 'createDnsRecord',
  does: 'add the DNS record',
  method: 'POST',
  path: '/dns/zones/{zone_id}/records',
  effect: 'create',
  repeatable: false,
  secrets: [],
  params: ZoneId,
  body: RecordInput,
  decode: nothing,
});

/** Replaces: what is left out falls back to its default (wire note 10.4). The id is another one afterwards. */
export const updateDnsRecord = defineEndpoint({
  id: 'updateDnsRecord',
  does: 'change the DNS record',
  method: 'PUT',
  path: '/dns/zones/{zone_id}/records/{record_id}',
  effect: 'update',
  repeatable: false,
  secrets: [],
  params: ZoneId.extend({ record_id: z.string().min(1) }),
  body: RecordInput,
  decode: nothing,
});

/**
 * Deletes what `name`, `type` and `value` say; the id in the path is ignored. `value` is required here, as without it
 * every record of that name and type would go (wire note 10.1).
 */
export const deleteDnsRecord = defineEndpoint({
  id: 'deleteDnsRecord',
  does: 'delete the DNS record',
  method: 'DELETE',
  path: '/dns/zones/{zone_id}/records/{record_id}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: ZoneId.extend({ record_id: z.string().min(1) }),
  query: z.object({
    name: z.string().min(1).describe('as listed; @ for the apex'),
    type: z.string().min(1),
    value: z.string().min(1).describe('exactly as listed; MX: "<priority> <host>."'),
  }),
  decode: nothing,
});
