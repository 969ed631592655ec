import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';
import { followed } from './support/shop.js';

const cancel = (gigahost: Gigahost, id: string, body?: Row) =>
  gigahost.call('POST', `/servers/${id}/cancel`, body && { body });

const listed = async (gigahost: Gigahost, id: string): Promise<Row | undefined> =>
  (await gigahost.get<Row[]>('/servers')).data.find(row => row.srv_id === id);

test('an hourly server lingers as cancelled, in two spellings, and is gone after a while', async () => {
  await using gigahost = await open();
  const { status, meta } = await cancel(gigahost, '18101', { reason: 'Not needed.' });
  expect([status, meta.message]).toEqual([200, 'Server has been cancelled.']);
  expect((await listed(gigahost, '18101'))?.order).toMatchObject({ order_status: 'Cancelled' });
  expect(await gigahost.server('web01')).toMatchObject({
    srv_status: false,
    cancelled: { cancel_reason: 'Not needed.' },
    order: { order_status: 'cancelled', order_cancel_reason: 'Not needed.' },
  });
  gigahost.advance(5000);
  expect(await listed(gigahost, '18101')).toBeUndefined();
  expect((await gigahost.get('/servers/18101')).status).toBe(404);
  const { data } = await gigahost.get<Row>('/billing');
  expect((data.hourly as Row[]).map(row => row.srv_name)).toEqual(['web02', 'build01']);
  expect(await followed(gigahost, [5401])).toEqual([]);
  expect(gigahost.sandbox.world.snapshots.map(({ serverId }) => serverId)).toEqual(['18104']);
});

test('a second cancel is refused with 400, even when the server is gone; a server that never was is not found', async () => {
  await using gigahost = await open();
  await cancel(gigahost, '18102');
  expect((await cancel(gigahost, '18102')).status).toBe(400);
  gigahost.advance(5000);
  expect((await cancel(gigahost, '18102')).status).toBe(400);
  expect((await cancel(gigahost, '99999')).status).toBe(404);
});

test('a server paid ahead runs to the end of its term', async () => {
  await using gigahost = await open();
  expect((await cancel(gigahost, '18103')).status).toBe(200);
  expect(await gigahost.server('db01')).toMatchObject({
    srv_status: true,
    cancelled: { cancel_date: '01.11.2026' },
    order: { order_status: 'cancelled' },
  });
  gigahost.advance(26 * 24 * 3_600_000);
  expect(await listed(gigahost, '18103')).toMatchObject({ srv_name: 'db01' });
  gigahost.advance(24 * 3_600_000);
  expect(await listed(gigahost, '18103')).toBeUndefined();
});

test('with early termination it ends at once', async () => {
  await using gigahost = await open();
  await cancel(gigahost, '18103', { early_termination: 1 });
  gigahost.advance(5000);
  expect(await listed(gigahost, '18103')).toBeUndefined();
});

test('early termination is 0 or 1 and nothing else', async () => {
  await using gigahost = await open();
  expect((await cancel(gigahost, '18103', { early_termination: true })).status).toBe(400);
  expect((await gigahost.server('db01')).cancelled).toBeNull();
});

test('a key limited to other servers cannot cancel', async () => {
  await using gigahost = await open();
  const authorization = `Bearer ${gigahost.sandbox.addApiKey({ servers: { mode: 'rw', all: false, ids: ['18101'] } })}`;
  expect((await gigahost.call('POST', '/servers/18102/cancel', { authorization })).status).toBe(403);
});

test('DELETE on a server is not allowed', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', '/servers/18101')).status).toBe(405);
});
