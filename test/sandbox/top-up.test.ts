import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';

const topUp = (gigahost: Gigahost, currency: unknown, amount: unknown) =>
  gigahost.call('POST', '/account/topup', { body: { currency, amount } });

test('a top-up is an open invoice that includes VAT, and becomes credit once it is paid', async () => {
  await using gigahost = await open();
  const { world } = gigahost.sandbox;
  expect((await topUp(gigahost, 'nok', 1000)).status).toBe(200);
  const billing = async () => (await gigahost.get<Row>('/billing')).data;
  expect(((await billing()).invoices as Row[])[0]).toMatchObject({
    order_id: 0,
    inv_paid: '0',
    inv_total: '800.00',
    inv_total_vat: '1000.00',
  });
  expect((await billing()).credit).toEqual([{ credit_currency: 'NOK', credit_amount: '500.00' }]);
  const [invoice] = world.invoices;
  if (invoice) invoice.paid = true;
  await gigahost.get('/servers');
  expect((await billing()).credit).toEqual([{ credit_currency: 'NOK', credit_amount: '1500.00' }]);
});

test('every currency has a smallest amount, and amounts are whole', async () => {
  await using gigahost = await open();
  for (const [currency, amount] of [
    ['nok', 99],
    ['eur', 9],
    ['usd', 9],
    ['sek', 500],
    ['nok', 100.5],
    ['nok', '100'],
  ])
    expect((await topUp(gigahost, currency, amount)).status).toBe(400);
  for (const currency of ['eur', 'usd']) expect((await topUp(gigahost, currency, 10)).status).toBe(200);
});

test('five invoices may be open, and credit has a ceiling', async () => {
  await using gigahost = await open();
  expect((await topUp(gigahost, 'nok', 50_000)).status).toBe(400);
  for (let n = 0; n < 5; n += 1) expect((await topUp(gigahost, 'nok', 100)).status).toBe(200);
  expect((await topUp(gigahost, 'nok', 100)).status).toBe(400);
});

test('a key needs the billing category with writing', async () => {
  await using gigahost = await open();
  const body = { currency: 'nok', amount: 100 };
  for (const [permissions, status] of [
    [{ account: { mode: 'rw' } }, 403],
    [{ billing: { mode: 'r' } }, 403],
    [{ billing: { mode: 'rw' } }, 200],
  ] as const) {
    const authorization = `Bearer ${gigahost.sandbox.addApiKey(permissions)}`;
    expect((await gigahost.call('POST', '/account/topup', { authorization, body })).status).toBe(status);
  }
});
