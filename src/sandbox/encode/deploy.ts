import { decimalText, type WireRecord } from '../wire.js';
import { hourlyRate, monthlyWith, termPrice } from '../world/prices.js';
import type { Order, ServerRecord } from '../world/server-record.js';
import { TERM_MONTHS, type OpenOrder, type OrderPlan } from '../world/shop.js';

/** The answer to an order: ids and numbers bare, and no password. */
export function orderResult(plan: OrderPlan, orders: readonly Order[]): WireRecord {
  const placed = { success: true, ...orderIds(orders), quantity: orders.length, currency: 'NOK' };
  if (plan.period === 'hourly') {
    const cap = monthlyWith(plan.product.monthly, plan);
    return {
      ...placed,
      message: 'Your servers are being deployed.',
      rate_hourly: hourlyRate(plan.product, cap),
      monthly_cap: cap / 100,
    };
  }
  const { monthly, discount } = termPrice(plan);
  return {
    ...placed,
    message: 'Your order has been placed.',
    billing_period: plan.period,
    term: TERM_MONTHS[plan.period],
    monthly: decimalText(monthly),
    setup: decimalText(plan.product.setup),
    discount,
    vat: 25,
    pending_payment: false,
    under_review: false,
  };
}

export const reservationResult = (orders: readonly Order[]): WireRecord => ({
  success: true,
  message: 'Your reservation has been placed. The server is billed and deployed when capacity is available.',
  mode: 'reserve',
  waitlisted: true,
  ...orderIds(orders),
  quantity: orders.length,
});

export const alertResult = (): WireRecord => ({
  success: true,
  message: 'You will be notified when the product is back in stock.',
  mode: 'notify',
  waitlisted: true,
});

const orderIds = (orders: readonly Order[]): WireRecord => ({
  order_ids: orders.map(({ id }) => Number(id)),
  order_numbers: orders.map(({ number }) => Number(number)),
});

/** How far an order without a machine is. */
export const openStatus = ({ order, hostname }: OpenOrder): WireRecord => ({
  order_id: Number(order.id),
  order_number: order.number,
  hostname,
  srv_id: 0,
  ip: '',
  ipv6: '',
  status: 'waiting',
  password: '',
  app: null,
  install_progress: null,
});

/** How far the machine of an order is. The password is there during an install without keys, and in rescue. */
export function serverStatus(server: ServerRecord, order: Order): WireRecord {
  const address = (family: string): string => server.addresses.find(row => row.family === family)?.address ?? '';
  return {
    order_id: Number(order.id),
    order_number: order.number,
    hostname: server.name,
    srv_id: Number(server.id),
    ip: address('ipv4'),
    ipv6: address('ipv6'),
    status: stage(server),
    password: server.install?.rootPassword ?? (server.rescue ? server.rescuePassword : null) ?? '',
    app: null,
    install_progress: null,
  };
}

function stage({ rescue, install, isNew, isoId, osId }: ServerRecord): string {
  if (install !== null) return 'installing';
  if (rescue) return 'rescue';
  if (isNew) return 'deploying';
  return isoId !== null && osId === null ? 'iso' : 'ready';
}
