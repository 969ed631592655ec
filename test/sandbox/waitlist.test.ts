import { expect, test } from 'vitest';
import { open, START, type Gigahost, type Row } from './support/open.js';
import { followed, INSTALL_MS, order } from './support/shop.js';

const LARGE = { pid: 7958, price_id: 4063 };

const list = async (gigahost: Gigahost): Promise<{ reservations: Row[]; notifications: Row[] }> =>
  (await gigahost.get<{ reservations: Row[]; notifications: Row[] }>('/deploy/waitlist')).data;

const leave = (gigahost: Gigahost, body: Row) => gigahost.call('DELETE', '/deploy/waitlist', { body });

test('the demo account waits for a large server and wants to hear of storage', async () => {
  await using gigahost = await open();
  expect(await list(gigahost)).toEqual({
    reservations: [
      {
        order_id: 5408,
        order_number: '100548',
        product_name: 'KVM Value VPS 32GB',
        region_id: '1',
        region_name: 'Sandefjord',
        billing_type: 'hourly',
        total: '289.00',
        currency: 'NOK',
        reserved_at: START / 1000 - 74 * 3600,
      },
    ],
    notifications: [
      {
        notify_id: '71',
        product_id: 4880,
        product_name: 'Storage - Intel Xeon E-2236 64GB',
        region_id: '1',
        region_name: 'Sandefjord',
        signed_up_at: String(START / 1000 - 26 * 24 * 3600),
      },
    ],
  });
});

test('a sold-out product can be reserved, and a reservation has no status', async () => {
  await using gigahost = await open();
  const { data } = await order(gigahost, { ...LARGE, waitlist: 'reserve', hostnames: ['big01'] });
  expect(data).toMatchObject({ success: true, mode: 'reserve', waitlisted: true, quantity: 1 });
  const [id] = data.order_ids as number[];
  expect((await list(gigahost)).reservations.map(row => row.order_id)).toEqual([5408, id]);
  expect(await followed(gigahost, [id])).toEqual([]);
  expect(gigahost.sandbox.world.account.credit).toBe(50_000);
});

test('signing up for an alert orders nothing, and twice is once', async () => {
  await using gigahost = await open();
  const { data } = await order(gigahost, { ...LARGE, waitlist: 'notify' });
  expect(data).toMatchObject({ mode: 'notify', waitlisted: true });
  expect(data).not.toHaveProperty('order_ids');
  await order(gigahost, { ...LARGE, waitlist: 'notify' });
  expect((await list(gigahost)).notifications.map(row => row.product_id)).toEqual([4880, 7958]);
});

test('with stock the wish to wait is ignored, and without the product being eligible it does not help', async () => {
  await using gigahost = await open();
  expect((await order(gigahost, { waitlist: 'notify' })).data).toHaveProperty('order_ids');
  expect(await order(gigahost, { pid: 8101, price_id: 4301, waitlist: 'reserve' })).toMatchObject({ status: 400 });
});

test('reservation and alert are cancelled by ids of their own, in the body of a DELETE', async () => {
  await using gigahost = await open();
  expect(await leave(gigahost, { order_id: 5408 })).toMatchObject({
    status: 200,
    data: { success: true, message: 'Reservation has been cancelled.' },
  });
  expect(await leave(gigahost, { notify_id: '71' })).toMatchObject({ status: 200, data: { success: true } });
  expect(await list(gigahost)).toEqual({ reservations: [], notifications: [] });
  expect(await leave(gigahost, { order_id: 5408 })).toMatchObject({
    status: 404,
    meta: { error: 'Reservation was not found or is no longer cancellable.' },
  });
  expect(await leave(gigahost, { notify_id: 71 })).toMatchObject({
    status: 404,
    meta: { error: 'Notification signup was not found.' },
  });
  for (const body of [{}, { order_id: 5408, notify_id: 71 }])
    expect(await leave(gigahost, body)).toMatchObject({
      status: 400,
      meta: { error: 'Provide order_id or notify_id.' },
    });
});

test('new stock turns a reservation into a server of the same order, and ends the alerts', async () => {
  await using gigahost = await open();
  await order(gigahost, { ...LARGE, waitlist: 'reserve' });
  await order(gigahost, { ...LARGE, waitlist: 'notify' });
  gigahost.sandbox.world.restock('7958', 1);
  const left = await list(gigahost);
  expect([left.reservations.length, left.notifications.map(row => row.product_id)]).toEqual([1, [4880]]);
  expect(left.reservations[0]?.order_id).not.toBe(5408);
  gigahost.advance(INSTALL_MS);
  expect(await followed(gigahost, [5408])).toMatchObject([{ hostname: 'build02', status: 'ready' }]);
  expect(await gigahost.server('build02')).toMatchObject({ srv_ram: 32, order: { order_id: '5408' } });
});

test('a reservation nobody can pay for at the time is billed, and built once it is paid', async () => {
  await using gigahost = await open();
  const { world } = gigahost.sandbox;
  const { data } = await order(gigahost, { ...LARGE, waitlist: 'reserve', billing_period: 'annual' });
  world.restock('7958', 2);
  const [id] = data.order_ids as number[];
  expect(world.invoices[0]).toMatchObject({ orderId: String(id), paid: false, net: 312_120 });
  gigahost.advance(INSTALL_MS);
  expect(await followed(gigahost, [id])).toMatchObject([{ status: 'waiting' }]);
});
