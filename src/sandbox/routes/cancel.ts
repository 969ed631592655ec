import { done, invalidData, notFound, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { cancel } from '../world/cancel.js';

// The text is not on record.
const alreadyCancelled = (): Reply => refused(400, 'Server is already cancelled.');

export const cancelRoutes: Route[] = [
  { method: 'POST', path: '/servers/:id/cancel', access: 'servers', handle: cancelServer },
];

/** A machine that has been cancelled before is refused with 400, even when it is gone. */
function cancelServer({ world, body, param }: Call): Reply {
  const server = world.servers.find(({ id }) => id === param('id'));
  if (!server) return world.shop.ended.has(param('id')) ? alreadyCancelled() : notFound();
  const { early_termination: early = 0, reason = '' } = body;
  if ((early !== 0 && early !== 1) || typeof reason !== 'string') return invalidData();
  if (server.cancellation !== null) return alreadyCancelled();
  cancel(world, server, { reason, early: early === 1 });
  return done('Server has been cancelled.', []);
}
