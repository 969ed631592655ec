import Big from 'big.js';
import * as z from 'zod';
import { defineEndpoint, fromData } from '../endpoint.js';
import { decimal, flag, idOrNull, list, money, objectOrNull, text, time } from '../wire.js';

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

const BillingWire = z
  .looseObject({
    invoices: list(InvoiceWire),
    billing: objectOrNull(z.looseObject({ payment_type: text })),
    credit: list(z.looseObject({ credit_currency: text, credit_amount: money })),
  })
  .transform(w => ({
    invoices: w.invoices,
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
