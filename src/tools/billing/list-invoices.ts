import * as z from 'zod';
import { daysOverdue, readBilling, statusOf, sum } from '../../inventory/invoices.js';
import { Cursor, Limit } from '../params.js';
import { page, TableOutput, tableWords } from '../table.js';
import { defineRead } from '../tool.js';

const COLUMNS = ['number', 'date', 'due', 'status', 'days_overdue', 'net', 'vat', 'total'];

export const listInvoices = defineRead({
  name: 'list_invoices',
  title: 'List invoices',
  effect: 'read',
  toolset: 'billing',
  description: 'List invoices, newest first, with totals, VAT, due dates, and what is overdue and by how much.',
  input: z.strictObject({
    status: z.enum(['all', 'unpaid', 'overdue']).default('all').describe('unpaid includes overdue'),
    limit: Limit,
    cursor: Cursor,
  }),
  output: z.looseObject({
    ...TableOutput,
    currency: z.string(),
    unpaid_total: z.string(),
    overdue_total: z.string(),
    overdue_count: z.number(),
    credit: z.array(z.looseObject({ currency: z.string(), amount: z.string() })),
  }),

  async read({ client, signal }, { status, limit, cursor }) {
    const { invoices, credit } = await readBilling(client, { signal });
    const unpaid = invoices.filter(invoice => !invoice.paid);
    const overdue = unpaid.filter(invoice => statusOf(invoice) === 'overdue');
    const chosen = { all: invoices, unpaid, overdue }[status];
    const rows = chosen.map(invoice => [
      invoice.number,
      invoice.date?.slice(0, 10) ?? null,
      invoice.due?.slice(0, 10) ?? null,
      statusOf(invoice),
      daysOverdue(invoice),
      invoice.net,
      invoice.vat,
      invoice.total,
    ]);
    return {
      ...page(COLUMNS, rows, { limit, cursor, key: status }),
      currency: credit[0]?.currency ?? 'NOK',
      unpaid_total: sum(unpaid.map(invoice => invoice.total)),
      overdue_total: sum(overdue.map(invoice => invoice.total)),
      overdue_count: overdue.length,
      credit: [...credit],
    };
  },

  say: output =>
    [
      output.overdue_count > 0
        ? `Overdue: ${output.overdue_total} ${output.currency} on ${output.overdue_count} invoice${output.overdue_count === 1 ? '' : 's'}. Unpaid in all: ${output.unpaid_total} ${output.currency}.`
        : `Nothing is overdue. Unpaid: ${output.unpaid_total} ${output.currency}.`,
      output.credit.length > 0 &&
        `Prepaid credit: ${output.credit.map(row => `${row.amount} ${row.currency}`).join(', ')}.`,
      `Amounts in ${output.currency}; total is with VAT.\n${tableWords(output, 'invoices')}`,
    ]
      .filter(Boolean)
      .join('\n'),
});
