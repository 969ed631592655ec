import * as z from 'zod';
import { INVOICE_COLUMNS, invoiceRow, readBilling, statusOf, sum } from '../../inventory/invoices.js';
import { Cursor, Limit } from '../params.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

const INVOICE_CHOICES = ['all', 'unpaid', 'overdue'] as const;

export const listInvoices = defineRead({
  name: 'list_invoices',
  title: 'List invoices',
  effect: 'read',
  toolset: 'billing',
  covers: ['listLegacyInvoices'],
  description: 'List invoices, newest first, with totals, VAT, due dates, and what is overdue and by how much.',
  input: z.strictObject({
    status: z.enum(INVOICE_CHOICES).default('all').describe('unpaid includes overdue'),
    limit: Limit,
    cursor: Cursor,
  }),
  output: z.looseObject({
    ...TableOutput,
    status: z.enum(INVOICE_CHOICES).describe('Which invoices the rows are'),
    currency: z.string(),
    unpaid_total: z.string(),
    overdue_total: z.string(),
    overdue_count: z.number(),
    credit: z.array(z.looseObject({ currency: z.string(), amount: z.string() })),
  }),

  async read({ client, signal }, { status, limit, cursor }) {
    const { invoices, credit, currency } = await readBilling(client, { signal });
    const unpaid = invoices.filter(invoice => !invoice.paid);
    const overdue = unpaid.filter(invoice => statusOf(invoice) === 'overdue');
    const chosen = { all: invoices, unpaid, overdue }[status];
    return {
      ...page(INVOICE_COLUMNS, chosen.map(invoiceRow), { limit, cursor, key: ['invoices', status] }),
      status,
      currency,
      unpaid_total: sum(unpaid.map(invoice => invoice.total)),
      overdue_total: sum(overdue.map(invoice => invoice.total)),
      overdue_count: overdue.length,
      credit: [...credit],
    };
  },

  say: output => [
    [
      output.overdue_count > 0
        ? `Overdue: ${output.overdue_total} ${output.currency} on ${output.overdue_count} invoice${output.overdue_count === 1 ? '' : 's'}. Unpaid in all: ${output.unpaid_total} ${output.currency}.`
        : `Nothing is overdue. Unpaid: ${output.unpaid_total} ${output.currency}.`,
      output.credit.length > 0 &&
        `Prepaid credit: ${output.credit.map(row => `${row.amount} ${row.currency}`).join(', ')}.`,
      `Amounts in ${output.currency}; total is with VAT.`,
    ]
      .filter(Boolean)
      .join(' '),
    ...tableWords(output, { all: 'invoices', unpaid: 'unpaid invoices', overdue: 'overdue invoices' }[output.status]),
  ],
});
