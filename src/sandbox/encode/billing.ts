import { createHash } from 'node:crypto';
import { bareFlag, decimalText, onRow, quotedFlag, quotedSeconds, seconds, type WireRecord } from '../wire.js';
import type { Invoice } from '../world/records.js';
import { isHourly } from '../world/state.js';
import type { World } from '../world/world.js';
import { hourlyCost } from './order.js';

const VAT_PERCENT = 25;

/** The undocumented overview. Ids and amounts are quoted on some rows and bare on others. */
export function billingOverview(world: World): WireRecord {
  return {
    exchange_rates: [
      { id: '1', currency_code: 'NOK', prefix: 'kr', exchange_rate: '0.000000' },
      { id: 2, currency_code: 'EUR', prefix: '€', exchange_rate: 0.0872 },
    ],
    invoices: world.invoices.map(invoiceRow),
    orders: [],
    billing: { payment_id: '4', payment_type: 'invoice' },
    // The shape of these rows is not known; what matters is that none of it may be shown.
    card_details: [
      { card_id: '7', card_number: '424242******4242', card_expires: '11/29', card_token: 'tok_fjordkaffe' },
    ],
    credit: [{ credit_currency: 'NOK', credit_amount: decimalText(world.account.credit) }],
    hourly: world.servers
      .filter(isHourly)
      .map(server => ({ srv_id: server.id, srv_name: server.name, ...hourlyCost(world, server) })),
  };
}

/** An invoice of the older alias: the sum without VAT quoted, the others bare. */
export function legacyInvoice(invoice: Invoice): WireRecord {
  const { net, vat, gross } = amounts(invoice);
  return {
    ...invoiceFiles(invoice),
    inv_id: invoice.id,
    order_id: invoice.orderId,
    order_number: invoice.orderNumber,
    inv_number: invoice.number,
    inv_date: quotedSeconds(invoice.issuedAt),
    inv_duedate: quotedSeconds(invoice.dueAt),
    inv_paid: quotedFlag(invoice.paid),
    inv_total: net,
    inv_vat: Number(vat),
    inv_total_vat: Number(gross),
  };
}

function invoiceRow(invoice: Invoice, row: number): WireRecord {
  const { net, vat, gross } = amounts(invoice);
  const even = row % 2 === 0;
  return {
    ...invoiceFiles(invoice),
    inv_id: onRow(row, invoice.id),
    order_id: onRow(row + 1, invoice.orderId),
    order_number: onRow(row, invoice.orderNumber),
    inv_number: onRow(row, invoice.number),
    inv_date: even ? quotedSeconds(invoice.issuedAt) : seconds(invoice.issuedAt),
    inv_duedate: even ? quotedSeconds(invoice.dueAt) : seconds(invoice.dueAt),
    inv_paid: even ? quotedFlag(invoice.paid) : bareFlag(invoice.paid),
    inv_total: onRow(row, net),
    inv_vat: onRow(row + 1, vat),
    inv_total_vat: onRow(row, gross),
  };
}

function amounts({ net }: Invoice): { net: string; vat: string; gross: string } {
  const vat = Math.round((net * VAT_PERCENT) / 100);
  return { net: decimalText(net), vat: decimalText(vat), gross: decimalText(net + vat) };
}

const invoiceFiles = ({ id, number }: Invoice): WireRecord => ({
  inv_md5: createHash('md5').update(id).digest('hex'),
  inv_filename: `faktura-${number}.pdf`,
});
