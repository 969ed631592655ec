import { decimalText, quotedSeconds, seconds, type WireRecord } from '../wire.js';
import { monthlyWith, termPrice } from '../world/prices.js';
import type { Reservation, StockAlert } from '../world/shop.js';
import type { World } from '../world/world.js';

/** Reservations and stock alerts in one object. */
export const waitlist = (world: World): WireRecord => ({
  reservations: world.shop.reservations.map(reservation => reservationRow(world, reservation)),
  notifications: world.shop.alerts.map(alert => alertRow(world, alert)),
});

function reservationRow(world: World, { order, plan, reservedAt }: Reservation): WireRecord {
  const total = plan.period === 'hourly' ? monthlyWith(plan.product.monthly, plan) : termPrice(plan).net;
  return {
    order_id: Number(order.id),
    order_number: order.number,
    product_name: plan.product.name,
    ...regionOf(world, plan.regionId),
    billing_type: order.billing,
    total: decimalText(total),
    currency: 'NOK',
    reserved_at: seconds(reservedAt),
  };
}

const alertRow = (world: World, alert: StockAlert): WireRecord => ({
  notify_id: alert.id,
  product_id: Number(alert.productId),
  product_name: world.shop.products.find(({ id }) => id === alert.productId)?.name ?? '',
  ...regionOf(world, alert.regionId),
  signed_up_at: quotedSeconds(alert.signedUpAt),
});

const regionOf = (world: World, regionId: string): WireRecord => ({
  region_id: regionId,
  region_name: world.shop.regions.find(({ id }) => id === regionId)?.name ?? '',
});
