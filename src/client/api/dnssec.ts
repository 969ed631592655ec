import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing } from '../endpoint.js';
import { count, list, record, text } from '../wire.js';

const ZoneId = z.object({ zone_id: idOf('zone') });

/** One presentation text, or instructions of a shape nobody has described (wire note 11). */
export const getDsRecords = defineEndpoint({
  id: 'getDsRecords',
  does: 'read the DS records',
  method: 'GET',
  path: '/dns/zones/{zone_id}/ds-records',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  refusals: { 400: 'DNSSEC is off for this domain.' },
  decode: fromData(z.looseObject({ ds_records: z.unknown() }).transform(w => ({ ds_records: w.ds_records ?? null }))),
});

export const getExternalDsRecords = defineEndpoint({
  id: 'getExternalDsRecords',
  does: 'read the DS records stored for the domain',
  method: 'GET',
  path: '/dns/zones/{zone_id}/ds-records/external',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  decode: fromData(
    z
      .looseObject({
        ds_records: list(
          record({
            key_tag: ['keyTag', count],
            algorithm: ['alg', count],
            digest_type: ['digestType', count],
            digest: ['digest', text],
          }),
        ),
      })
      .transform(w => w.ds_records),
  ),
});

const DsRecordInput = z.object({
  keyTag: z.int().min(0).max(65_535),
  alg: z.union([5, 7, 8, 10, 13, 14, 15, 16].map(number => z.literal(number))),
  digestType: z.union([1, 2, 4].map(number => z.literal(number))),
  digest: z.string().regex(/^[0-9A-Fa-f]+$/),
});

export const submitExternalDsRecords = defineEndpoint({
  id: 'submitExternalDsRecords',
  does: 'send the DS records to the registry',
  method: 'POST',
  path: '/dns/zones/{zone_id}/ds-records/external',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  params: ZoneId,
  body: z.object({ ds_records: z.array(DsRecordInput).describe('the whole set; what is stored is replaced') }),
  decode: nothing,
});

export const setDnssec = defineEndpoint({
  id: 'setDnssec',
  does: 'switch DNSSEC',
  method: 'PUT',
  path: '/dns/zones/{zone_id}/dnssec',
  effect: 'disrupt',
  repeatable: false,
  secrets: [],
  params: ZoneId,
  body: z.object({ enable: z.union([z.literal(0), z.literal(1)]).describe('1 on, 0 off') }),
  refusals: { 403: 'Gigahost signs only domains that are registered through it.' },
  decode: nothing,
});
