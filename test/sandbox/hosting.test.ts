import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';

interface List {
  hosting: Row[];
}

const DAY = 86_400_000;
const rows = async (gigahost: Gigahost, authorization?: string): Promise<Row[]> =>
  (await gigahost.get<List>('/webhosting', authorization === undefined ? {} : { authorization })).data.hosting;
const detail = async (gigahost: Gigahost, id: string): Promise<Row> =>
  (await gigahost.get<{ hosting: Row }>(`/webhosting/${id}`)).data.hosting;

test('the list is wrapped and tells both accounts of the demo', async () => {
  await using gigahost = await open();
  expect(await rows(gigahost)).toEqual([
    {
      hosting_id: '4101',
      domain: 'fjordkaffe.no',
      username: 'fjordkaf',
      package: 'Webhotell Medium',
      status: 'active',
      created_date: '2024-08-06',
      order_number: '100087',
      order_renewal: '2027-08-06',
      order_status: 'active',
    },
    expect.objectContaining({ hosting_id: '4102', domain: 'kaffe-abonnement.no', package: 'Webhotell Small' }),
  ]);
});

test('the detail adds order and usage, and the small account is close to its quota', async () => {
  await using gigahost = await open();
  const account = await detail(gigahost, '4102');
  expect(account.order).toMatchObject({
    billing_period: '3',
    rate_monthly: '29.00000',
    order_billing_date: '21.10.2026',
  });
  expect(account.usage).toMatchObject({ disk_used: '978.00', disk_quota: '1024', disk_unit: 'MB' });
});

test('statistics count what there is', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<{ stats: Row }>('/webhosting/4101/stats');
  expect(data.stats).toMatchObject({ emails: '3', email_forwarders: '1', ftp: '1', databases: '1', installations: 1 });
});

test('a key limited to one account sees a shorter list and is refused elsewhere', async () => {
  await using gigahost = await open();
  const secret = gigahost.sandbox.addApiKey({ webhosting: { mode: 'r', all: false, ids: ['4102'] } });
  const authorization = `Bearer ${secret}`;
  expect((await rows(gigahost, authorization)).map(row => row.hosting_id)).toEqual(['4102']);
  expect((await gigahost.get('/webhosting/4102/emails', { authorization })).status).toBe(200);
  expect((await gigahost.get('/webhosting/4101/emails', { authorization })).status).toBe(403);
  const write = await gigahost.call('PUT', '/webhosting/4102/email-dkim', { authorization, body: { enable: true } });
  expect(write.status).toBe(403);
});

test('a key of another category is refused', async () => {
  await using gigahost = await open();
  const authorization = `Bearer ${gigahost.sandbox.addApiKey({ servers: { mode: 'rw', all: true } })}`;
  expect((await gigahost.get('/webhosting', { authorization })).status).toBe(403);
});

test('an order answers 201, is pending at first, and is billed at once', async () => {
  await using gigahost = await open({ installMs: 8000 });
  const before = gigahost.sandbox.world.invoices.length;
  const body = { zone_id: '3304', product_id: 6102, billing_period: 12, update_dns: 1 };
  const { status, data } = await gigahost.call<Row>('POST', '/webhosting', { body });
  expect(status).toBe(201);
  expect(data).toMatchObject({ domain: 'kunde.example', username: 'kunde' });
  const id = String(data.hosting_id);
  expect(await detail(gigahost, id)).toMatchObject({ status: 'pending', order_renewal: '2027-10-05' });
  gigahost.advance(8000);
  expect(await detail(gigahost, id)).toMatchObject({ status: 'active' });
  const { invoices } = gigahost.sandbox.world;
  expect(invoices).toHaveLength(before + 1);
  expect(invoices[0]).toMatchObject({
    net: 12 * 5900,
    paid: false,
    orderNumber: (await detail(gigahost, id)).order_number,
  });
});

test('an order in the wrong form, or for what is not there, costs nothing', async () => {
  await using gigahost = await open();
  const before = gigahost.sandbox.world.invoices.length;
  const order = { zone_id: '3304', product_id: '6101', billing_period: 1 };
  const place = async (change: Row) =>
    (await gigahost.call('POST', '/webhosting', { body: { ...order, ...change } })).status;
  expect(await place({ billing_period: 'monthly' })).toBe(400);
  expect(await place({ billing_period: 2 })).toBe(400);
  expect(await place({ update_dns: true })).toBe(400);
  expect(await place({ zone_id: '0' })).toBe(400);
  expect(await place({ zone_id: '3399' })).toBe(404);
  expect(await place({ product_id: '7956' })).toBe(404);
  expect(await place({ zone_id: '3302' })).toBe(400);
  expect(gigahost.sandbox.world.invoices).toHaveLength(before);
  expect(await rows(gigahost)).toHaveLength(2);
});

test('a larger package with more than 30 days left issues an invoice for the difference', async () => {
  await using gigahost = await open();
  const before = gigahost.sandbox.world.invoices.length;
  const reply = await gigahost.call('PUT', '/webhosting/4101', { body: { product_id: '6103' } });
  expect(reply).toMatchObject({ status: 200, data: [] });
  expect(await detail(gigahost, '4101')).toMatchObject({ package: 'Webhotell Large', product_id: 6103 });
  expect(gigahost.sandbox.world.invoices).toHaveLength(before + 1);
  expect(gigahost.sandbox.world.invoices[0]?.net).toBe(Math.round((6000 * 305) / 30));
});

test('with 16 days left the move is free until the next invoice', async () => {
  await using gigahost = await open();
  const before = gigahost.sandbox.world.invoices.length;
  expect((await gigahost.call('PUT', '/webhosting/4102', { body: { product_id: 6102 } })).status).toBe(200);
  expect((await detail(gigahost, '4102')).package).toBe('Webhotell Medium');
  expect(gigahost.sandbox.world.invoices).toHaveLength(before);
});

test('a package that is too small, unknown, or the present one is refused', async () => {
  await using gigahost = await open();
  const move = async (product_id: unknown) =>
    (await gigahost.call('PUT', '/webhosting/4101', { body: { product_id } })).status;
  expect(await move('6101')).toBe(400);
  expect(await move('6102')).toBe(400);
  expect(await move('6199')).toBe(404);
  expect((await detail(gigahost, '4101')).package).toBe('Webhotell Medium');
});

test('a cancelled account stays until its next billing date and then leaves the list', async () => {
  await using gigahost = await open();
  const cancel = (body: Row) => gigahost.call('DELETE', '/webhosting/4102/cancel', { body });
  expect((await cancel({})).status).toBe(400);
  expect((await cancel({ reason: 'moved', early_termination: 1 })).status).toBe(400);
  expect((await cancel({ reason: 'moved' })).status).toBe(200);
  expect(await detail(gigahost, '4102')).toMatchObject({ order_status: 'cancelled', order_renewal: null });
  expect((await cancel({ reason: 'moved' })).status).toBe(400);
  gigahost.advance(16 * DAY);
  expect((await gigahost.get('/webhosting/4102')).status).toBe(404);
  expect((await rows(gigahost)).map(row => row.hosting_id)).toEqual(['4101']);
});

test('a scheduled end credits what is not due yet', async () => {
  await using gigahost = await open();
  const order = { zone_id: 3304, product_id: 6101, billing_period: 1 };
  const { data } = await gigahost.call<Row>('POST', '/webhosting', { body: order });
  await gigahost.call('DELETE', `/webhosting/${String(data.hosting_id)}/cancel`, { body: { reason: 'a mistake' } });
  const [credit, invoice] = gigahost.sandbox.world.invoices;
  expect([credit, invoice]).toMatchObject([
    { net: -2900, paid: true },
    { net: 2900, paid: true, orderId: credit?.orderId },
  ]);
});

test('early termination deletes the account at once', async () => {
  await using gigahost = await open();
  const body = { reason: 'closing', early_termination: true };
  expect((await gigahost.call('DELETE', '/webhosting/4102/cancel', { body })).status).toBe(200);
  expect((await gigahost.get('/webhosting/4102/stats')).status).toBe(404);
});
