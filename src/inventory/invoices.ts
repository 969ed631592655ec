import Big from 'big.js';
import type { Client } from '../client/index.js';
import { getBilling, listLegacyInvoices, type Billing, type Invoice } from '../client/api/billing.js';
import { GigahostError } from '../client/errors.js';
import type { CallOptions } from '../client/request.js';
import { decimal } from '../client/wire.js';
import { InputError } from './input-error.js';

/** One row a currency: Gigahost deals in a handful. */
const MOST_CREDITS = 10;

/** `/billing`, or the older alias where that is all the credential may read; newest invoice first. */
export async function readBilling(client: Client, options: CallOptions): Promise<Billing & { currency: string }> {
  const billing = await client.call(getBilling, {}, options).catch(async (error: unknown) => {
    if (!(error instanceof GigahostError) || error.kind !== 'forbidden') throw error;
    const invoices = await client.call(listLegacyInvoices, {}, options).catch(() => Promise.reject(error));
    return { invoices, orders: [], hourly: [], paymentType: null, credit: [] };
  });
  return {
    ...billing,
    credit: billing.credit.slice(0, MOST_CREDITS),
    invoices: billing.invoices.toSorted((a, b) => (b.date ?? '').localeCompare(a.date ?? '')),
    currency: billing.credit[0]?.currency ?? 'NOK',
  };
}

/** One invoice by its number or id. @throws {InputError} when there is none. */
export function findInvoice(invoices: readonly Invoice[], reference: string): Invoice {
  const wanted = reference.trim();
  const found = invoices.find(({ number }) => number === wanted) ?? invoices.find(({ id }) => id === wanted);
  if (found) return found;
  const newest = invoices.slice(0, 5).map(({ number }) => number);
  throw new InputError(`There is no invoice "${reference}". The newest are: ${newest.join(', ') || 'none'}.`);
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

export const INVOICE_COLUMNS = ['number', 'date', 'due', 'status', 'days_overdue', 'net', 'vat', 'total'];

/** What a list of invoices shows of each; dates without the time, which is always midnight. */
export const invoiceRow = (invoice: Invoice) => [
  invoice.number,
  invoice.date?.slice(0, 10) ?? null,
  invoice.due?.slice(0, 10) ?? null,
  statusOf(invoice),
  daysOverdue(invoice),
  invoice.net,
  invoice.vat,
  invoice.total,
];
