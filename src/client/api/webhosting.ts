import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing, PathId, rowOf, rowsOf } from '../endpoint.js';
import { untyped } from '../untyped.js';
import { day, id, idOrNull, text } from '../wire.js';

const HostingId = z.object({ id: idOf('hosting') });
const productId = PathId.describe('Hosting package; no call lists them');

export const listWebhosting = defineEndpoint({
  id: 'listWebhosting',
  does: 'list the web hosting accounts',
  method: 'GET',
  path: '/webhosting',
  effect: 'read',
  repeatable: true,
  secrets: [],
  decode: rowsOf(
    {
      id: ['hosting_id', id],
      domain: ['domain', text],
      username: ['username', text],
      package: ['package', text],
      status: ['status', text],
      created_on: ['created_date', day],
      order_number: ['order_number', text],
      renews_on: ['order_renewal', day],
      order_status: ['order_status', text],
    },
    'hosting',
  ),
});
export type Hosting = ReturnType<typeof listWebhosting.decode>[number];

export const orderWebhosting = defineEndpoint({
  id: 'orderWebhosting',
  does: 'order the web hosting account',
  method: 'POST',
  path: '/webhosting',
  effect: 'purchase',
  repeatable: false,
  secrets: [],
  body: z.object({
    zone_id: idOf('zone').describe('A zone of the account: its domain is hosted'),
    product_id: productId,
    billing_period: z.literal([1, 3, 6, 12]).describe('Months'),
    update_dns: z.literal([0, 1]).optional().describe('1 = create the usual web and mail records'),
  }),
  decode: rowOf({
    hosting_id: ['hosting_id', idOrNull],
    domain: ['domain', text],
    username: ['username', text],
    message: ['message', text],
  }),
});

/** Domain, package, status, order and usage; their names are not documented. */
export const getWebhosting = defineEndpoint({
  id: 'getWebhosting',
  does: 'read the web hosting account',
  method: 'GET',
  path: '/webhosting/{id}',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

export const upgradeWebhosting = defineEndpoint({
  id: 'upgradeWebhosting',
  does: 'move the web hosting account to another package',
  method: 'PUT',
  path: '/webhosting/{id}',
  effect: 'purchase',
  repeatable: false,
  secrets: [],
  params: HostingId,
  body: z.object({ product_id: productId }),
  decode: nothing,
});

/** At the end of the period unless told otherwise. Nothing takes it back, so both are asked about. */
export const cancelWebhosting = defineEndpoint({
  id: 'cancelWebhosting',
  does: 'cancel the web hosting account',
  method: 'DELETE',
  path: '/webhosting/{id}/cancel',
  effect: 'destroy',
  effectOf: ({ early_termination }) => (early_termination === true ? 'destroy' : 'disrupt'),
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({
    reason: z.string().min(1),
    early_termination: z
      .boolean()
      .optional()
      .describe('true = delete all data now, without a refund; false or left out = end on the next billing date'),
  }),
  decode: nothing,
});

/** Shape not documented. */
export const getWebhostingStats = defineEndpoint({
  id: 'getWebhostingStats',
  does: 'read the usage of the web hosting account',
  method: 'GET',
  path: '/webhosting/{id}/stats',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

/** Shape not documented. */
export const listWebhostingDomains = defineEndpoint({
  id: 'listWebhostingDomains',
  does: 'list the domains of the web hosting account',
  method: 'GET',
  path: '/webhosting/{id}/domains',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

export const createSubdomain = defineEndpoint({
  id: 'createSubdomain',
  does: 'create the subdomain',
  method: 'POST',
  path: '/webhosting/{id}/subdomain',
  effect: 'create',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({ subdomain: z.string().min(1).describe('Without the main domain, e.g. shop') }),
  decode: nothing,
});

export const deleteSubdomain = defineEndpoint({
  id: 'deleteSubdomain',
  does: 'delete the subdomain',
  method: 'DELETE',
  path: '/webhosting/{id}/subdomain/{name}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId.extend({ name: z.string().min(1).describe('Without the main domain') }),
  decode: nothing,
});
