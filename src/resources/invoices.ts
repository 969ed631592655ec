import { INVOICE_COLUMNS, invoiceRow, readBilling } from '../inventory/invoices.js';
import { page } from '../words/table.js';
import { json, type Resource } from './resource.js';

export const invoicesResource: Resource = {
  name: 'invoices',
  title: 'Invoices',
  description: 'The invoices of the account, newest first; the tool list_invoices pages on with next_cursor.',
  uri: 'gigahost://invoices',
  toolset: 'billing',
  mimeType: 'application/json',
  freshSeconds: 300,

  async read({ client, signal }) {
    const { invoices, credit } = await readBilling(client, { signal });
    return json({ ...page(INVOICE_COLUMNS, invoices.map(invoiceRow), { key: ['invoices', 'all'] }), credit });
  },
};
