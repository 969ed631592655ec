import * as z from 'zod';
import { createTopUp } from '../../client/api/billing.js';
import { GigahostError } from '../../client/errors.js';
import { InputError } from '../../inventory/input-error.js';
import { orderOf } from '../../inventory/spending.js';
import { readBilling, sum } from '../../inventory/invoices.js';
import { some } from '../../inventory/some.js';
import { poll } from '../poll.js';
import { defineChange, type ToolContext } from '../tool.js';

const CURRENCIES = ['NOK', 'EUR', 'USD'] as const;
/** Contract `createTopUp`. */
const LEAST: Readonly<Record<(typeof CURRENCIES)[number], number>> = { NOK: 100, EUR: 10, USD: 10 };
const MOST_UNPAID = 5;
const READ_BACK_SECONDS = 5;

export const topUpCredit = defineChange({
  name: 'top_up_credit',
  title: 'Top up the credit',
  effect: 'purchase',
  settledBy: 'list_invoices',
  toolset: 'billing',
  covers: ['createTopUp'],
  description: 'Order prepaid credit. Gigahost issues an invoice; the credit comes when the user has paid it.',
  input: z.strictObject({
    amount: z.int().min(10).max(1_000_000).describe('Whole units; at least 100 NOK, 10 EUR or 10 USD'),
    currency: z.enum(CURRENCIES).default('NOK').describe('What it is in'),
  }),
  output: z.looseObject({
    amount: z.number(),
    currency: z.string(),
    invoice: z.string().nullable().describe('Its number; null while Gigahost does not show it'),
    due: z.string().nullable(),
    total: z.string().nullable().describe('What is to be paid, with VAT'),
    credit: z.array(z.looseObject({ currency: z.string(), amount: z.string() })).describe('Before it is paid'),
    found_after_lost_answer: z.boolean(),
  }),

  async plan({ client, signal }, { amount, currency }) {
    if (amount < LEAST[currency]) throw new InputError(`It must be at least ${LEAST[currency]} ${currency}.`);
    const { invoices, credit } = await readBilling(client, { signal });
    const open = invoices.filter(invoice => !invoice.paid && orderOf(invoice) === null);
    if (open.length >= MOST_UNPAID)
      throw new InputError(
        `${open.length} top-up invoices are unpaid already (${some(open.map(({ number }) => number))}), and Gigahost takes ${MOST_UNPAID} at most: they are paid in the Gigahost panel first.`,
      );
    return {
      what: `Top up the credit of the account by ${amount} ${currency}`,
      consequences: [
        'Gigahost issues an invoice, which the user pays; for customers in Norway the amount includes VAT.',
        'The credit is there when it is paid, and no call pays it out again.',
        `Credit now: ${some(credit.map(row => `${row.amount} ${row.currency}`)) || 'none'}.`,
        ...(open.length > 0
          ? [
              `Not paid yet, and perhaps for the same: ${some(open.map(({ number, total }) => `invoice ${number} (${total ?? '?'})`))}, ${sum(open.map(({ total }) => total))} in all.`,
            ]
          : []),
      ],
      name: `${amount} ${currency}`,
      cost: { amount: amount.toFixed(2), currency },
      state: { amount, currency, credit, open: open.map(({ number }) => number) },
      subject: { before: invoices.map(({ number }) => number) },
    };
  },

  async apply(context, { subject: { before } }, { amount, currency }) {
    let lost: GigahostError | undefined;
    const body = { amount, currency: WIRE[currency] };
    await context.client.call(createTopUp, { body }).catch((error: unknown) => {
      if (!(error instanceof GigahostError) || error.facts.changed === 'nothing') throw error;
      lost = error;
    });
    const { invoice, credit } = await newInvoice(context, before);
    if (lost && !invoice) throw lost;
    return {
      amount,
      currency,
      invoice: invoice?.number ?? null,
      due: invoice?.due?.slice(0, 10) ?? null,
      total: invoice?.total ?? null,
      credit: [...credit],
      found_after_lost_answer: lost !== undefined,
    };
  },

  say: ({ amount, currency, invoice, due, total, found_after_lost_answer }) =>
    [
      found_after_lost_answer && 'Gigahost’s answer was lost; the invoice was found in the account.',
      invoice
        ? `Invoice ${invoice} over ${total ?? '?'} is there for ${amount} ${currency} of credit${due ? `, due ${due}` : ''}.`
        : `Gigahost accepted the top-up of ${amount} ${currency}, and does not show its invoice yet: list_invoices does when it is there.`,
      'The user pays it in the Gigahost panel; the credit comes then. Do not order it again.',
    ]
      .filter(Boolean)
      .join(' '),
});

const WIRE = { NOK: 'nok', EUR: 'eur', USD: 'usd' } as const;

/** The invoice of a top-up that was not there before. */
async function newInvoice({ client, signal }: ToolContext, before: readonly string[]) {
  let billing: Awaited<ReturnType<typeof readBilling>> | undefined;
  const fresh = () => billing?.invoices.find(invoice => orderOf(invoice) === null && !before.includes(invoice.number));
  await poll({ seconds: READ_BACK_SECONDS, signal }, async () => {
    billing = await readBilling(client, {});
    return fresh() !== undefined;
  });
  return { invoice: fresh(), credit: billing?.credit ?? [] };
}
