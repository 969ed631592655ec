import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';

test('ISO images are refused on an hourly server', async () => {
  await using gigahost = await open();
  expect((await gigahost.get('/servers/18101/isos')).status).toBe(400);
  expect((await gigahost.call('POST', '/servers/18101/isos', { body: { iso_id: '311' } })).status).toBe(400);
});

test('a mounted image shows in the list and on the record', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('POST', '/servers/18103/isos', { body: { iso_id: 311 } })).status).toBe(200);
  const { data } = await gigahost.get<Row[]>('/servers/18103/isos');
  expect(data.map(row => [row.iso_id, row.iso_mounted])).toEqual([
    ['311', '1'],
    ['312', '0'],
    ['313', '0'],
  ]);
  expect(await gigahost.server('db01')).toMatchObject({ iso_id: '311', srv_status_mount: '1' });
});

test('an image is mounted on one machine at a time in its own list only', async () => {
  await using gigahost = await open();
  await gigahost.call('POST', '/servers/18103/isos', { body: { iso_id: 311 } });
  const { data } = await gigahost.get<Row[]>('/servers/18104/isos');
  expect(data.every(row => row.iso_mounted === '0')).toBe(true);
});

test('an image that is still uploading, an unknown one, and none at all cannot be mounted', async () => {
  await using gigahost = await open();
  const mount = async (body: Row) => (await gigahost.call('POST', '/servers/18103/isos', { body })).status;
  expect(await mount({ iso_id: '313' })).toBe(400);
  expect(await mount({ iso_id: '999' })).toBe(404);
  expect(await mount({ iso_id: '0' })).toBe(400);
  expect(gigahost.sandbox.world.server('db01').isoId).toBeNull();
});
