import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';

const rowOf = (rows: Row[], name: string): Row => rows.find(row => row.srv_name === name) ?? {};

test('list and detail of one server spell the same flags differently', async () => {
  await using gigahost = await open();
  const row = rowOf((await gigahost.get<Row[]>('/servers')).data, 'web01');
  const detail = await gigahost.server('web01');
  const spelled = (record: Row) => [
    record.srv_feature_preconf,
    record.srv_status_upgrade,
    record.srv_status_snapshot,
    record.srv_feature_reinstall,
  ];
  expect(spelled(row)).toEqual(['0', '0', false, true]);
  expect(spelled(detail)).toEqual([false, false, '0', 1]);
});

test('a feature flag can even differ in value between list and detail', async () => {
  await using gigahost = await open();
  const row = rowOf((await gigahost.get<Row[]>('/servers')).data, 'web01');
  expect(row.srv_feature_backups).toBe('0');
  expect((await gigahost.server('web01')).srv_feature_backups).toBe(true);
});

test('memory is quoted in the list and bare in detail', async () => {
  await using gigahost = await open();
  const row = rowOf((await gigahost.get<Row[]>('/servers')).data, 'db01');
  expect(row.srv_ram).toBe('8');
  expect((await gigahost.server('db01')).srv_ram).toBe(8);
});

test('an IPv6 row shares its ip_id with the IPv4 row', async () => {
  await using gigahost = await open();
  const ips = (await gigahost.server('mail01')).ips as Row[];
  expect(ips.map(ip => [ip.ip_id, ip.ip_v4v6, ip.ip_address, ip.ip_netmask])).toEqual([
    ['7804', 'ipv4', '198.51.100.25', '255.255.255.0'],
    ['7804', 'ipv6', '2001:db8:51::25', '/118'],
  ]);
});

test('the product of an hourly server is in its order only', async () => {
  await using gigahost = await open();
  expect(await gigahost.server('web01')).toMatchObject({
    product_id: '0',
    order: { product_id: '7955', order_billing_type: 'hourly', hourly: { currency: 'NOK', monthly_cap: 49 } },
  });
  expect(await gigahost.server('db01')).toMatchObject({
    product_id: '7956',
    order: { product_id: '7956', order_billing_type: 'recurring', order_billing_date: '01.11.2026', hourly: null },
  });
});

test('old hardware has an order with hardly a field in it', async () => {
  await using gigahost = await open();
  expect((await gigahost.server('legacy-db')).order).toEqual({ order_billing_date: null });
});

test('a machine created a moment ago is up, new, and has no system', async () => {
  await using gigahost = await open();
  const row = rowOf((await gigahost.get<Row[]>('/servers')).data, 'build01');
  expect(row).toMatchObject({ srv_status: true, srv_status_install: false, srv_new: true, os: null, os_id: '0' });
});

test('virtual machines have no location and no subnets, racked hardware has both', async () => {
  await using gigahost = await open();
  expect(await gigahost.server('web01')).toMatchObject({ location: null, subnets: [], cpus: [], node: 'pmx04' });
  const backup = await gigahost.server('backup01');
  expect(backup).toMatchObject({ location: { rack_name: 'R14' }, node: '', srv_cores: 0 });
  expect(backup.subnets).toMatchObject([{ sub_id: '4105', sub_cidr: '2001:db8:40::/64', sub_ns: '' }]);
  expect(backup.attacklogs).toHaveLength(1);
  expect(backup.hdds).toHaveLength(3);
});

test('records carry secrets, and pictures nobody asked for', async () => {
  await using gigahost = await open();
  const { secrets } = gigahost.sandbox.world.server('web01');
  for (const path of ['/servers', '/servers/18101']) {
    const { data } = await gigahost.get<Row[]>(path);
    expect(data[0]).toMatchObject({
      srv_vnc_password: secrets.vncPassword,
      srv_vnc_token: secrets.vncToken,
      srv_serverkey: secrets.serverKey,
    });
    expect(String((data[0]?.datacenter as Row).region_icon).length).toBeGreaterThan(2000);
  }
});

test('newer replies carry the clock of the server and whether there is maintenance', async () => {
  await using gigahost = await open({ maintenance: true });
  expect((await gigahost.get('/servers')).meta).toMatchObject({ maintenance: true, time: 1_791_201_600 });
  expect((await gigahost.get('/reinstall/distro')).meta).not.toHaveProperty('time');
});
