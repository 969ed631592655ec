import { notFound, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { HostingAccount } from '../world/hosting-records.js';

/** A route below /webhosting/:id: looks the account up first and answers 404 when there is none. */
export function hostingRoute(
  method: string,
  tail: string,
  handle: (account: HostingAccount, call: Call) => Reply,
): Route {
  return {
    method,
    path: `/webhosting/:id${tail}`,
    access: 'webhosting',
    handle(call) {
      const id = call.param('id');
      const account = call.world.hosting.accounts.find(candidate => candidate.id === id);
      return account ? handle(account, call) : notFound();
    },
  };
}

/** A text of a request body that is not empty, or null. */
export const textFrom = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
