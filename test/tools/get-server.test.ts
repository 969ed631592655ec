import type { Client } from '@modelcontextprotocol/client';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { everythingIn, expectBadArguments, expectRefusals, nameTwice } from './support/upstream.js';

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
      { address: '192.0.2.10', role: 'primary', ptr: 'web01.fjordkaffe.example', nullrouted: false },
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
      '192.0.2.10 | primary | web01.fjordkaffe.example | no',
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
  expect(text).toContain('\nSubnets:\nsubnet | reverse DNS at\n2001:db8:40::/64 | -\n');
  expect(text).toMatch(
    /\nAttacks:\naddress \| type \| started at \| ended at \| peak Mbit\/s \| peak packets\/s \| id\n203\.0\.113\.40 \| - \| \d{4}-[\dT:-]+Z \| \d{4}-[\dT:-]+Z \| 8420 \| - \| \d+\n/,
  );
  expect(structured['attacks']).toEqual([
    {
      id: expect.stringMatching(/^\d+$/) as unknown,
      address: '203.0.113.40',
      type: null,
      started_at: expect.stringMatching(/^\d{4}-[\dT:-]+Z$/) as unknown,
      ended_at: expect.stringMatching(/^\d{4}-[\dT:-]+Z$/) as unknown,
      peak_mbps: 8420,
      peak_pps: null,
    },
  ]);
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
  expect((structured['attacks'] as { id: string }[]).map(row => row.id)).toEqual([
    '1009',
    '1008',
    '1007',
    '1006',
    '1005',
  ]);
  expect(text).toContain('Attacks (5 of 10):');
  expect(text).toMatch(/^Latest activity \(5 of \d+\):$/m);
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

test('a server with very many addresses is shown with the first of them and their number, and with all its disks; the others can be asked for', async () => {
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
  const { length } = structured['addresses'] as unknown[];
  expect(length).toBeGreaterThan(30);
  expect(text).toContain(`Addresses (${length} of 100):`);
  expect(text).toContain(
    'For the others, call get_server with addresses set to a part of an address, subnet or reverse DNS name.',
  );
  expect(text).toMatch(/^disks: 480 GB SSD PM893 \(ok\); .*; 20 GB HDD M20 \(ok\)$/m);
  expect(structured).toMatchObject({ addresses_total: 100 });
  const last = await mcp.call('get_server', { server: 'backup01', addresses: '.199' });
  expect(last.structured).toMatchObject({ addresses: [{ address: '203.0.113.199' }], addresses_total: 1 });
  expect(last.text).toContain('Only addresses and subnets with ".199" are shown.\n\nAddresses:\n');
  expect(last.text).not.toContain('For the others');
});

test('addresses and subnets are found by a part of them, of their reverse DNS, or by an address inside', async () => {
  await using mcp = await connect();
  const { subnets, addresses } = mcp.sandbox.world.server('backup01');
  const [subnet] = subnets;
  const [address] = addresses;
  if (subnet) subnets.push({ ...subnet, network: '2001:db8:41::', nameserver: 'NS7.example.no' });
  if (address) addresses.push({ ...address, id: '99', address: '203.0.113.200', reverse: 'Mail.example.no' });
  const found = async (part: string) => {
    const { structured } = await mcp.call('get_server', { server: 'backup01', addresses: part });
    const rows = (name: string) => structured[name] as Record<string, string>[];
    return [...rows('addresses').map(row => row['address']), ...rows('subnets').map(row => row['subnet'])];
  };
  expect(await found('mail.')).toEqual(['203.0.113.200']);
  expect(await found('203.0.113.40')).toEqual(['203.0.113.40']);
  expect(await found('2001:0DB8:41:0::5')).toEqual(['2001:db8:41::/64']);
  expect(await found('2001:db8:4')).toEqual(['2001:db8:40::/64', '2001:db8:41::/64']);
  expect(await found('ns7')).toEqual(['2001:db8:41::/64']);
  const { text } = await mcp.call('get_server', { server: 'backup01', addresses: '10.0' });
  expect(text).toContain('It has no address and no subnet with "10.0".');
});

const tokensOf = ({ text, structured }: { text: string; structured: unknown }): number =>
  encode(text).length + encode(JSON.stringify(structured)).length;

test('hardware with very many addresses, subnets, disks and attacks fits into an answer that says what it left out', async () => {
  await using mcp = await connect();
  const { world } = mcp.sandbox;
  const server = world.server('backup01');
  const [address] = server.addresses;
  const [subnet] = server.subnets;
  const [disk] = server.disks;
  const [attack] = server.attacks;
  const hex = (n: number) => (0x1a2b + n * 7).toString(16);
  for (let n = 0; address && subnet && disk && attack && n < 60; n += 1) {
    const text = `2001:db8:40:${hex(n)}:9c3f:${hex(n + 1)}:be21:${hex(n + 2)}`;
    const reverse = `customer-${n}.long-name.of-a-department.example.no`;
    server.addresses.push({ ...address, id: `7${n}`, family: 'ipv6', address: text, reverse });
    server.subnets.push({ ...subnet, network: `2001:db8:40:${hex(n)}::`, nameserver: `ns${n}.example.no` });
    if (n < 21) server.disks.push({ ...disk, id: `8${n}`, model: `MZ7L31T9HBLT-00A07 ${n}` });
    if (n < 8) server.attacks.push({ ...attack, id: `9${n}` });
    if (n < 9)
      server.activity.push({ id: `6${n}`, text: `The server was restarted by a technician. ${n}`.repeat(9), at: n });
  }
  const answer = await mcp.call('get_server', { server: 'backup01' });
  expect(tokensOf(answer)).toBeLessThan(6000);
  expect(answer.structured).toMatchObject({ addresses_total: 61, subnets_total: 61, attacks_total: 9 });
  for (const [title, name, total] of [
    ['Addresses', 'addresses', 61],
    ['Subnets', 'subnets', 61],
    ['Attacks', 'attacks', 9],
  ] as const) {
    const { length } = answer.structured[name] as unknown[];
    expect(length, name).toBeGreaterThan(4);
    expect(answer.text).toContain(`${title} (${length} of ${total}):`);
  }
  expect(answer.text).toMatch(/^disks( \(\d+ of 24\))?: /m);
  const { resources } = await (mcp.client as Client)
    .readResource({ uri: 'gigahost://servers/18105' })
    .then(({ contents }) => ({ resources: contents as unknown as { text: string }[] }));
  expect(JSON.parse(resources[0]?.text ?? '')).toEqual({
    ...answer.structured,
    power_measured_at: expect.any(String) as unknown,
  });
});

/** What a text of that length could be made of to cost the most. */
const COSTLY: Readonly<Record<string, (n: number) => string>> = {
  'random letters': n => Buffer.from(`${n}:${Math.sin(n)}`.repeat(9)).toString('base64'),
  'rare characters': n => String.fromCodePoint(0x12000 + n).repeat(90),
  'letters and digits': n => 'a1B2c3'.repeat(40) + String(n),
  quotes: n => `"\\"`.repeat(60) + String(n),
};

test.for(Object.entries(COSTLY))(
  'a server with the most of everything, in %s, fits into an answer',
  async ([, spell]) => {
    await using mcp = await connect();
    const s = (n: number) => spell(n);
    const many = <T>(row: (n: number) => T): T[] => Array.from({ length: 60 }, (_, n) => row(n));
    const time = 1_790_000_000;
    const data = {
      srv_id: '18105',
      srv_name: s(1),
      srv_label: s(2),
      srv_hostname: s(3),
      srv_type: s(4),
      srv_vps_type: s(5),
      srv_primary_ip: s(6),
      os: { os_id: '5', os_name: s(7) },
      datacenter: { dc_name: s(8), region_name: s(9) },
      order: {
        order_number: s(10),
        order_billing_type: s(11),
        order_billing_cycle: s(12),
        order_status: s(13),
        order_total: '9'.repeat(300),
        product_name: s(14),
      },
      bw_unit: s(15),
      bw_used: 1,
      bw_used_in: 2,
      bw_used_out: 3,
      bw_cap: 4,
      cpus: many(n => ({ cpu_full_name: s(n) })),
      hdds: many(n => ({ hdd_model: s(n), hdd_type: s(n + 1), hdd_size: 4, hdd_state: s(n + 2) })),
      nics: many(n => ({ nic_speed: 1000, nic_mac_address: s(n) })),
      ips: many(n => ({ ip_id: n, ip_address: s(n), ip_reverse: s(n + 1), ip_type: s(n + 2) })),
      subnets: many(n => ({ sub_id: n, sub_cidr: `${s(n)}/1`, sub_ns: s(n + 1) })),
      attacklogs: many(n => ({
        attack_id: s(n),
        ip_address: s(n),
        attack_type: s(n),
        attack_start: time,
        attack_end: time,
      })),
      activity_log: many(n => ({ log_entry: s(n), log_timestamp: time + n })),
      processes: many(n => ({ process: s(n), status: s(n), progress: s(n), started: time })),
    };
    mcp.sandbox.misbehave({
      path: /^\/servers\/18105$/,
      fault: { kind: 'reply', body: { meta: { status: 200 }, data: [data] } },
    });
    const answer = await mcp.call('get_server', { server: 'backup01' });
    expect(answer.isError, answer.text).toBe(false);
    expect(tokensOf(answer)).toBeLessThan(6000);
    expect(answer.text).toMatch(/Addresses \(\d+ of 60\):/);
    expect(answer.text).toMatch(/Subnets \(\d+ of 60\):/);
  },
);

test('what undocumented rows hold beyond what is known of them stays with us', async () => {
  await using mcp = await connect();
  const at = 1_790_000_000;
  const data = {
    srv_id: '18105',
    processes: [
      { process: 'reinstall', state: 'running', progress: '40', started: at, root_password: 'S3cretPw!!' },
      { api_token: 'T0k3nT0k3n' },
    ],
    attacklogs: [
      {
        attack_id: 7,
        ip_address: '203.0.113.40',
        attack_start: String(at),
        attack_end: 'soon',
        attack_mbps: '8420',
        attack_pps: {},
        note: 'S3cretPw!!',
        ['state: down\nx']: 'forged',
      },
    ],
  };
  mcp.sandbox.misbehave({
    path: /^\/servers\/18105$/,
    fault: { kind: 'reply', body: { meta: { status: 200 }, data: [data] } },
  });
  const answer = await mcp.call('get_server', { server: '18105' });
  for (const secret of ['S3cretPw', 'T0k3n', 'forged', 'root_password', 'state: down'])
    expect(everythingIn(answer)).not.toContain(secret);
  expect(answer.structured).toMatchObject({
    doing: ['reinstall (running, progress 40, since 2026-09-21T14:13:20Z)', 'something Gigahost gives no name'],
    attacks: [
      {
        id: '7',
        address: '203.0.113.40',
        started_at: '2026-09-21T14:13:20Z',
        ended_at: null,
        peak_mbps: 8420,
        peak_pps: null,
      },
    ],
  });
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
    [{}, /server is missing\. It takes server, addresses\?\./],
    [{ server: '  ' }, /server must not be empty/],
    [{ server: 18101 }, /server must be a text/],
    [{ server: 'web01', server_id: '1' }, /unknown argument "server_id"/],
  ]);
});
