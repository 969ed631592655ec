import type { HostingAccount, HostingOrder } from './hosting-records.js';
import type { World } from './world.js';

const DAY_MS = 86_400_000;
const DAYS_TO_PAY = 14;

/** Issues an unpaid invoice, or a credit note when the sum is below zero. Money in hundredths of NOK, without VAT. */
export function issueInvoice(world: World, order: HostingOrder, net: number): void {
  const now = world.now();
  const last = Math.max(2_026_000, ...world.invoices.map(({ number }) => Number(number)));
  world.invoices.unshift({
    id: world.nextId(),
    number: String(last + 1),
    orderId: order.id,
    orderNumber: order.number,
    issuedAt: now,
    dueAt: now + DAYS_TO_PAY * DAY_MS,
    paid: net < 0,
    net,
  });
}

/** Credits the invoices of an order that are not due yet. */
export function creditOpenInvoices(world: World, order: HostingOrder): void {
  const open = world.invoices.filter(
    ({ orderId, paid, dueAt }) => orderId === order.id && !paid && dueAt > world.now(),
  );
  for (const invoice of open) {
    invoice.paid = true;
    issueInvoice(world, order, -invoice.net);
  }
}

/** What a move to another monthly price costs now: nothing down, or with 30 days or less to go. */
export function upgradeCost(account: HostingAccount, now: number, from: number, to: number): number {
  const daysLeft = (account.order.renewsAt - now) / DAY_MS;
  return daysLeft > 30 && to > from ? Math.round(((to - from) * daysLeft) / 30) : 0;
}

/** The same day so many months later, in UTC. */
export function monthsLater(ms: number, months: number): number {
  const date = new Date(ms);
  return date.setUTCMonth(date.getUTCMonth() + months);
}
