import { findInvoice, readBilling, statusOf, daysOverdue } from '../inventory/invoices.js';
import { json, type Resource } from './resource.js';

/** A year of monthly invoices; older ones answer to their number. */
const MOST_LISTED = 12;

export const invoiceResource: Resource = {
  name: 'invoice',
  title: 'Invoice',
  description: 'One invoice by its number: dates, amounts with and without VAT, whether it is paid or overdue.',
  uri: 'gigahost://invoices/{invoice}',
  toolset: 'billing',
  mimeType: 'application/json',
  freshSeconds: 300,

  async list({ client, signal }) {
    const { invoices } = await readBilling(client, { signal });
    return invoices.slice(0, MOST_LISTED).flatMap(({ id, number, date }) => {
      const key = /^[\w-]+$/.test(number) ? number : id;
      const title = `Invoice ${number}${date ? ` of ${date.slice(0, 10)}` : ''}`;
      return key ? [{ uri: `gigahost://invoices/${key}`, name: number, title }] : [];
    });
  },

  complete: {
    invoice: async ({ client, signal }) => (await readBilling(client, { signal })).invoices.map(({ number }) => number),
  },

  async read({ client, signal }, { invoice = '' }) {
    const { invoices, currency } = await readBilling(client, { signal });
    const found = findInvoice(invoices, invoice);
    // The order would tell of servers that may be out of scope.
    const { order: _, ...shown } = found;
    return json({ ...shown, currency, status: statusOf(found), days_overdue: daysOverdue(found) });
  },
};
