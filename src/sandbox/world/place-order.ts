import { isInStock, type Product } from './catalogue.js';
import { issueInvoice } from './invoice.js';
import { hourlyUsage, monthlyWith, termPrice, withVat } from './prices.js';
import type { Invoice } from './records.js';
import type { Order } from './server-record.js';
import { paysInArrears, TERM_MONTHS, type OrderPlan } from './shop.js';
import type { World } from './world.js';

/** What came of an order: placed and paid for, placed and to be paid, or not placed for want of so much balance. */
export type Placed =
  | { readonly kind: 'placed' | 'declined'; readonly orders: readonly Order[] }
  | { readonly kind: 'short'; readonly required: number };

/** The part of `installMs` after which an order has its machine, and after which the machine begins to install. */
const ALLOCATED = 1 / 6;
export const BEGINS = 1 / 3;

export const waitMs = (world: World): number => Math.floor(world.settings.installMs * ALLOCATED);

/** Orders what a plan says, one order for each server, and takes the money. Stock is taken as well. */
export function placeOrder(world: World, plan: OrderPlan): Placed {
  const payment = pay(world, plan, plan.quantity);
  if (payment.kind === 'short') return payment;
  const { product } = plan;
  if (product.stock !== null) product.stock -= plan.quantity;
  const orders = Array.from({ length: plan.quantity }, (_, index) => {
    const order = newOrder(world, plan);
    open(world, plan, order, plan.hostnames[index] ?? '', payment.kind === 'paid');
    return order;
  });
  return { kind: payment.kind === 'paid' ? 'placed' : 'declined', orders };
}

/** Puts a plan on the waiting list of its product, one reservation for each server. */
export function reserve(world: World, plan: OrderPlan): Order[] {
  return Array.from({ length: plan.quantity }, (_, index) => {
    const order = newOrder(world, plan);
    const hostname = plan.hostnames[index] ?? '';
    world.shop.reservations.push({ order, plan: { ...plan, quantity: 1 }, hostname, reservedAt: world.now() });
    return order;
  });
}

/** Brings a product back into stock. Reservations become orders, oldest first, and alerts are over. */
export function restock(world: World, productId: string, count: number): void {
  const { shop } = world;
  const product = shop.products.find(({ id }) => id === productId);
  if (!product) throw new Error(`The sandbox has no product "${productId}".`);
  product.stock = Math.max(0, product.stock ?? 0) + count;
  for (const reservation of shop.reservations.filter(({ plan }) => plan.product.id === productId)) {
    if (!isInStock(product)) break;
    takeOne(product);
    shop.reservations.splice(shop.reservations.indexOf(reservation), 1);
    const { plan, order, hostname } = reservation;
    // Whoever cannot pay at that moment gets a bill, and the server once it is paid.
    open(world, plan, order, hostname, pay(world, plan, 1).kind === 'paid');
  }
  shop.alerts = shop.alerts.filter(alert => alert.productId !== productId);
}

function takeOne(product: Product): void {
  if (product.stock !== null) product.stock -= 1;
}

type Payment = { kind: 'paid' | 'declined' } | { kind: 'short'; required: number };

function pay(world: World, plan: OrderPlan, quantity: number): Payment {
  const { account, shop } = world;
  if (plan.period === 'hourly') {
    const required = hourlyUsage(world) + monthlyWith(plan.product.monthly, plan) * quantity;
    return paysInArrears(world) || account.credit >= required ? { kind: 'paid' } : { kind: 'short', required };
  }
  const gross = withVat(termPrice(plan).net) * quantity;
  if (account.credit >= gross) {
    account.credit -= gross;
    return { kind: 'paid' };
  }
  if (shop.card === 'works') return { kind: 'paid' };
  if (shop.card === 'declines') return { kind: 'declined' };
  return { kind: 'short', required: gross };
}

function open(world: World, plan: OrderPlan, order: Order, hostname: string, paid: boolean): void {
  const ahead = plan.period !== 'hourly';
  const invoice: Invoice | null = ahead ? issueInvoice(world, { net: termPrice(plan).net, paid, order }) : null;
  const allocatedAt = paid || !ahead ? world.now() + waitMs(world) : null;
  world.shop.openOrders.push({ order, plan, hostname, invoice, allocatedAt });
}

const newOrder = (world: World, plan: OrderPlan): Order => {
  const id = world.nextId();
  return {
    id,
    number: `1${id}`,
    placedAt: world.now(),
    billing: plan.period === 'hourly' ? 'hourly' : 'recurring',
    monthly: plan.product.monthly,
    status: 'active',
    months: Math.max(1, TERM_MONTHS[plan.period]),
    backups: plan.backups,
    optionsMonthly: plan.optionsMonthly,
  };
};
