import * as z from 'zod';
import { defineEndpoint, idOf, nothing, PathId } from '../endpoint.js';

const ServerId = z.object({ id: idOf('server') });

/** IPv4: the PTR name of one address. IPv6: the nameserver a whole subnet is delegated to (wire note 6.5). */
export const setReverseDns = defineEndpoint({
  id: 'setReverseDns',
  does: 'set the reverse DNS',
  method: 'PUT',
  path: '/servers/{id}/reverse',
  effect: 'update',
  repeatable: true,
  secrets: [],
  params: ServerId,
  body: z
    .object({ ip_id: PathId.optional(), sub_id: PathId.optional(), dns: z.string().min(1) })
    .refine(body => (body.ip_id === undefined) !== (body.sub_id === undefined), 'one of ip_id and sub_id'),
  decode: nothing,
});

/** The reply does not name the address, and no call gives it back (wire note 6.2). */
export const orderIpv4 = defineEndpoint({
  id: 'orderIpv4',
  does: 'order an IPv4 address',
  method: 'POST',
  path: '/servers/{id}/ipv4',
  effect: 'purchase',
  repeatable: false,
  secrets: [],
  params: ServerId,
  body: z.object({ ip_type: z.enum(['l2', 'l3']) }),
  refusals: {
    400: 'Gigahost has been seen to refuse every such order on hourly servers; its support can order the address instead.',
  },
  decode: nothing,
});

/** Routed (L3) addresses only, within a region; what it costs moves along (wire note 6.3). */
export const moveIpv4 = defineEndpoint({
  id: 'moveIpv4',
  does: 'move the IPv4 address',
  method: 'PUT',
  path: '/servers/{id}/ipv4/{ip_id}',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  params: ServerId.extend({ ip_id: PathId.describe('ip_id of the address') }),
  body: z.object({ target_srv_id: idOf('server').describe('Server that gets the address') }),
  refusals: {
    400: 'Only routed (L3) addresses move, to a server of the same region that has a primary address and fewer than five others.',
  },
  decode: nothing,
});
