import type { Invoice } from './records.js';
import type { World } from './world.js';

const DAYS_TO_PAY = 14;
const DAY_MS = 24 * 3600 * 1000;

/** Adds an invoice, newest first. Without an order its ids read "0". */
export function issueInvoice(
  world: World,
  { net, paid, order }: { net: number; paid: boolean; order: { id: string; number: string } | null },
): Invoice {
  const id = world.nextId();
  const issuedAt = world.now();
  const invoice: Invoice = {
    id,
    number: `20${id}`,
    orderId: order?.id ?? '0',
    orderNumber: order?.number ?? '0',
    issuedAt,
    dueAt: issuedAt + DAYS_TO_PAY * DAY_MS,
    paid,
    net,
  };
  world.invoices.unshift(invoice);
  return invoice;
}
