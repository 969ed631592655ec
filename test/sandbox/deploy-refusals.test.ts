import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';
import { followed, INSTALL_MS, order, ordered } from './support/shop.js';

test.each([
  ['pid', { pid: 999 }],
  ['pid', { pid: 1620, price_id: 0 }],
  ['price_id', { price_id: 4042 }],
  ['region_id', { region_id: 3 }],
  ['region_id', { region_id: undefined }],
  ['region_id', { pid: 7951, price_id: 4234, region_id: 2 }],
  ['os_id', { os_id: 1 }],
  ['os_id', { os_id: 97 }],
  ['iso_id', { os_id: undefined, iso_id: 313 }],
  ['rescue', { os_id: undefined, rescue: true }],
  ['billing_period', { billing_period: 'weekly' }],
  ['quantity', { quantity: 0 }],
  ['quantity', { quantity: '2' }],
  ['hostnames', { hostnames: ['a', 'b'] }],
  ['hostnames', { hostnames: ['two words'] }],
  ['ssh_keys', { ssh_keys: [99] }],
  ['backups', { backups: true }],
  ['waitlist', { waitlist: 'maybe' }],
  ['opts', { opts: { 31: 311 } }],
  ['auction_id', { auction_id: 312, billing_period: 'monthly' }],
])('an order with a wrong %s is refused by that name: %j', async (field, body) => {
  await using gigahost = await open();
  expect(await order(gigahost, body)).toMatchObject({
    status: 400,
    meta: { error: `Required field is invalid: ${field}` },
    body: { data: [] },
  });
  expect(gigahost.sandbox.world.shop.openOrders).toEqual([]);
});

test.each([{ os_id: undefined }, { iso_id: 311 }, { rescue: 1 }])(
  'exactly one of system, image and rescue has to be chosen: %j',
  async body => {
    await using gigahost = await open();
    expect(await order(gigahost, body)).toMatchObject({
      status: 400,
      meta: { error: 'Choose an operating system, an ISO, or rescue mode.' },
    });
  },
);

test('an account with gaps orders nothing', async () => {
  await using gigahost = await open();
  gigahost.sandbox.world.account.phone = '';
  expect(await order(gigahost, {})).toMatchObject({
    status: 400,
    meta: { error: 'Please complete your account profile before ordering.' },
  });
});

test('a product without hourly billing says so', async () => {
  await using gigahost = await open();
  expect(await order(gigahost, { pid: 4880, price_id: 3421 })).toMatchObject({
    status: 403,
    meta: { error: 'This product cannot be ordered hourly.' },
  });
});

test('more than there are cannot be ordered', async () => {
  await using gigahost = await open();
  expect(await order(gigahost, { pid: 7957, price_id: 4060, quantity: 5 })).toMatchObject({
    status: 400,
    meta: { error: 'Not enough stock to deploy 5 server(s).' },
  });
});

test('hourly servers need a balance for a month of all of them', async () => {
  await using gigahost = await open();
  // 177 for those that run; 323 are left.
  expect(await order(gigahost, { quantity: 7 })).toMatchObject({
    status: 403,
    meta: {
      error: expect.stringMatching(/^Hourly servers require a non-prepaid card/) as string,
      reason: 'payment',
      required: '520.00',
      balance: '500.00',
      currency: 'NOK',
    },
  });
  await ordered(gigahost, { quantity: 6 });
  // Those that have no machine yet count as well.
  expect(await order(gigahost, {})).toMatchObject({ status: 403, meta: { required: '520.00' } });
  gigahost.sandbox.world.shop.card = 'works';
  await ordered(gigahost, {});
});

test('a term is paid ahead from the credit, with VAT, and there is an invoice for it', async () => {
  await using gigahost = await open();
  const { data } = await order(gigahost, { billing_period: 'quarterly', hostnames: ['shop01'] });
  expect(data).toMatchObject({ billing_period: 'quarterly', term: 3, monthly: '49.00', vat: 25, discount: 0 });
  expect(data.pending_payment).toBe(false);
  const billing = (await gigahost.get<Row>('/billing')).data;
  expect((billing.invoices as Row[])[0]).toMatchObject({
    order_id: (data.order_ids as number[])[0],
    inv_paid: '1',
    inv_total: '147.00',
    inv_total_vat: '183.75',
  });
  expect(billing.credit).toEqual([{ credit_currency: 'NOK', credit_amount: '316.25' }]);
  gigahost.advance(INSTALL_MS);
  expect(await gigahost.server('shop01')).toMatchObject({
    product_id: '7955',
    order: {
      order_billing_type: 'recurring',
      order_billing_cycle: '3',
      order_billing_date: '01.01.2027',
      hourly: null,
    },
  });
});

test('an hourly server shows under billing and costs nothing ahead', async () => {
  await using gigahost = await open();
  await ordered(gigahost, { hostnames: ['shop01'] });
  gigahost.advance(INSTALL_MS);
  const { data } = await gigahost.get<Row>('/billing');
  expect((data.hourly as Row[]).at(-1)).toMatchObject({ srv_name: 'shop01', rate_hourly: 0.07826, accrued_hours: '1' });
  expect(data.credit).toEqual([{ credit_currency: 'NOK', credit_amount: '500.00' }]);
});

test('a term that the credit does not pay for is refused, and leaves everything as it was', async () => {
  await using gigahost = await open();
  const invoices = gigahost.sandbox.world.invoices.length;
  // 49 a month, less ten percent for a year, and VAT.
  expect(await order(gigahost, { billing_period: 'annual' })).toMatchObject({
    status: 403,
    meta: { error: 'Insufficient balance.', reason: 'payment', required: '661.50', balance: '500.00' },
  });
  expect(gigahost.sandbox.world.account.credit).toBe(50_000);
  expect(gigahost.sandbox.world.invoices).toHaveLength(invoices);
});

test('a declined card has placed the order, which waits until it is paid', async () => {
  await using gigahost = await open();
  const { world } = gigahost.sandbox;
  world.shop.card = 'declines';
  expect(await order(gigahost, { billing_period: 'annual', hostnames: ['shop01'] })).toMatchObject({
    status: 402,
    meta: { error: expect.stringMatching(/^Your card was declined/) as string, reason: 'payment_declined' },
  });
  const { data } = await gigahost.get<Row>('/account');
  const id = (data.orders as Row[]).at(-1)?.order_id;
  gigahost.advance(3_600_000);
  expect(await followed(gigahost, [id])).toMatchObject([{ hostname: 'shop01', status: 'waiting', srv_id: 0 }]);
  const [invoice] = world.invoices;
  if (invoice) invoice.paid = true;
  await followed(gigahost, [id]);
  gigahost.advance(INSTALL_MS);
  expect(await followed(gigahost, [id])).toMatchObject([{ status: 'ready' }]);
});

test('an auction is claimed by its own id, once, and never twice', async () => {
  await using gigahost = await open();
  const claim = { auction_id: 311, price_id: 0, billing_period: 'monthly', quantity: 4 };
  const ids = await ordered(gigahost, claim);
  expect(ids).toHaveLength(1);
  expect(await order(gigahost, claim)).toMatchObject({
    status: 400,
    meta: { error: 'Not enough stock to deploy 1 server(s).' },
  });
  expect(await order(gigahost, { ...claim, waitlist: 'reserve' })).toMatchObject({
    status: 400,
    meta: { error: 'Auctions cannot be reserved.' },
  });
});

test('a product can be ordered by its hash', async () => {
  await using gigahost = await open();
  await ordered(gigahost, { pid: undefined, hash: '0badc0ffee', hostnames: ['shop01'] });
  expect(gigahost.sandbox.world.shop.openOrders[0]?.plan.product.id).toBe('7955');
});
