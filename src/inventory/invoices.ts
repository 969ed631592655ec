import Big from 'big.js';
import type { Client } from '../client/index.js';
import { getBilling, listLegacyInvoices, type Billing, type Invoice } from '../client/billing.js';
import { GigahostError } from '../client/errors.js';
import type { CallOptions } from '../client/request.js';
import { decimal } from '../client/wire.js';

/** `/billing`, or the older alias where that is all the credential may read; newest invoice first. */
export async function readBilling(client: Client, options: CallOptions): Promise<Billing> {
  const billing = await client.call(getBilling, {}, options).catch(async (error: unknown) => {
    if (!(error instanceof GigahostError) || error.kind !== 'forbidden') throw error;
    const invoices = await client.call(listLegacyInvoices, {}, options).catch(() => Promise.reject(error));
    return { invoices, paymentType: null, credit: [] };
  });
  return { ...billing, invoices: billing.invoices.toSorted((a, b) => (b.date ?? '').localeCompare(a.date ?? '')) };
}

export type InvoiceStatus = 'paid' | 'unpaid' | 'overdue';

export function statusOf(invoice: Invoice, now = Date.now()): InvoiceStatus {
  if (invoice.paid) return 'paid';
  return invoice.due !== null && Date.parse(invoice.due) < now ? 'overdue' : 'unpaid';
}

/** Whole days past the due date; null while not overdue. */
export const daysOverdue = (invoice: Invoice, now = Date.now()): number | null =>
  statusOf(invoice, now) === 'overdue'
    ? Math.max(1, Math.floor((now - Date.parse(invoice.due ?? '')) / 86_400_000))
    : null;

/** The sum of amounts as decimal text; floats are never added. */
export const sum = (amounts: readonly (string | null)[]): string =>
  decimal(amounts.reduce((total, amount) => total.plus(amount ?? 0), new Big(0)));
