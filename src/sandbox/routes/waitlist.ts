import { waitlist } from '../encode/waitlist.js';
import { ok, refusedWithError, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { idFrom } from '../wire.js';

export const waitlistRoutes: Route[] = [
  { method: 'GET', path: '/deploy/waitlist', access: 'servers', handle: ({ world }) => ok(waitlist(world)) },
  { method: 'DELETE', path: '/deploy/waitlist', access: 'servers', handle: leave },
];

/** Takes one of two ids from the body, and tells about success in data. */
function leave({ world, body }: Call): Reply {
  const { shop } = world;
  const orderId = idFrom(body.order_id);
  const notifyId = idFrom(body.notify_id);
  if ((orderId === null) === (notifyId === null)) return refusedWithError(400, 'Provide order_id or notify_id.');
  if (orderId !== null) {
    const index = shop.reservations.findIndex(({ order }) => order.id === orderId);
    if (index === -1) return refusedWithError(404, 'Reservation was not found or is no longer cancellable.');
    shop.reservations.splice(index, 1);
    return ok({ success: true, message: 'Reservation has been cancelled.' });
  }
  const index = shop.alerts.findIndex(({ id }) => id === notifyId);
  if (index === -1) return refusedWithError(404, 'Notification signup was not found.');
  shop.alerts.splice(index, 1);
  return ok({ success: true, message: 'Notification signup has been removed.' });
}
