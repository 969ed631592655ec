import { accountRecord, legacyAccount } from '../encode/account.js';
import { ok } from '../http/reply.js';
import type { Route } from '../http/route.js';

export const accountRoutes: Route[] = [
  {
    method: 'GET',
    path: '/account',
    access: 'account',
    newer: false,
    handle: ({ world, caller }) =>
      ok(
        accountRecord(world, {
          withSecrets: caller?.kind !== 'api-key',
          isAdmin: caller?.contact.accessLevel === 'admin',
        }),
      ),
  },
  {
    method: 'GET',
    path: '/my/account',
    access: 'no-api-keys',
    handle: ({ world }) => ({ status: 200, meta: null, top: legacyAccount(world) }),
  },
];
