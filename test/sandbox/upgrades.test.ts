import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';

test('upgrades have the shape seen live, with prices of five decimals', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row[]>('/servers/18104/upgrade');
  expect(data[0]).toEqual({
    product_id: 7956,
    product_name: 'KVM Value VPS 8GB',
    product_vm_cores: '4',
    product_vm_memory: '8',
    product_vm_storage: '80',
    product_vm_bw: '20000',
    product_vm_bw_type: 'quota',
    rate_monthly: '79.00000',
    currency_code: 'NOK',
  });
});

test('only larger packages are offered, and none for hardware', async () => {
  await using gigahost = await open();
  const sizes = async (id: string) =>
    (await gigahost.get<Row[]>(`/servers/${id}/upgrade`)).data.map(row => row.product_vm_memory);
  expect(await sizes('18103')).toEqual(['16', '32']);
  expect(await sizes('18107')).toEqual([]);
});

test('an hourly server refuses every upgrade', async () => {
  await using gigahost = await open();
  for (const body of [{ pkg_id: '7956' }, { product_id: '7956' }, { pkg_id: 7957 }])
    expect((await gigahost.call('POST', '/servers/18101/upgrade', { body })).status).toBe(400);
});

test('an upgrade of a recurring server takes a few seconds', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('POST', '/servers/18103/upgrade', { body: { pkg_id: '7957' } })).status).toBe(200);
  expect(await gigahost.server('db01')).toMatchObject({ srv_status_upgrade: true, srv_ram: 8 });
  gigahost.advance(5000);
  expect(await gigahost.server('db01')).toMatchObject({
    srv_status_upgrade: false,
    srv_ram: 16,
    srv_cores: 6,
    product_id: '7957',
    order: { product_id: '7957', order_total: '149.00' },
    hdds: [{ hdd_size: '160.00' }],
  });
});

test('an upgrade to an unknown or smaller package is not found, and a second one has to wait', async () => {
  await using gigahost = await open();
  const upgrade = async (body: Row) => (await gigahost.call('POST', '/servers/18103/upgrade', { body })).status;
  expect(await upgrade({ pkg_id: '7954' })).toBe(404);
  expect(await upgrade({ pkg_id: '1' })).toBe(404);
  expect(await upgrade({})).toBe(400);
  expect(await upgrade({ pkg_id: '7957' })).toBe(200);
  expect(await upgrade({ pkg_id: '7958' })).toBe(400);
});
