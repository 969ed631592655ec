import * as z from 'zod';
import { defineEndpoint, nothing, PathId, rowOf } from '../endpoint.js';
import { flagOrNull, id, idOrNull, list, record, text, time } from '../wire.js';

const ZeroOrOne = z.literal([0, 1]);

export const getBgp = defineEndpoint({
  id: 'getBgp',
  does: 'read the BGP setup',
  method: 'GET',
  path: '/bgp',
  effect: 'read',
  repeatable: true,
  secrets: [],
  decode: rowOf({
    asns: [
      'asn',
      list(
        record({
          /** Of the record; this, not the AS number, goes into paths. */
          id: ['id', id],
          asn: ['asn', text],
          name: ['asn_name', text],
          country: ['asn_country', text],
          irr_v4: ['irr_v4', text],
          irr_v6: ['irr_v6', text],
          irr_updated_at: ['irr_updated', time],
          /** "active" once approved. */
          status: ['status', text],
          rejected_reason: ['rejected_reason', text],
        }),
      ),
    ],
    prefixes: [
      'prefix_lists',
      list(
        record({
          id: ['id', id],
          asn_id: ['asn_id', idOrNull],
          asn: ['your_asn', text],
          prefix: ['prefix', text],
          family: ['prefix_type', text],
          status: ['status', text],
        }),
      ),
    ],
    sessions: [
      'sessions',
      list(
        record({
          id: ['id', id],
          asn_id: ['asn_id', idOrNull],
          asn: ['your_asn', text],
          server_id: ['srv_id', idOrNull],
          ip_id: ['ip_id', idOrNull],
          address: ['ip_address', text],
          family: ['ip_type', text],
          router_id: ['router_id', idOrNull],
          router_asn: ['router_asn', text],
          neighbor_ipv4: ['neighbor_ipv4', text],
          neighbor_ipv6: ['neighbor_ipv6', text],
          default_route: ['defaultroute', flagOrNull],
          multihop: ['multihop', flagOrNull],
          status: ['status', text],
        }),
      ),
    ],
  }),
});

export const submitBgpAsn = defineEndpoint({
  id: 'submitBgpAsn',
  does: 'submit the AS number',
  method: 'POST',
  path: '/bgp/asn',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  body: z.object({
    asn: z
      .union([z.int().min(1), z.string().regex(/^(?:AS)?\d+$/i)])
      .describe('For approval, with or without AS before it. At most three; only support removes one'),
  }),
  decode: nothing,
});

/** The id is that of the ASN record; for `deleteBgpSession` it is that of the session (wire note 16). */
export const createBgpSession = defineEndpoint({
  id: 'createBgpSession',
  does: 'create the BGP session',
  method: 'POST',
  path: '/bgp/{id}/session',
  effect: 'create',
  repeatable: true,
  secrets: [],
  params: z.object({ id: PathId.describe('id of the ASN record in getBgp, not the AS number') }),
  body: z
    .object({
      redundant: ZeroOrOne.describe('1: one more session for each, with a second router'),
      defaultroute: ZeroOrOne.describe('1: receive a default route'),
      ip_id_v4: PathId.optional().describe('ip_id of the IPv4 address; at least one of the two'),
      ip_id_v6: PathId.optional().describe('ip_id of the IPv6 address'),
    })
    .refine(
      body => body.ip_id_v4 !== undefined || body.ip_id_v6 !== undefined,
      'at least one of ip_id_v4 and ip_id_v6',
    ),
  decode: nothing,
});

export const deleteBgpSession = defineEndpoint({
  id: 'deleteBgpSession',
  does: 'delete the BGP session',
  method: 'DELETE',
  path: '/bgp/{id}/session',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  params: z.object({ id: PathId.describe('id of the session in getBgp') }),
  decode: nothing,
});
