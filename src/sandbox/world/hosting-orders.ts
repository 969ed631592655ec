import { DAY } from '../times.js';
import type { HostingAccount, HostingOrder } from './hosting-records.js';
import { issueInvoice } from './invoice.js';
import type { World } from './world.js';

/** Credits the invoices of an order that are not due yet. */
export function creditOpenInvoices(world: World, order: HostingOrder): void {
  const open = world.invoices.filter(
    ({ orderId, paid, dueAt }) => orderId === order.id && !paid && dueAt > world.now(),
  );
  for (const invoice of open) {
    invoice.paid = true;
    issueInvoice(world, { net: -invoice.net, paid: true, order });
  }
}

/** What a move to another monthly price costs now: nothing down, or with 30 days or less to go. */
export function upgradeCost(account: HostingAccount, now: number, from: number, to: number): number {
  const daysLeft = (account.order.renewsAt - now) / DAY;
  return daysLeft > 30 && to > from ? Math.round(((to - from) * daysLeft) / 30) : 0;
}
