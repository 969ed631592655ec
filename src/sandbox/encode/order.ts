import { decimalText, dottedDate, quotedSeconds, type WireRecord } from '../wire.js';
import { paidUntil } from '../world/cancel.js';
import { hourlyRate, monthlyOf } from '../world/prices.js';
import type { ServerRecord } from '../world/server-record.js';
import { sizeOf } from '../world/shop.js';
import type { World } from '../world/world.js';

const HOUR_MS = 3600 * 1000;

/** The order behind a machine; nearly empty for old hardware. The list writes Cancelled, the full record cancelled. */
export function orderRecord(world: World, server: ServerRecord, place: 'row' | 'detail'): WireRecord {
  const { order } = server;
  if (order === null) return { order_billing_date: null };
  const size = sizeOf(world, server.packageId);
  return {
    order_id: order.id,
    payment_id: '4',
    order_number: order.number,
    order_date: quotedSeconds(order.placedAt),
    order_billing_type: order.billing,
    order_billing_date: dottedDate(paidUntil(order, world.now())),
    order_billing_cycle: String(order.months),
    order_billing_days: 30 * order.months,
    order_status: place === 'row' && order.status === 'cancelled' ? 'Cancelled' : order.status,
    order_payment_status: '1',
    // That it is the sum of a whole term is our reading.
    order_total: decimalText(monthlyOf(world, server, order) * order.months),
    order_cancel_reason: server.cancellation?.reason ?? '',
    product_id: server.packageId,
    product_name: server.productName,
    product_vm_cores: String(size?.cores ?? 0),
    product_vm_memory: String(size?.ramGb ?? 0),
    product_vm_storage: String(size?.diskGb ?? 0),
    hourly: hourlyCost(world, server),
  };
}

/** What a machine billed by the hour has cost this month; null for any other. */
export function hourlyCost(world: World, server: ServerRecord): WireRecord | null {
  const { order } = server;
  const size = sizeOf(world, server.packageId);
  if (order?.billing !== 'hourly' || !size) return null;
  const now = world.now();
  const hours = Math.ceil((now - Math.max(order.placedAt, startOfMonth(now))) / HOUR_MS);
  const monthly = monthlyOf(world, server, order);
  const rate = hourlyRate(size, monthly);
  const cap = monthly / 100;
  return {
    rate_hourly: rate,
    accrued_hours: String(hours),
    accrued_cost: Number(Math.min(cap, hours * rate).toFixed(4)),
    monthly_cap: cap,
    currency: 'NOK',
    next_invoice: dottedDate(startOfNextMonth(now)),
  };
}

function startOfMonth(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

function startOfNextMonth(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
