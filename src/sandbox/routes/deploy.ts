import { sees } from '../auth/permissions.js';
import { catalogue } from '../encode/catalogue.js';
import { alertResult, openStatus, orderResult, reservationResult, serverStatus } from '../encode/deploy.js';
import { ok, refusedWithError, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { decimalText } from '../wire.js';
import { placeOrder, reserve } from '../world/place-order.js';
import type { OrderPlan } from '../world/shop.js';
import type { World } from '../world/world.js';
import { readPlan } from './deploy-plan.js';

const DONE = new Set(['ready', 'rescue', 'iso']);
const NEEDS_PAYMENT =
  'Hourly servers require a non-prepaid card or PayPal on file plus at least one paid invoice on your account, ' +
  'or a prepaid balance covering one month of all your active hourly services.';
const DECLINED =
  'Your card was declined. The order is saved and we will retry payment; your server deploys once it is paid.';

// The category of API keys these belong to is not documented; servers is our reading.
export const deployRoutes: Route[] = [
  {
    method: 'GET',
    path: '/deploy/servers',
    access: 'servers',
    newer: false,
    handle: ({ world }) => ok(catalogue(world)),
  },
  { method: 'POST', path: '/deploy/servers', access: 'servers', handle: deploy },
  { method: 'GET', path: '/deploy/status', access: 'servers', handle: status },
  {
    method: 'GET',
    path: '/deploy/isos',
    access: 'servers',
    handle: ({ world }) =>
      ok({
        isos: world.isos
          .filter(({ state }) => state === 'completed')
          .map(({ id, name, sizeBytes }) => ({ iso_id: id, iso_name: name, iso_size: String(sizeBytes) })),
      }),
  },
];

function deploy({ world, body }: Call): Reply {
  const read = readPlan(world, body);
  if ('refusal' in read) return read.refusal;
  const { plan } = read;
  const { product, quantity } = plan;
  if (product.stock !== null && product.stock < quantity) return soldOut(world, plan, body.waitlist);
  const placed = placeOrder(world, plan);
  switch (placed.kind) {
    case 'placed':
      return ok(orderResult(plan, placed.orders));
    case 'declined':
      return refusedWithError(402, DECLINED, { reason: 'payment_declined' });
    case 'short':
      return refusedWithError(403, plan.period === 'hourly' ? NEEDS_PAYMENT : 'Insufficient balance.', {
        reason: 'payment',
        required: decimalText(placed.required),
        balance: decimalText(world.account.credit),
        currency: 'NOK',
      });
  }
}

function soldOut(world: World, plan: OrderPlan, wish: unknown): Reply {
  const { product, regionId, quantity } = plan;
  const wanted = wish === 'reserve' || wish === 'notify';
  if (wanted && product.type === 'auction') return refusedWithError(400, 'Auctions cannot be reserved.');
  if (!wanted || !product.waitlistEligible)
    return refusedWithError(400, `Not enough stock to deploy ${quantity} server(s).`);
  if (wish === 'reserve') return ok(reservationResult(reserve(world, plan)));
  const { alerts } = world.shop;
  const known = alerts.some(alert => alert.productId === product.id && alert.regionId === regionId);
  if (!known) alerts.push({ id: world.nextId(), productId: product.id, regionId, signedUpAt: world.now() });
  return ok(alertResult());
}

/** Unknown orders and reservations are left out, as is what the caller may not see. */
function status({ world, caller, query }: Call): Reply {
  const ids = query.get('ids') ?? '';
  if (!/^[0-9]+(,[0-9]+)*$/.test(ids)) return refusedWithError(400, 'Required field is invalid: ids');
  const rows = ids.split(',').flatMap(id => {
    const server = world.servers.find(({ order }) => order?.id === id);
    if (server?.order) return sees(caller, server.id) ? [serverStatus(server, server.order)] : [];
    const open = world.shop.openOrders.find(({ order }) => order.id === id);
    return open ? [openStatus(open)] : [];
  });
  return ok({ servers: rows, all_ready: rows.length > 0 && rows.every(row => DONE.has(String(row.status))) });
}
