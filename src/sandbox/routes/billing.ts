import { billingOverview, legacyInvoice } from '../encode/billing.js';
import { ok } from '../http/reply.js';
import type { Route } from '../http/route.js';

export const billingRoutes: Route[] = [
  {
    method: 'GET',
    path: '/billing',
    access: 'billing',
    newer: false,
    handle: ({ world }) => ({ ...ok(billingOverview(world)), statusQuoted: true }),
  },
  {
    method: 'GET',
    path: '/my/invoices',
    access: 'no-api-keys',
    handle: ({ world }) => ({
      status: 200,
      meta: null,
      top: { success: true, invoices: world.invoices.map(legacyInvoice) },
    }),
  },
];
