import { done, invalidData, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { isWhole } from '../input.js';
import { issueInvoice } from '../world/invoice.js';
import { withoutVat } from '../world/prices.js';

const MOST_UNPAID = 5;
// Hundredths of NOK. That there is a ceiling is documented, how high it is is not.
const CREDIT_CEILING = 5_000_000;

// The smallest amount of each currency, and what one of it is worth in NOK as /billing has it.
const CURRENCIES = new Map([
  ['nok', { least: 100, inNok: 1 }],
  ['eur', { least: 10, inNok: 1 / 0.0872 }],
  ['usd', { least: 10, inNok: 10.1 }],
]);

export const topUpRoutes: Route[] = [{ method: 'POST', path: '/account/topup', access: 'billing', handle: topUp }];

/**
 * Issues an invoice whose gross sum is added to the credit when it is paid. Invoices have no currency, so ours are in NOK.
 * The texts of the refusals are not documented.
 */
function topUp({ world, body }: Call): Reply {
  const { currency, amount } = body;
  const kind = typeof currency === 'string' ? CURRENCIES.get(currency) : undefined;
  if (!kind || !isWhole(amount, kind.least)) return invalidData();
  const { topUps } = world.shop;
  const unpaid = topUps.filter(({ invoice }) => !invoice.paid);
  if (unpaid.length >= MOST_UNPAID) return refused(400, 'Too many unpaid top-up invoices.');
  const gross = Math.round(amount * kind.inNok * 100);
  const coming = unpaid.reduce((sum, other) => sum + other.amount, 0);
  if (world.account.credit + coming + gross > CREDIT_CEILING) return refused(400, 'Credit limit exceeded.');
  const invoice = issueInvoice(world, { net: withoutVat(gross), paid: false, order: null });
  topUps.push({ invoice, amount: gross, credited: false });
  return done('Invoice has been created.', []);
}
