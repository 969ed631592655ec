import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';
import { followed, INSTALL_MS, order, ordered, SMALL } from './support/shop.js';

test('an order by the hour is answered with bare ids, the rate and the most a month costs', async () => {
  await using gigahost = await open();
  const { data } = await order(gigahost, { hostnames: ['shop01'] });
  expect(data).toMatchObject({
    success: true,
    quantity: 1,
    rate_hourly: 0.07826,
    monthly_cap: 49,
    currency: 'NOK',
    order_ids: [expect.any(Number)],
    order_numbers: [expect.any(Number)],
  });
  expect(JSON.stringify(data)).not.toMatch(/passw/);
});

test('an order waits, gets a machine, installs, and is ready', async () => {
  await using gigahost = await open();
  const ids = await ordered(gigahost, { hostnames: ['shop01'] });
  expect(await followed(gigahost, ids)).toEqual([
    {
      order_id: ids[0],
      order_number: expect.any(String) as string,
      hostname: 'shop01',
      srv_id: 0,
      ip: '',
      ipv6: '',
      status: 'waiting',
      password: '',
      app: null,
      install_progress: null,
    },
  ]);
  gigahost.advance(INSTALL_MS / 6);
  const [allocated] = await followed(gigahost, ids);
  expect(allocated).toMatchObject({ status: 'deploying', ip: '192.0.2.40', ipv6: '2001:db8:2::40', password: '' });
  expect(await gigahost.server('shop01')).toMatchObject({
    srv_id: String(allocated?.srv_id),
    srv_status: true,
    srv_new: '1',
    srv_status_install: '0',
    os: null,
    os_id: '0',
  });
  gigahost.advance(INSTALL_MS / 6);
  const [installing] = await followed(gigahost, ids);
  expect(installing?.status).toBe('installing');
  expect(installing?.password).toMatch(/^\S{14}$/);
  expect((await gigahost.server('shop01')).install_details).toMatchObject({ root_password: installing?.password });
  gigahost.advance((INSTALL_MS * 2) / 3);
  const { data } = await gigahost.get<Row>(`/deploy/status?ids=${ids[0]}`);
  expect(data).toMatchObject({ all_ready: true, servers: [{ status: 'ready', password: '' }] });
  expect(await gigahost.server('shop01')).toMatchObject({
    srv_new: '0',
    os: { os_id: '118' },
    srv_primary_ip: '192.0.2.40',
    srv_ram: 4,
    order: { order_id: String(ids[0]), order_billing_type: 'hourly', product_id: '7955' },
    datacenter: { region_id: '1', dc_name: 'DC4' },
  });
});

test('an order whose time has long passed is ready at the first look, and without a host name it has its label', async () => {
  await using gigahost = await open();
  const ids = await ordered(gigahost, {});
  gigahost.advance(3_600_000);
  const [row] = await followed(gigahost, ids);
  expect(row).toMatchObject({ status: 'ready', hostname: `srv${String(row?.srv_id)}.gigahost.no` });
});

test('with SSH keys there is no password at any time', async () => {
  await using gigahost = await open();
  const ids = await ordered(gigahost, { ssh_keys: ['51', 52], hostnames: ['shop01'] });
  gigahost.advance(INSTALL_MS / 2);
  expect(await followed(gigahost, ids)).toMatchObject([{ status: 'installing', password: '' }]);
  expect((await gigahost.server('shop01')).install_details).toMatchObject({ sshkey: '1', root_password: '' });
});

test('one order places a server for each host name, with an address of its own', async () => {
  await using gigahost = await open();
  const ids = await ordered(gigahost, { quantity: 3, hostnames: ['a.example.no', 'b.example.no', 'c.example.no'] });
  expect(ids).toHaveLength(3);
  gigahost.advance(INSTALL_MS);
  const rows = await followed(gigahost, ids);
  expect(rows.map(row => [row.hostname, row.ip])).toEqual([
    ['a.example.no', '192.0.2.40'],
    ['b.example.no', '192.0.2.41'],
    ['c.example.no', '192.0.2.42'],
  ]);
  const { data } = await gigahost.get<Row[]>('/servers');
  expect(data.slice(-3).map(row => row.srv_name)).toEqual(['a.example.no', 'b.example.no', 'c.example.no']);
  for (const key of ['srv_id', 'srv_primary_ip']) expect(new Set(data.map(row => row[key])).size).toBe(data.length);
});

test('a rescue system keeps its password in view, and an image boots without one', async () => {
  await using gigahost = await open();
  const { os_id: _, ...bare } = SMALL;
  const place = async (body: Row): Promise<unknown> => {
    const { data } = await gigahost.call<Row>('POST', '/deploy/servers', { body: { ...bare, ...body } });
    return (data.order_ids as number[])[0];
  };
  const ids = [await place({ rescue: 1, hostnames: ['r01'] }), await place({ iso_id: 312, hostnames: ['i01'] })];
  gigahost.advance(INSTALL_MS);
  const [rescue, iso] = await followed(gigahost, ids);
  expect(rescue).toMatchObject({ status: 'rescue', password: expect.stringMatching(/^\S{14}$/) as string });
  expect(iso).toMatchObject({ status: 'iso', password: '' });
  expect(await gigahost.server('r01')).toMatchObject({ srv_status_rescue: '1', srv_new: '0', os: null });
  expect(await gigahost.server('i01')).toMatchObject({ iso_id: '312', os: null });
});

test('orders known to nobody are left out of the status, and no ids are an error', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row>('/deploy/status?ids=5401,123');
  expect(data).toMatchObject({ all_ready: true, servers: [{ order_id: 5401, hostname: 'web01', srv_id: 18_101 }] });
  expect((await gigahost.get<Row>('/deploy/status?ids=123')).data).toEqual({ servers: [], all_ready: false });
  for (const query of ['', '?ids=', '?ids=1;2'])
    expect(await gigahost.get(`/deploy/status${query}`)).toMatchObject({
      status: 400,
      meta: { error: 'Required field is invalid: ids' },
    });
});

test('a server in Oslo stands in another datacentre', async () => {
  await using gigahost = await open();
  await ordered(gigahost, { region_id: 2, hostnames: ['oslo01'] });
  gigahost.advance(INSTALL_MS);
  expect(await gigahost.server('oslo01')).toMatchObject({
    srv_primary_ip: '203.0.113.140',
    datacenter: { region_id: '2', region_name: 'Oslo', dc_name: 'DC7' },
  });
});

test('hardware comes with what the catalogue promised', async () => {
  await using gigahost = await open();
  const opts = { 31: 311 };
  gigahost.sandbox.world.account.credit = 1_000_000;
  const { data } = await order(gigahost, { pid: 4876, price_id: 3406, hostnames: ['metal01'], opts, backups: 1 });
  // 349 and 99 for the disk, and a quarter for backups.
  expect(data).toMatchObject({ monthly_cap: 560, rate_hourly: 0.89444 });
  gigahost.advance(INSTALL_MS);
  expect(await gigahost.server('metal01')).toMatchObject({
    srv_type: 'dedicated',
    srv_ram: 16,
    cpus: [{ cpu_full_name: 'Intel Core i5-2400' }],
    hdds: [{ hdd_type: 'SSD', hdd_size: '500.00' }],
    order: { order_total: '560.00', hourly: { monthly_cap: 560 } },
  });
  expect(gigahost.sandbox.world.shop.products.find(({ id }) => id === '4876')?.stock).toBe(1);
});

test('an order whose answer is lost has been placed, and can be found by its host name', async () => {
  await using gigahost = await open();
  gigahost.sandbox.misbehave({ method: 'POST', path: /deploy\/servers/, fault: { kind: 'drop', when: 'after' } });
  await expect(order(gigahost, { hostnames: ['shop01'] })).rejects.toThrow();
  const { data } = await gigahost.get<Row>('/account');
  expect((data.orders as Row[]).at(-1)).toMatchObject({
    order_status: 'active',
    products: [{ srv_id: '0', product_id: '7955', srv_name: 'shop01' }],
  });
  gigahost.advance(INSTALL_MS);
  expect((await gigahost.server('shop01')).srv_new).toBe('0');
});

test('a reinstall that comes first is not undone by the setup', async () => {
  await using gigahost = await open();
  await ordered(gigahost, { hostnames: ['shop01'] });
  gigahost.advance(INSTALL_MS / 6);
  const { id } = gigahost.sandbox.world.server('shop01');
  const body = { os_id: '101', hostname: 'shop01', language: 'nb_NO', keyboard: 'no', timezone: 'UTC' };
  expect((await gigahost.call('POST', `/servers/${id}/reinstall`, { body })).status).toBe(200);
  gigahost.advance(INSTALL_MS * 2);
  expect(await gigahost.server('shop01')).toMatchObject({ os: { os_id: '101' } });
});
