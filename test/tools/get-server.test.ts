import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { expectBadArguments, expectRefusals, nameTwice } from './support/upstream.js';

test('a server answers to its id, name, label, any of its addresses in any spelling, and a unique beginning', async () => {
  await using mcp = await connect();
  for (const server of [
    '18105',
    'backup01',
    ' Backup01 ',
    'srv18105.gigahost.no',
    '203.0.113.40',
    'back',
    'SRV18105',
  ]) {
    expect((await mcp.call('get_server', { server })).structured, server).toMatchObject({
      id: '18105',
      name: 'backup01',
    });
  }
  for (const server of ['2001:db8:2::10', '2001:0DB8:0002:0:0:0:0:0010', '::ffff:192.0.2.10']) {
    expect((await mcp.call('get_server', { server })).structured, server).toMatchObject({ id: '18101', name: 'web01' });
  }
});

test('a server answers to the host name Gigahost has for it', async () => {
  await using mcp = await connect();
  const row = { srv_id: '18103', srv_name: 'db01', srv_hostname: 'Orders.example.no' };
  mcp.sandbox.misbehave({
    path: /^\/servers$/,
    fault: { kind: 'reply', body: { meta: { status: 200 }, data: [row] } },
  });
  expect((await mcp.call('get_server', { server: 'orders.example.no' })).structured).toMatchObject({ id: '18103' });
});

test('a virtual server is shown with hardware, addresses, price and traffic in units, and times in ISO 8601', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('get_server', { server: 'web01' });
  expect(structured).toMatchObject({
    name: 'web01',
    label: 'srv18101.gigahost.no',
    type: 'vps, kvm',
    state: 'running',
    powered_on: true,
    doing: [],
    os: 'Debian 12 64-bit',
    cores: 2,
    ram_gb: 4,
    disks: ['40 GB NVMe (ok)'],
    addresses: [
      { address: '192.0.2.10', role: 'primary', ptr: 'web01.example.no', nullrouted: false },
      { address: '2001:db8:2::10', role: 'primary' },
    ],
    region: 'Sandefjord',
    order: { product: 'KVM Value VPS 4GB', billing: 'hourly', status: 'active' },
    traffic: { used: 6120, in: 857, out: 5263, unit: 'GB', cap: 20000 },
  });
  expect(structured['created_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const lines = text.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'name: web01',
      'state: running',
      'operating system: Debian 12 64-bit',
      'memory: 4 GB',
      `created: ${String(structured['created_at'])}`,
      'traffic used: 6120 GB of 20000 GB (in 857 GB, out 5263 GB)',
      'address | role | reverse DNS | nullrouted',
      '192.0.2.10 | primary | web01.example.no | no',
    ]),
  );
  expect(text).toMatch(/power: on, measured just now \(\d{4}-\d\d-\d\dT[\d:]+Z\)/);
  expect(text).toMatch(
    /order: KVM Value VPS 4GB, 100541, hourly, active, 0\.07826 NOK an hour, at most 49\.00 NOK a month/,
  );
  expect(text).toMatch(/\d{4}-\d\d-\d\dT[\d:]+Z \| Server created\./);
});

test('hardware is shown with processors, disks, subnets and the attacks on it', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('get_server', { server: 'backup01' });
  expect(structured).toMatchObject({
    type: 'dedicated',
    cpus: ['Intel Xeon E-2236 3400 MHz'],
    disks: ['480 GB SSD PM893 (ok)', '16000 GB HDD MG08ACA16TE (ok)', '16000 GB HDD MG08ACA16TE (ok)'],
    subnets: [{ subnet: '2001:db8:40::/64', nameserver: null }],
    attacks_total: 1,
    order: { price: '1249.00 NOK a month' },
  });
  expect(text).toContain('subnets: 2001:db8:40::/64');
  expect(text).toMatch(/Attacks \(1 of 1\):\n.*attack_start: \d{4}-\d\d-\d\dT[\d:]+Z.*attack_mbps: 8420/);
});

test('of a long history the newest part is shown, newest first', async () => {
  await using mcp = await connect();
  const { world } = mcp.sandbox;
  const server = world.server('backup01');
  const [attack] = server.attacks;
  for (let day = 1; attack && day <= 9; day += 1) {
    const at = world.now() - (10 - day) * 86_400_000;
    server.activity.push({ id: String(day), text: `Entry ${day}.`, at });
    server.attacks.push({ ...attack, id: String(1000 + day), startedAt: at });
  }
  const { text, structured } = await mcp.call('get_server', { server: 'backup01' });
  expect((structured['activity'] as { entry: string }[]).map(({ entry }) => entry)).toEqual(
    [9, 8, 7, 6, 5].map(day => `Entry ${day}.`),
  );
  expect((structured['attacks'] as { attack_id: string }[]).map(row => row.attack_id)).toEqual([
    '1009',
    '1008',
    '1007',
    '1006',
    '1005',
  ]);
  expect(text).toContain('Attacks (5 of 10):');
});

test('old hardware without an order, and switched off, has no order in the answer', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('get_server', { server: 'legacy-db' });
  expect(structured).toMatchObject({ state: 'down', powered_on: false, order: null });
  expect(text).toMatch(/^power: off/m);
  expect(text).not.toMatch(/^order:/m);
});

test('what a server is doing now is told: being built, installing, snapshotting, upgrading, in rescue, with an ISO', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 60_000, snapshotMs: 60_000 } });
  const { world } = mcp.sandbox;
  const doing = async (server: string) => (await mcp.call('get_server', { server })).structured['doing'];
  expect(await doing('build01')).toEqual(['being built']);
  await mcp.call('create_snapshot', { server: 'web02', name: 'now', wait_seconds: 0 });
  expect(await doing('web02')).toEqual(['taking a snapshot']);
  const soon = world.now() + 60_000;
  world.server('db01').upgrade = { packageId: '7957', doneAt: soon };
  expect(await doing('db01')).toEqual(['being upgraded']);
  Object.assign(world.server('backup01'), { rescue: true, isoId: '311' });
  expect(await doing('backup01')).toEqual(['running the rescue system', 'an ISO image is mounted']);
  world.server('legacy-db').suspended = true;
  expect(await doing('legacy-db')).toEqual(['suspended']);
  world.server('web01').install = {
    osId: '118',
    startedAt: world.now(),
    doneAt: soon,
    rootPassword: 'Pw9tKz3mQx7aLd',
    withSshKey: false,
    postScript: 'echo',
  };
  expect(await doing('web01')).toEqual([
    expect.stringMatching(/^installing an operating system since \d{4}-\d\d-\d\dT[\d:]+Z$/),
  ]);
  const { text } = await mcp.call('get_server', { server: 'web01' });
  expect(text).toMatch(/^state: installing$/m);
  expect(text).toMatch(/^operating system: none shown$/m);
});

test('a server with very many addresses is shown with the first of them and their number, and with all its disks', async () => {
  await using mcp = await connect();
  const { addresses } = mcp.sandbox.world.server('backup01');
  const [first] = addresses;
  const { disks } = mcp.sandbox.world.server('backup01');
  for (let n = 1; n <= 20; n += 1)
    disks.push({ id: String(n), vendor: 'W', model: `M${n}`, type: 'HDD', sizeGb: n, serial: '' });
  if (first)
    for (let n = 1; n < 100; n += 1)
      addresses.push({ ...first, id: `9${n}`, address: `203.0.113.${n + 100}`, type: 'extra' });
  const { text, structured } = await mcp.call('get_server', { server: 'backup01' });
  expect(text).toContain('Addresses (40 of 100):');
  expect(text).toMatch(/^disks: 480 GB SSD PM893 \(ok\); .*; 20 GB HDD M20 \(ok\)$/m);
  expect(structured['addresses']).toHaveLength(40);
  expect(structured).toMatchObject({ addresses_total: 100 });
});

test('a power state that Gigahost refuses to tell is unknown, and the rest is shown all the same', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ path: /powerstate$/, fault: { kind: 'status', status: 405 } });
  const { text, structured } = await mcp.call('get_server', { server: 'web01' });
  expect(structured).toMatchObject({ name: 'web01', powered_on: null });
  expect(text).toMatch(/^power: not told by Gigahost right now$/m);
});

test('an unknown server and a name or beginning that fits two are answered with what there is', async () => {
  await using mcp = await connect();
  await expectRefusals(mcp, 'get_server', [
    [
      { server: 'shop' },
      /No server is called "shop"\. There are: backup01, build01, db01, legacy-db, mail01, web01, web02\./,
    ],
    [{ server: '99999' }, /No server is called "99999"/],
    [{ server: '192.0.2.99' }, /No server is called "192\.0\.2\.99"/],
    [{ server: 'eb01' }, /Did you mean web01 \(VPS 18101, 192\.0\.2\.10\)\?/],
    [
      { server: 'web' },
      /"web" matches 2 servers: web01 \(VPS 18101, 192\.0\.2\.10\); web02 \(VPS 18102, 192\.0\.2\.11\)/,
    ],
  ]);
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'get_server', [
    [{ server: 'web01' }, /"web01" matches 2 servers: .*18101.*18102.* Use an id or an address\./],
  ]);
  expect((await mcp.call('get_server', { server: '18102' })).structured).toMatchObject({ id: '18102', name: 'web01' });
});

test('a server that Gigahost hides for a moment is not called gone, and keeps its name to itself', async () => {
  await using mcp = await connect();
  nameTwice(mcp.sandbox);
  mcp.sandbox.world.server('18102').name = 'twin';
  mcp.sandbox.world.server('18101').name = 'twin';
  await mcp.call('list_servers');
  mcp.sandbox.hide('18102', 60_000);
  mcp.sandbox.hide('db01', 60_000);
  await expectRefusals(mcp, 'get_server', [
    [
      { server: 'db01' },
      /db01 \(VPS 18103, 192\.0\.2\.20\) was there a short while ago and is not visible now\..* try again then/,
    ],
    [{ server: 'twin' }, /"twin" matches 2 servers: .*18101.*18102/],
    [{ server: 'cloud' }, /No server is called "cloud".* before concluding that it is gone, try again/],
  ]);
});

test('a server beyond the part of the list that Gigahost sent answers to its id', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.pageSize = 2;
  expect((await mcp.call('get_server', { server: '18107' })).structured).toMatchObject({ name: 'legacy-db' });
  await expectRefusals(mcp, 'get_server', [[{ server: 'legacy-db' }, /Gigahost sent only part of the list/]]);
});

test('a reply about another server is not shown as the one asked for', async () => {
  await using mcp = await connect();
  const other = { meta: { status: 200 }, data: [{ srv_id: '18102', srv_name: 'web01' }] };
  mcp.sandbox.misbehave({ path: /^\/servers\/18101$/, fault: { kind: 'reply', body: other } });
  await expectRefusals(mcp, 'get_server', [
    [{ server: 'web01' }, /Could not read the server: "the answer is about another server"/],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect();
  await expectBadArguments(mcp, 'get_server', [
    [{}, /server is missing\. It takes server\./],
    [{ server: '  ' }, /server must not be empty/],
    [{ server: 18101 }, /server must be a text/],
    [{ server: 'web01', server_id: '1' }, /unknown argument "server_id"/],
  ]);
});
