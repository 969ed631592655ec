import { expect, test } from 'vitest';
import { agrees, connect as connectAny, declines, type Connected, type ConnectOptions } from '../support/connect.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

const connect = ({ args = [], ...options }: ConnectOptions = {}): Promise<Connected> =>
  connectAny({ person: agrees, ...options, args: ['--toolsets', 'billing,changes', ...args] });
const TOP_UP = 'POST /account/topup';

test('a person who types the sum gets an invoice, and credit when it is paid', async () => {
  await using mcp = await connect();
  const answer = await mcp.call('top_up_credit', { amount: 500 });
  expect(mcp.questions[0]?.properties).toEqual({ name: { type: 'string', title: 'Type 500 NOK to confirm' } });
  expect(mcp.questions[0]?.message.split('\n')).toEqual([
    'Top up the credit of the account by 500 NOK.',
    '- Gigahost issues an invoice, which the user pays; for customers in Norway the amount includes VAT.',
    '- The credit is there when it is paid, and no call pays it out again.',
    '- Credit now: 500.00 NOK.',
    '- It cannot be undone.',
  ]);
  expect(mcp.sandbox.calls('POST').map(({ body }) => body)).toEqual([{ amount: 500, currency: 'nok' }]);
  const [invoice] = mcp.sandbox.world.invoices;
  expect(answer.structured).toMatchObject({
    status: 'done',
    amount: 500,
    currency: 'NOK',
    invoice: invoice?.number,
    total: '500.00',
    credit: [{ amount: '500.00', currency: 'NOK' }],
    found_after_lost_answer: false,
  });
  expect(answer.text).toMatch(
    /^Invoice \d+ over 500\.00 is there for 500 NOK of credit, due \d{4}-\d\d-\d\d\. The user pays it in the Gigahost panel; the credit comes then\. Do not order it again\./,
  );
});

test('invoices for credit that are not paid yet are part of the plan, and five are enough', async () => {
  await using mcp = await connect();
  for (let count = 0; count < 5; count += 1) await mcp.call('top_up_credit', { amount: 10, currency: 'EUR' });
  expect(mcp.questions[4]?.message).toMatch(
    /- Not paid yet, and perhaps for the same: invoice \d+ \(114\.68\), .*, 458\.72 in all\./,
  );
  const { text, isError } = await mcp.call('top_up_credit', { amount: 100 });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^5 top-up invoices are unpaid already \(.*\), and Gigahost takes 5 at most: .* Nothing changed\.$/,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(5);
});

test('a lost answer is settled by the invoice, or of unknown outcome; it is never sent twice', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const found = await mcp.call('top_up_credit', { amount: 200 });
  expect(found.structured).toMatchObject({ found_after_lost_answer: true, total: '200.00' });
  expect(found.text).toMatch(/^Gigahost’s answer was lost; the invoice was found in the account\. Invoice /);
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'before' } });
  const lost = await mcp.call('top_up_credit', { amount: 300 });
  expect(lost.isError).toBe(true);
  expect(lost.text).toMatch(
    /^Gigahost was asked to top up the credit, and it is not known .*list_invoices shows whether it did\.$/,
  );
  expect(changesOf(mcp.sandbox)).toEqual([TOP_UP, TOP_UP]);
});

test('a refusal says what it takes', async () => {
  await using mcp = await connect();
  const { text } = await mcp.call('top_up_credit', { amount: 60_000 });
  expect(text).toMatch(
    /^Could not top up the credit: "Credit limit exceeded\.", status 400\. Nothing changed\. It takes a verified account/,
  );
});

test('it counts towards the limits of the operator, and a person who declines orders nothing', async () => {
  await using limited = await connect({ args: ['--max-spend', '600 NOK'] });
  await limited.call('top_up_credit', { amount: 400 });
  expect((await limited.call('top_up_credit', { amount: 300 })).text).toMatch(
    /^It costs 300\.00 NOK; 400\.00 NOK was spent in the last 24 hours, and 600 NOK may be/,
  );
  expect(changesOf(limited.sandbox)).toEqual([TOP_UP]);
  await using mcp = await connect({ person: declines });
  await mcp.call('top_up_credit', { amount: 400 });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('too little, and what is no amount, is refused before anything is sent', async () => {
  await using mcp = await connect();
  await expectRefusals(mcp, 'top_up_credit', [[{ amount: 99 }, /^It must be at least 100 NOK\. Nothing changed\.$/]]);
  await expectBadArguments(mcp, 'top_up_credit', [
    [{ amount: 9, currency: 'EUR' }, /amount/],
    [{ amount: 100.5 }, /amount/],
    [{ amount: 500, currency: 'SEK' }, /currency/],
  ]);
});
