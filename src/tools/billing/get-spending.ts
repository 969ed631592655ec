import * as z from 'zod';
import { statusOf, sum } from '../../inventory/invoices.js';
import { moneyWords, sums } from '../../inventory/money.js';
import {
  duesOf,
  MONTH_COLUMNS,
  monthRows,
  orderOf,
  readSpending,
  SERVICE_COLUMNS,
  serviceRows,
} from '../../inventory/spending.js';
import { some } from '../../inventory/some.js';
import { few, part } from '../../words/fit.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor, ServerRef } from '../params.js';
import { defineRead } from '../tool.js';

const Sums = z.array(z.looseObject({ amount: z.string(), currency: z.string() }));
const MOST_DUES = 12;

export const getSpending = defineRead({
  name: 'get_spending',
  title: 'Show spending',
  effect: 'read',
  toolset: 'billing',
  covers: ['getBilling', 'listLegacyInvoices'],
  description: 'Show what each server or each month costs, what is due when, unpaid and overdue amounts, and credit.',
  input: z.strictObject({
    by: z.enum(['service', 'month']).default('service').describe('What the rows are'),
    months: z.int().min(1).max(120).default(12).describe('Of invoices'),
    server: ServerRef.optional().describe('Only this one'),
    cursor: Cursor,
  }),
  output: z.looseObject({
    ...TableOutput,
    by: z.enum(['service', 'month']),
    since: z.string().describe('The first month of the invoices'),
    currency: z.string(),
    monthly: Sums.describe('What the running services cost a month at most, without VAT'),
    so_far: Sums.describe('What hourly services cost this month until now, without VAT'),
    invoiced_total: z.string().describe('With VAT'),
    unpaid_total: z.string(),
    overdue_total: z.string(),
    due: z.array(z.string()).describe('What is to be paid, overdue first, then by date'),
    due_total: z.number(),
    credit: Sums,
    complete: z.boolean().describe('False when Gigahost did not send all servers'),
  }),

  async read({ client, inventory, signal }, { by, months, server, cursor }) {
    const only = server === undefined ? undefined : await inventory.server(server, { signal, prefix: true });
    const all = await readSpending(client, inventory, { signal });
    const services = all.services.filter(({ serverId }) => !only || serverId === only.id);
    const orders = new Set(services.map(({ orderNumber }) => orderNumber));
    const invoices = all.invoices.filter(invoice => !only || orders.has(orderOf(invoice)));
    const since = firstMonth(months);
    const recent = invoices.filter(({ date }) => date !== null && date.slice(0, 7) >= since);
    const unpaid = invoices.filter(({ paid }) => !paid);
    const dues = duesOf(invoices, services, all.currency).map(
      ({ date, what, amount, overdue }) => `${date ?? 'no date'}: ${amount}, ${what}${overdue ? ' (overdue)' : ''}`,
    );
    const due = few(dues, MOST_DUES);
    const rows = by === 'month' ? monthRows(recent) : serviceRows(services, recent, all.currency);
    return {
      ...page(by === 'month' ? MONTH_COLUMNS : SERVICE_COLUMNS, rows, {
        cursor,
        key: ['spending', by, months, only?.id],
        beside: due,
      }),
      by,
      since,
      currency: all.currency,
      monthly: sums(services.flatMap(row => row.monthly ?? [])),
      so_far: sums(services.flatMap(row => row.soFar ?? [])),
      invoiced_total: sum(recent.map(({ total }) => total)),
      unpaid_total: sum(unpaid.map(({ total }) => total)),
      overdue_total: sum(unpaid.filter(invoice => statusOf(invoice) === 'overdue').map(({ total }) => total)),
      due,
      due_total: dues.length,
      credit: [...all.credit],
      complete: all.complete,
    };
  },

  say: output => [
    [
      output.monthly.length > 0 && `Running services: at most ${inWords(output.monthly)} a month without VAT.`,
      output.so_far.length > 0 && `Hourly ones cost ${inWords(output.so_far)} this month until now, without VAT.`,
      `Invoiced since ${output.since}: ${output.invoiced_total} ${output.currency} with VAT.`,
      `Unpaid: ${output.unpaid_total} ${output.currency}${Number(output.overdue_total) > 0 ? `, of which ${output.overdue_total} is overdue` : ', nothing overdue'}.`,
      output.credit.length > 0 && `Prepaid credit: ${inWords(output.credit)}.`,
    ]
      .filter(Boolean)
      .join(' '),
    output.due_total > 0 && `To be paid:\n${part(output.due, output.due_total, '\n')}`,
    ...tableWords(
      output,
      output.by === 'month' ? 'months with invoices' : 'services',
      output.by === 'month' ? 'Invoices by month' : 'Services (prices of orders without VAT; invoiced is with VAT)',
    ),
    !output.complete && 'Gigahost sent only part of the servers: there are more services than these.',
  ],
});

const inWords = (rows: readonly { readonly amount: string; readonly currency: string }[]): string =>
  some(rows.map(moneyWords), { between: ' + ' });

/** The current month and the ones before it. */
function firstMonth(months: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 1)).toISOString().slice(0, 7);
}
