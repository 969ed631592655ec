import Big from 'big.js';
import * as z from 'zod';
import { defineEndpoint, fromData, nothing } from '../endpoint.js';
import {
  count,
  decimal,
  dottedDate,
  flag,
  idOrNull,
  ifTold,
  list,
  money,
  objectOrNull,
  record,
  text,
  time,
} from '../wire.js';

const InvoiceWire = z
  .looseObject({
    inv_id: idOrNull,
    inv_number: text,
    order_number: text,
    inv_date: time,
    inv_duedate: time,
    inv_paid: flag,
    inv_total: money,
    inv_vat: money,
    inv_total_vat: money,
  })
  .transform(w => {
    const [net, gross] = amounts(w.inv_total, w.inv_vat, w.inv_total_vat);
    return {
      id: w.inv_id,
      number: w.inv_number ?? w.inv_id ?? '',
      order: w.order_number,
      date: w.inv_date,
      due: w.inv_duedate,
      paid: w.inv_paid,
      net,
      vat: net !== null && gross !== null ? decimal(new Big(gross).minus(net)) : w.inv_vat,
      /** With VAT: what is to be paid. */
      total: gross,
    };
  });
/** One invoice. Amounts are decimal text in the account's currency. */
export type Invoice = z.output<typeof InvoiceWire>;

/**
 * Without and with VAT. Nobody says which field holds which, so the larger of the two totals is the one with VAT, and
 * a missing one is made up from the VAT.
 */
function amounts(
  total: string | null,
  vat: string | null,
  totalWithVat: string | null,
): [string | null, string | null] {
  if (total === null && totalWithVat === null) return [null, null];
  if (total !== null && totalWithVat !== null) {
    const [low, high] = [new Big(total), new Big(totalWithVat)].sort((a, b) => a.abs().cmp(b.abs()));
    return [decimal(low as Big), decimal(high as Big)];
  }
  if (totalWithVat !== null) return [decimal(new Big(totalWithVat).minus(vat ?? 0)), totalWithVat];
  return [total, decimal(new Big(total ?? 0).plus(vat ?? 0))];
}

/** Nobody has seen these rows filled (wire note 14): taken to be spelt like the hourly part of a server's order. */
const HourlyService = record({
  orderNumber: ['order_number', ifTold(text)],
  serverId: ['srv_id', ifTold(idOrNull)],
  name: ['srv_name', ifTold(text)],
  product: ['product_name', ifTold(text)],
  rate: ['rate_hourly', ifTold(money)],
  hours: ['accrued_hours', ifTold(count)],
  accrued: ['accrued_cost', ifTold(money)],
  monthlyCap: ['monthly_cap', ifTold(money)],
  currency: ['currency', ifTold(text)],
  nextInvoice: ['next_invoice', ifTold(dottedDate)],
});
export type HourlyService = z.output<typeof HourlyService>;

/** Nor these: taken to be spelt like the order of a server. */
const BilledOrder = record({
  number: ['order_number', ifTold(text)],
  serverId: ['srv_id', ifTold(idOrNull)],
  product: ['product_name', ifTold(text)],
  status: ['order_status', ifTold(text)],
  billing: ['order_billing_type', ifTold(text)],
  cycle: ['order_billing_cycle', ifTold(text)],
  nextBilling: ['order_billing_date', ifTold(dottedDate)],
  total: ['order_total', ifTold(money)],
});
export type BilledOrder = z.output<typeof BilledOrder>;

const BillingWire = z
  .looseObject({
    invoices: list(InvoiceWire),
    orders: list(BilledOrder),
    hourly: list(HourlyService),
    billing: objectOrNull(z.looseObject({ payment_type: text })),
    credit: list(z.looseObject({ credit_currency: text, credit_amount: money })),
  })
  .transform(w => ({
    invoices: w.invoices,
    orders: w.orders,
    hourly: w.hourly,
    paymentType: w.billing?.payment_type ?? null,
    credit: w.credit.map(row => ({ currency: row.credit_currency ?? 'NOK', amount: row.credit_amount ?? '0.00' })),
  }));
export type Billing = z.output<typeof BillingWire>;

/** Undocumented, and the only source of invoices open to API keys (wire note 14). */
export const getBilling = defineEndpoint({
  id: 'getBilling',
  does: 'read the invoices',
  method: 'GET',
  path: '/billing',
  effect: 'read',
  repeatable: true,
  secrets: ['data.card_details'],
  decode: fromData(BillingWire),
});

export const listLegacyInvoices = defineEndpoint({
  id: 'listLegacyInvoices',
  does: 'read the invoices',
  method: 'GET',
  path: '/my/invoices',
  effect: 'read',
  repeatable: true,
  secrets: [],
  bare: true,
  decode: fromData(z.looseObject({ invoices: list(InvoiceWire) }).transform(w => w.invoices)),
});

/** Adds an invoice to the open ones; the credit comes when it is paid. Never sent twice. */
export const createTopUp = defineEndpoint({
  id: 'createTopUp',
  does: 'top up the credit',
  method: 'POST',
  path: '/account/topup',
  effect: 'purchase',
  repeatable: false,
  secrets: [],
  body: z.object({
    currency: z.enum(['nok', 'eur', 'usd']),
    amount: z.int().min(10).describe('Whole units: at least 100 NOK, 10 EUR or 10 USD'),
  }),
  refusals: {
    400: 'It takes a verified account or an active order, fewer than five unpaid top-up invoices, and an amount below the ceiling of the account.',
  },
  decode: nothing,
});
