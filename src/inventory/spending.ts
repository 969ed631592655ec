import type { Invoice } from '../client/api/billing.js';
import type { Server } from '../client/api/servers.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import type { Inventory } from './index.js';
import { readBilling, statusOf, sum } from './invoices.js';
import { divided, sums, type Money } from './money.js';

/** Something that is paid for again and again. Prices as its order has them: without VAT. */
export interface Service {
  readonly name: string;
  readonly serverId: string | null;
  readonly orderNumber: string | null;
  readonly product: string | null;
  /** "hourly", "recurring", or what its state is where it is not billed any more. */
  readonly billing: string | null;
  /** A month of it; by the hour the most that a month can cost. */
  readonly monthly: Money | null;
  /** By the hour: what this month cost until now. */
  readonly soFar: Money | null;
  readonly nextDate: string | null;
  /** What is billed then; by the hour what it is until now. */
  readonly nextAmount: Money | null;
}

/** Something to be paid. */
export interface Due {
  readonly date: string | null;
  readonly what: string;
  readonly amount: string;
  readonly overdue: boolean;
}

export interface Spending {
  readonly services: readonly Service[];
  readonly invoices: readonly Invoice[];
  readonly credit: readonly Money[];
  readonly currency: string;
  /** False where Gigahost did not send all servers. */
  readonly complete: boolean;
}

/** Passes through a scope only where everything does. */
const NOBODY = { id: '', name: '', label: null, hostname: null };

/** What is paid for, from the orders of the servers, and beside them from what `/billing` knows. */
export async function readSpending(client: Client, inventory: Inventory, options: CallOptions): Promise<Spending> {
  const [{ servers, complete }, billing] = await Promise.all([inventory.list(options), readBilling(client, options)]);
  const { hourly, orders, invoices, credit, currency } = billing;
  const known = servers.flatMap(server => serviceOf(server, currency));
  const isKnown = (row: { serverId: string | null; number: string | null }): boolean =>
    servers.some(({ id, order }) => id === row.serverId || (row.number !== null && order?.number === row.number));
  const others: Service[] = [
    ...hourly
      .filter(row => !isKnown({ serverId: row.serverId, number: row.orderNumber }))
      .map(row => ({ row, named: { ...NOBODY, id: row.serverId ?? '', name: row.name ?? '' } }))
      .filter(({ named }) => inventory.holds(named))
      .map(({ row }) => {
        const soFar = money(row.accrued, row.currency ?? currency);
        return {
          name: row.name ?? `order ${row.orderNumber ?? 'unknown'}`,
          serverId: row.serverId,
          orderNumber: row.orderNumber,
          product: row.product,
          billing: 'hourly',
          monthly: money(row.monthlyCap, row.currency ?? currency),
          soFar,
          nextDate: row.nextInvoice,
          nextAmount: soFar,
        };
      }),
    ...(inventory.holds(NOBODY) ? orders : [])
      .filter(row => !isKnown(row) && row.billing !== 'hourly' && row.status?.toLowerCase() !== 'cancelled')
      .map(row => ({
        name: `order ${row.number ?? 'unknown'}`,
        serverId: row.serverId,
        orderNumber: row.number,
        product: row.product,
        billing: row.billing,
        monthly: money(row.total && divided(row.total, monthsOf(row.cycle)), currency),
        soFar: null,
        nextDate: row.nextBilling,
        nextAmount: money(row.total, currency),
      })),
  ];
  return { services: [...known, ...others], invoices, credit, currency, complete };
}

const money = (amount: string | null, currency: string): Money | null =>
  amount === null ? null : { amount, currency };

/** Nothing for a machine without an order: old hardware is billed in ways the API does not tell. */
function serviceOf({ id, name, order, cancelled }: Server, currency: string): Service[] {
  if (!order?.number) return [];
  const base = { name, serverId: id, orderNumber: order.number, product: order.product };
  if (cancelled)
    return [{ ...base, billing: 'cancelled', monthly: null, soFar: null, nextDate: null, nextAmount: null }];
  if (order.hourly) {
    const { accrued, monthlyCap, nextInvoice } = order.hourly;
    const soFar = money(accrued, order.hourly.currency ?? currency);
    const monthly = money(monthlyCap, order.hourly.currency ?? currency);
    return [{ ...base, billing: 'hourly', monthly, soFar, nextDate: nextInvoice, nextAmount: soFar }];
  }
  return [
    {
      ...base,
      billing: order.billing,
      monthly: money(order.total && divided(order.total, monthsOf(order.cycle)), currency),
      soFar: null,
      nextDate: order.nextBilling,
      nextAmount: money(order.total, currency),
    },
  ];
}

const CYCLES = new Map([
  ['monthly', 1],
  ['quarterly', 3],
  ['semiannually', 6],
  ['annual', 12],
  ['annually', 12],
  ['yearly', 12],
]);

/** Months of a billing cycle, which comes as a number or a word; one where it says neither. */
function monthsOf(cycle: string | null): number {
  const told = Number(cycle);
  return Number.isInteger(told) && told > 0 ? told : (CYCLES.get(cycle?.toLowerCase() ?? '') ?? 1);
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** What an invoice is for. Those of a credit top-up have no order: it reads "0". */
export const orderOf = ({ order }: Invoice): string | null => (order === null || /^0*$/.test(order) ? null : order);

/** What has to be paid: invoices, overdue ones first, then what the services are billed next, a row for each day. */
export function duesOf(invoices: readonly Invoice[], services: readonly Service[], currency: string): Due[] {
  const open = invoices
    .filter(invoice => !invoice.paid)
    .map(invoice => ({
      date: invoice.due?.slice(0, 10) ?? null,
      what: `invoice ${invoice.number}`,
      amount: `${invoice.total ?? '?'} ${currency}`,
      overdue: statusOf(invoice) === 'overdue',
    }));
  const billed = grouped(
    services.filter(({ nextDate, nextAmount }) => nextDate !== null && nextAmount !== null),
    ({ nextDate, billing }) => `${nextDate} ${billing === 'hourly' ? 'hourly' : 'prepaid'}`,
  );
  const coming = [...billed].map(([key, rows]) => {
    const [date = null, kind] = key.split(' ');
    const count = `${rows.length} service${rows.length === 1 ? '' : 's'}`;
    return {
      date,
      what: kind === 'hourly' ? `${count} by the hour, until now, without VAT` : `next term of ${count}, without VAT`,
      amount: sums(rows.flatMap(({ nextAmount }) => nextAmount ?? []))
        .map(({ amount, currency: unit }) => `${amount} ${unit}`)
        .join(' + '),
      overdue: false,
    };
  });
  return [...open, ...coming].sort(
    (a, b) => Number(b.overdue) - Number(a.overdue) || (a.date ?? '9').localeCompare(b.date ?? '9'),
  );
}

export const MONTH_COLUMNS = ['month', 'invoices', 'net', 'vat', 'total', 'unpaid'];

/** What was invoiced in each month, newest first; amounts in the account's currency. */
export const monthRows = (invoices: readonly Invoice[]) =>
  [...grouped(invoices, ({ date }) => date?.slice(0, 7) ?? 'unknown')]
    .sort(([a], [b]) => b.localeCompare(a))
    .map(([month, rows]) => [
      month,
      rows.length,
      sum(rows.map(({ net }) => net)),
      sum(rows.map(({ vat }) => vat)),
      sum(rows.map(({ total }) => total)),
      sum(rows.filter(({ paid }) => !paid).map(({ total }) => total)),
    ]);

export const SERVICE_COLUMNS = [
  'service',
  'product',
  'billing',
  'monthly',
  'so_far',
  'next_date',
  'next_amount',
  'invoiced',
];

/** What each service costs, and what was invoiced for it in the time; what no service is known for comes last. */
export function serviceRows(services: readonly Service[], invoices: readonly Invoice[], currency: string) {
  const cell = (money: Money | null): string | null =>
    money && (money.currency === currency ? money.amount : `${money.amount} ${money.currency}`);
  const numbers = new Set(services.map(({ orderNumber }) => orderNumber));
  const invoiced = (order: string | null): string =>
    sum(invoices.filter(invoice => orderOf(invoice) === order).map(({ total }) => total));
  const rest = [...new Set(invoices.map(orderOf))].filter(order => order === null || !numbers.has(order));
  return [
    ...services
      .toSorted((a, b) => Number(b.monthly?.amount ?? 0) - Number(a.monthly?.amount ?? 0))
      .map(row => [
        row.name,
        row.product,
        row.billing,
        cell(row.monthly),
        cell(row.soFar),
        row.nextDate,
        cell(row.nextAmount),
        invoiced(row.orderNumber),
      ]),
    ...rest.map(order => [
      order === null ? 'no order (such as a top-up)' : `order ${order}`,
      null,
      null,
      null,
      null,
      null,
      null,
      invoiced(order),
    ]),
  ];
}
