import { DAY } from '../times.js';
import type { Invoice } from './records.js';
import type { World } from './world.js';

const DAYS_TO_PAY = 14;

/**
 * Adds an invoice, newest first; a credit note when the sum is below zero. Hundredths of NOK without VAT. Without an
 * order its ids read "0".
 */
export function issueInvoice(
  world: World,
  { net, paid, order }: { net: number; paid: boolean; order: { id: string; number: string } | null },
): Invoice {
  const issuedAt = world.now();
  const invoice: Invoice = {
    id: world.nextId(),
    number: String(Math.max(0, ...world.invoices.map(({ number }) => Number(number))) + 1),
    orderId: order?.id ?? '0',
    orderNumber: order?.number ?? '0',
    issuedAt,
    dueAt: issuedAt + DAYS_TO_PAY * DAY,
    paid,
    net,
  };
  world.invoices.unshift(invoice);
  return invoice;
}
