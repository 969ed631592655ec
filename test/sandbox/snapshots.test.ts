import { expect, test } from 'vitest';
import { open, START, type Row } from './support/open.js';

test('a snapshot is pending first and completed later', async () => {
  await using gigahost = await open({ snapshotMs: 5000 });
  const newest = async () => (await gigahost.get<Row[]>('/servers/18101/snapshots')).data.at(-1);
  const { status, data } = await gigahost.call('POST', '/servers/18101/snapshot', { body: { name: 'before 13' } });
  expect({ status, data }).toEqual({ status: 200, data: [] });
  expect(await newest()).toMatchObject({ snap_display_name: 'before 13', snap_state: 'pending' });
  expect(await gigahost.server('web01')).toMatchObject({ srv_status_snapshot: '1' });
  gigahost.advance(5000);
  expect(await newest()).toMatchObject({ snap_display_name: 'before 13', snap_state: 'completed' });
  expect(await gigahost.server('web01')).toMatchObject({ srv_status_snapshot: '0' });
});

test('two snapshots may have one display name, never one id or internal name', async () => {
  await using gigahost = await open();
  await gigahost.call('POST', '/servers/18101/snapshot', { body: { name: 'before-upgrade' } });
  const { data } = await gigahost.get<Row[]>('/servers/18101/snapshots');
  const alike = data.filter(row => row.snap_display_name === 'before-upgrade');
  expect(alike).toHaveLength(2);
  expect(new Set(alike.map(row => row.snap_id)).size).toBe(2);
  expect(new Set(alike.map(row => row.snap_name)).size).toBe(2);
});

test('the demo account has a recent snapshot and one that is nine days old', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row[]>('/servers/18101/snapshots');
  const days = data.map(row => Math.floor((START / 1000 - Number(row.snap_time)) / 86_400));
  expect(data.map(row => row.snap_id)).toEqual(['3101', '3102']);
  expect(days).toEqual([9, 2]);
});

test('a snapshot needs a name', async () => {
  await using gigahost = await open();
  for (const body of [{}, { name: '' }, { name: 7 }])
    expect((await gigahost.call('POST', '/servers/18101/snapshot', { body })).status).toBe(400);
  expect(gigahost.sandbox.world.snapshotsOf('web01')).toHaveLength(2);
});

test('while a snapshot is pending the machine takes no other one, no reboot and no reinstall', async () => {
  await using gigahost = await open();
  await gigahost.call('POST', '/servers/18101/snapshot', { body: { name: 'a' } });
  const system = { os_id: 118, language: 'en_US', keyboard: 'no', timezone: 'Europe/Oslo', hostname: 'web01' };
  const refusals = [
    await gigahost.call('POST', '/servers/18101/snapshot', { body: { name: 'b' } }),
    await gigahost.get('/servers/18101/reboot'),
    await gigahost.call('POST', '/servers/18101/reinstall', { body: system }),
  ];
  for (const refusal of refusals)
    expect(refusal).toMatchObject({ status: 400, meta: { message: 'Snapshot is currently being created.' } });
});

test('a deleted snapshot is gone, and deleting it again gives 404', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', '/servers/18101/snapshot/3101')).status).toBe(200);
  const { data } = await gigahost.get<Row[]>('/servers/18101/snapshots');
  expect(data.map(row => row.snap_id)).toEqual(['3102']);
  expect((await gigahost.call('DELETE', '/servers/18101/snapshot/3101')).status).toBe(404);
});

test('a pending snapshot cannot be deleted', async () => {
  await using gigahost = await open();
  await gigahost.call('POST', '/servers/18101/snapshot', { body: { name: 'a' } });
  const id = gigahost.sandbox.world.snapshotsOf('web01').at(-1)?.id;
  expect((await gigahost.call('DELETE', `/servers/18101/snapshot/${id}`)).status).toBe(400);
  expect(gigahost.sandbox.world.snapshotsOf('web01')).toHaveLength(3);
});

test('a snapshot of another server cannot be deleted by its id', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', '/servers/18101/snapshot/3103')).status).toBe(404);
  expect(gigahost.sandbox.world.snapshotsOf('mail01')).toHaveLength(1);
});

test('hardware has no snapshots', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('POST', '/servers/18105/snapshot', { body: { name: 'a' } })).status).toBe(400);
});
