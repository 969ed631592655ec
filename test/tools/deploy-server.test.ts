import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  agrees,
  connect as connectAny,
  declines,
  type Connected,
  type ConnectOptions,
  type ToolAnswer,
} from '../support/connect.js';
import { changesOf, everythingIn, expectBadArguments, expectRefusals } from './support/upstream.js';

const connect = ({ args = [], ...options }: ConnectOptions = {}): Promise<Connected> =>
  connectAny({ person: agrees, ...options, args: ['--toolsets', 'deploy,servers,billing,changes', ...args] });

const WEB03 = { plan: 'KVM Value VPS 2GB', host_names: ['web03'], os: 'debian-13', region: 'Sandefjord' };
const ORDER = 'POST /deploy/servers';

const handedOver = async ({ stateDir }: Connected): Promise<string[]> => {
  const folder = join(stateDir, 'secrets');
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.sort().map(name => readFile(join(folder, name), 'utf8')));
};
const rows = ({ structured }: ToolAnswer) => structured['servers'] as Record<string, unknown>[];
const linesOf = (mcp: Connected, index = -1) => mcp.questions.at(index)?.message.split('\n') ?? [];

test('a person who types its name gets a server, followed until it is ready, and the password in a file', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 1500 } });
  const steps: string[] = [];
  const call = mcp.call('deploy_server', WEB03, { onprogress: ({ message = '' }) => steps.push(message) });
  const web03 = () => mcp.sandbox.world.servers.find(({ name }) => name === 'web03');
  await expect.poll(() => web03()?.install, { timeout: 10_000, interval: 20 }).toBeTruthy();
  const password = web03()?.install?.rootPassword ?? '?';
  const answer = await call;

  expect(mcp.questions[0]?.properties).toEqual({
    name: { type: 'string', title: 'Type KVM Value VPS 2GB to confirm' },
  });
  expect(linesOf(mcp)).toEqual([
    'Order 1 x KVM Value VPS 2GB: web03.',
    '- It has 1 core, 2 GB of memory, 20 GB NVMe, in Sandefjord, and gets Debian 13 64-bit.',
    '- It costs 0.0579 NOK an hour, at most 36.25 NOK a month (with 25% VAT), until cancel_server ends it.',
    '- Its month at most, 36.25 NOK, is what counts towards a spending limit.',
    '- No SSH key goes in: the user is told where the root password is.',
    '- The account has 500.00 NOK of credit.',
    '- Hourly servers must be covered by credit for a month: with this it is 206.00 of 500.00 NOK.',
    '- It cannot be undone.',
  ]);
  expect(mcp.sandbox.calls('POST').map(({ path, body }) => [path, body])).toEqual([
    [
      '/deploy/servers',
      {
        pid: '7954',
        price_id: '4051',
        region_id: '1',
        os_id: '118',
        billing_period: 'hourly',
        quantity: 1,
        hostnames: ['web03'],
      },
    ],
  ]);
  expect(answer.structured).toMatchObject({
    status: 'done',
    plan: 'KVM Value VPS 2GB',
    region: 'Sandefjord',
    contents: 'Debian 13 64-bit',
    all_ready: true,
    payment: null,
    waitlist: null,
    found_after_lost_answer: false,
    servers: [{ host_name: 'web03', server_id: web03()?.id, status: 'ready', ready: true, ipv4: '192.0.2.40' }],
  });
  expect(answer.text).toMatch(
    /^web03 \(order \d+, server \d+, 192\.0\.2\.40, 2001:db8:2::40\) is ready\. Its root password is in the file .* \(readable by you alone, deleted after 24 hours\)\. With Debian 13 64-bit, in Sandefjord\. The first SSH login may take another minute to work\.\n\nIt cannot be undone \(change c\w+\)\.$/,
  );
  expect(steps[0]).toMatch(/^web03: (waiting|deploying|installing) after 0 s$/);

  const files = await handedOver(mcp);
  expect(files).toEqual([expect.stringMatching(/^Root password of web03 \(order \d+\)\n/)]);
  expect(files[0]).toContain(`user: root\npassword: ${password}\n`);
  for (const said of [everythingIn(answer), JSON.stringify([mcp.questions, steps]), mcp.stderr()])
    expect(said).not.toContain(password);
});

test('several servers for a year with backups and keys cost what the plan says, and are told one by one', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 300 } });
  mcp.sandbox.world.account.credit = 1_000_000;
  const answer = await mcp.call('deploy_server', {
    plan: '7951',
    host_names: ['App1', 'app2.example.no'],
    os: 'Debian 13 64-bit',
    ssh_keys: ['deploy', 'Ingrid Laptop'],
    billing: 'annual',
    backups: true,
  });
  expect(linesOf(mcp).slice(0, 6)).toEqual([
    'Order 2 x KVM Performance VPS 4GB: app1, app2.example.no.',
    '- Each has 2 cores, 4 GB of memory, 40 GB NVMe, in Sandefjord, and gets Debian 13 64-bit, with backups.',
    '- It costs 154.69 NOK a month each less 10% for the year (with 25% VAT), paid a year ahead, and goes on until cancel_server ends it.',
    '- The first term costs 3341.26 NOK for all of them.',
    '- SSH keys: "deploy" (id 52), "ingrid laptop" (id 51).',
    '- The account has 10000.00 NOK of credit.',
  ]);
  expect(mcp.sandbox.calls('POST')[0]?.body).toMatchObject({
    billing_period: 'annual',
    quantity: 2,
    hostnames: ['app1', 'app2.example.no'],
    ssh_keys: ['52', '51'],
    backups: 1,
  });
  expect(rows(answer).map(row => [row['host_name'], row['ready'], row['root_password_in']])).toEqual([
    ['app1', true, null],
    ['app2.example.no', true, null],
  ]);
  expect(await handedOver(mcp)).toEqual([]);
  const taken = mcp.sandbox.world.account.credit;
  expect(1_000_000 - taken).toBe(334_126);
});

test('a person who declines orders nothing', async () => {
  await using mcp = await connect({ person: declines });
  expect((await mcp.call('deploy_server', WEB03)).structured).toEqual({ status: 'declined' });
  expect(changesOf(mcp.sandbox)).toEqual([]);
  expect(mcp.sandbox.world.shop.openOrders).toEqual([]);
});

test('a price that moves while the question is open is a new plan, not an order', async () => {
  await using mcp = await connect({
    person: question => {
      const product = mcp.sandbox.world.shop.products.find(({ id }) => id === '7954');
      Object.assign(product ?? {}, { priceId: '4999', monthly: 99_900 });
      return agrees(question);
    },
  });
  const { text, isError } = await mcp.call('deploy_server', WEB03);
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Nothing changed\. While the question was open, the state changed\..*at most 1248\.75 NOK a month/s,
  );
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('an order whose answer was lost is found in the account, followed, and sent once', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 900 } });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const answer = await mcp.call('deploy_server', WEB03);
  expect(answer.isError, answer.text).toBe(false);
  expect(answer.structured).toMatchObject({
    found_after_lost_answer: true,
    all_ready: true,
    servers: [{ host_name: 'web03', ready: true }],
  });
  expect(answer.text).toMatch(/^Gigahost’s answer was lost; the orders were found in the account\. web03 .* is ready/);
  expect(changesOf(mcp.sandbox)).toEqual([ORDER]);
  expect(await handedOver(mcp)).toHaveLength(1);
});

test('where a lost order is found for some of the servers, the others are named', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 300 } });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const { openOrders } = mcp.sandbox.world.shop;
  openOrders.push = order => (order?.hostname === 'web04' ? 0 : Array.prototype.push.call(openOrders, order));
  const { text, structured } = await mcp.call('deploy_server', {
    ...WEB03,
    host_names: ['web03', 'web04'],
    wait_seconds: 0,
  });
  expect(structured).toMatchObject({ not_found: ['web04'], servers: [{ host_name: 'web03' }] });
  expect(text).toContain('No order was found for web04: list_servers shows later whether there is one.');
});

test('an answer that names no order is settled the same way', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 300 } });
  const body = JSON.stringify({ meta: { status: 200 }, data: {} });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'status', status: 200, acts: true, body } });
  const answer = await mcp.call('deploy_server', WEB03);
  expect(answer.structured).toMatchObject({ all_ready: true, servers: [{ host_name: 'web03', ready: true }] });
  expect(changesOf(mcp.sandbox)).toEqual([ORDER]);
});

test('a key that may not see the account finds its lost order by the server', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 300 } });
  mcp.sandbox.misbehave({
    method: 'GET',
    path: /^\/account$/,
    times: Infinity,
    fault: { kind: 'status', status: 403 },
  });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const answer = await mcp.call('deploy_server', WEB03);
  expect(answer.structured).toMatchObject({ found_after_lost_answer: true, servers: [{ host_name: 'web03' }] });
  expect(changesOf(mcp.sandbox)).toEqual([ORDER]);
});

test('an order that left no trace is of unknown outcome, and none for the same name goes out after it', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'before' } });
  const first = await mcp.call('deploy_server', WEB03);
  expect(first.isError).toBe(true);
  expect(first.text).toMatch(
    /^Gigahost was asked to order servers, and it is not known whether that happened.*Do not repeat it: get_deployment shows whether it did\.$/,
  );
  const again = await mcp.call('deploy_server', { ...WEB03, host_names: ['other', 'web03'] });
  expect(again.isError).toBe(true);
  expect(again.text).toMatch(
    /^web03 was ordered .*, change c\w+, and it is not known what came of it\. get_deployment shows whether it is there.*Nothing changed\.$/,
  );
  expect(changesOf(mcp.sandbox)).toEqual([ORDER]);
  expect(mcp.questions).toHaveLength(1);
});

test('a declined card leaves the order standing, which is said, and it is not ordered again', async () => {
  await using mcp = await connect();
  Object.assign(mcp.sandbox.world.shop, { card: 'declines' });
  mcp.sandbox.world.account.credit = 0;
  const answer = await mcp.call('deploy_server', { ...WEB03, billing: 'annual' });
  expect(answer.isError, answer.text).toBe(false);
  expect(answer.structured).toMatchObject({
    payment: 'declined',
    all_ready: false,
    servers: [{ host_name: 'web03', status: 'waiting', server_id: null }],
  });
  expect(answer.text).toMatch(
    /^The card was declined, and the order stands all the same: it is built once it is paid\. .* web03 \(order \d+\) is waiting for a machine\. get_deployment shows how far it is\. Do not order again\./,
  );
  const again = await mcp.call('deploy_server', WEB03);
  expect(again).toMatchObject({
    isError: true,
    text: expect.stringMatching(
      /^web03 is ordered \(order \d+\) and on its way: .* It is not ordered twice\./,
    ) as unknown,
  });
  expect(changesOf(mcp.sandbox)).toEqual([ORDER]);
  const { structured } = await mcp.call('list_changes', { tool: 'deploy_server' });
  expect(JSON.stringify(structured['rows'])).toContain('applied');
});

test('where the order behind a declined card cannot be found, it is still not called refused', async () => {
  await using mcp = await connect();
  const body = JSON.stringify({ meta: { status: 402, error: 'Your card was declined.', reason: 'payment_declined' } });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'status', status: 402, body } });
  const { text, isError } = await mcp.call('deploy_server', WEB03);
  expect(isError).toBe(true);
  expect(text).toBe(
    'Gigahost took on the request to order servers, with a remark: "Your card was declined.", status 402, reason payment_declined. The order stands and is built once it is paid: do not order again. The user pays in the Gigahost panel.',
  );
});

test('without waiting, the order is told with what shows how far it is, and its name is taken', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 60_000 } });
  const { text, structured } = await mcp.call('deploy_server', { ...WEB03, wait_seconds: 0 });
  expect(structured).toMatchObject({ all_ready: false, servers: [{ status: 'waiting', server_id: null }] });
  expect(text).toMatch(
    /^web03 \(order \d+\) is waiting for a machine\. get_deployment shows how far it is\. Do not order again\./,
  );
  for (const hide of [false, true]) {
    // Where the account cannot be read, the journal still knows.
    if (hide) mcp.sandbox.misbehave({ path: /^\/account$/, times: Infinity, fault: { kind: 'status', status: 403 } });
    expect((await mcp.call('deploy_server', WEB03)).text).toMatch(/^web03 is ordered \(.*\) and on its way/);
  }
  expect(changesOf(mcp.sandbox)).toEqual([ORDER]);
});

test('a sold-out plan is only ordered with a word about waiting, and the plan says what that means', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.account.credit = 1_000_000;
  const big = { plan: 'KVM Value VPS 32GB', host_names: ['big01'], os: 'debian-13', region: 'Oslo' };
  await expectRefusals(mcp, 'deploy_server', [
    [
      big,
      /^KVM Value VPS 32GB is sold out in Oslo\. waitlist="reserve" orders it for when there is one \(billed then\), waitlist="notify" only asks for an e-mail\. list_server_plans with in_stock=true shows what can be had now\. Nothing changed\.$/,
    ],
    [
      { ...big, region: undefined },
      /is sold out in Sandefjord and Oslo\. To wait for it, say where with region, and how with waitlist: "reserve" .* in_stock=true shows what can be had now\./,
    ],
    [
      { ...big, plan: '8101', region: undefined, waitlist: 'reserve' },
      /^GPU VPS RTX 4000 Ada 32GB is sold out in Sandefjord, and there is no waiting list for it\./,
    ],
    [
      { ...WEB03, waitlist: 'notify' },
      /^KVM Value VPS 2GB is in stock in Sandefjord: with waitlist it would be ordered at once\./,
    ],
  ]);

  const reserved = await mcp.call('deploy_server', { ...big, waitlist: 'reserve' });
  expect(linesOf(mcp)).toEqual(
    expect.arrayContaining([
      'Reserve 1 x KVM Value VPS 32GB: big01.',
      '- It is sold out in Oslo.',
      '- The order waits: as soon as there is one, Gigahost bills and builds it without asking again. cancel_waitlist_entry takes it off.',
    ]),
  );
  expect(reserved.structured).toMatchObject({
    waitlist: 'reserve',
    all_ready: false,
    servers: [{ host_name: 'big01', status: 'waitlist' }],
  });
  expect(reserved.text).toMatch(/^KVM Value VPS 32GB is reserved in Oslo; it is billed and built when there is one\./);
  expect(mcp.sandbox.world.shop.reservations.map(({ hostname }) => hostname)).toEqual(['build02', 'big01']);

  const told = await mcp.call('deploy_server', { ...big, host_names: ['big02'], waitlist: 'notify' });
  expect(linesOf(mcp)).toContain(
    '- Gigahost only sends an e-mail when there is one. If one comes in at this very moment, it is ordered at once.',
  );
  expect(told.structured).toMatchObject({ waitlist: 'notify', servers: [] });
  expect(told.text).toMatch(
    /^Gigahost sends an e-mail when KVM Value VPS 32GB is in stock in Oslo\. Nothing was ordered\./,
  );
  expect(mcp.sandbox.world.shop.alerts.at(-1)).toMatchObject({ productId: '7958', regionId: '2' });
});

test('a reservation whose answer was lost is found on the waiting list', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.account.credit = 1_000_000;
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const args = { plan: '7958', host_names: ['big01'], os: 'debian-13', region: 'Oslo', waitlist: 'reserve' };
  const { structured } = await mcp.call('deploy_server', args);
  const order = mcp.sandbox.world.shop.reservations.at(-1)?.order;
  expect(structured).toMatchObject({
    waitlist: 'reserve',
    found_after_lost_answer: true,
    servers: [{ order_id: order?.id }],
  });
  expect(changesOf(mcp.sandbox)).toEqual([ORDER]);
});

test('rescue and an uploaded image go in instead of a system', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 300 } });
  const { os: _, ...bare } = WEB03;
  const rescue = await mcp.call('deploy_server', { ...WEB03, host_names: ['rescue1'], os: 'Rescue' });
  expect(mcp.sandbox.calls('POST').at(-1)?.body).toMatchObject({ rescue: 1 });
  expect(rescue.structured).toMatchObject({
    contents: 'the rescue system',
    all_ready: true,
    servers: [{ status: 'rescue' }],
  });
  expect(await handedOver(mcp)).toHaveLength(1);
  const iso = mcp.sandbox.world.isos.find(({ state }) => state === 'completed');
  const booted = await mcp.call('deploy_server', { ...bare, host_names: ['iso1'], iso: iso?.name });
  expect(mcp.sandbox.calls('POST').at(-1)?.body).toMatchObject({ iso_id: iso?.id });
  expect(linesOf(mcp)).toContain('- It starts from the image: open_console shows its screen.');
  expect(booted.structured).toMatchObject({ all_ready: true, servers: [{ status: 'iso' }] });
});

test('what cannot be ordered is said before anybody is asked, with what would be right', async () => {
  await using mcp = await connect();
  const { os: _, ...bare } = WEB03;
  await expectRefusals(mcp, 'deploy_server', [
    [
      { ...WEB03, host_names: ['WEB01'] },
      /^There is a server called web01 already\. .* choose another\. Nothing changed\.$/,
    ],
    [{ ...WEB03, host_names: ['a1', 'A1'] }, /^a1 is there twice/],
    [
      { ...WEB03, plan: 'KVM Value' },
      /^There is no server plan called "KVM Value"\. Did you mean KVM Value VPS 2GB \(id 7954\), /,
    ],
    [{ ...WEB03, plan: '1620' }, /^Core i5 8GB 500GB 2018 is an auction without a price of its own/],
    [
      { ...WEB03, region: 'Bergen' },
      /^There is no region called "Bergen"\. There are: Sandefjord \(id 1\), Oslo \(id 2\)\./,
    ],
    [
      { ...bare, os: 'debian-13', region: undefined },
      /^KVM Value VPS 2GB is sold in Sandefjord, Oslo\. Say which with region\./,
    ],
    [bare, /^Say what to put on it: os \(such as debian-13, or rescue\) or iso, one of the two\./],
    [{ ...WEB03, iso: 'x' }, /^Say what to put on it/],
    [{ ...bare, iso: 'nosuch' }, /^There is no uploaded ISO image called "nosuch"\./],
    [{ ...WEB03, os: 'debian' }, /Did you mean debian-11 \(id 88\)/],
    [{ ...WEB03, ssh_keys: ['nosuch'] }, /^The account has no SSH key "nosuch"/],
    [
      { ...WEB03, plan: '4880', region: undefined, waitlist: 'reserve' },
      /^Storage - Intel Xeon E-2236 64GB is not sold by the hour\. Choose billing: monthly, quarterly or annual\./,
    ],
  ]);
  await expectBadArguments(mcp, 'deploy_server', [
    [{ ...WEB03, host_names: [] }, /host_names/],
    [{ ...WEB03, host_names: ['web 03'] }, /is not a host name/],
    [{ ...WEB03, plan: ' ' }, /plan must have 1 to 100 characters/],
    [{ ...WEB03, billing: 'weekly' }, /billing/],
    [{ os: 'debian-13' }, /plan/],
  ]);
});

test('an account that may not buy is told so beforehand, and Gigahost’s refusal says what it takes', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.account.credit = 20_000;
  const { text, isError } = await mcp.call('deploy_server', WEB03);
  expect(linesOf(mcp)).toContain(
    '- Hourly servers must be covered by credit for a month: with this it is 206.00 of 200.00 NOK. Gigahost is going to refuse it: top_up_credit first, or choose another billing.',
  );
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Could not order servers: "Hourly servers require .*", status 403, reason payment, required 206\.00, balance 200\.00, currency NOK\. Nothing changed\. .*top_up_credit/,
  );
  expect(mcp.sandbox.world.shop.openOrders).toEqual([]);
});

test('a month at its cap counts towards the limits of the operator', async () => {
  await using each = await connect({ args: ['--max-spend-each', '36 NOK'] });
  await expectRefusals(each, 'deploy_server', [
    [WEB03, /^It costs 36\.25 NOK, and one purchase may cost 36 NOK \(--max-spend-each\)\. Nothing changed\.$/],
  ]);
  await using perDay = await connect({ args: ['--max-spend', '60 NOK'], sandboxOptions: { installMs: 200 } });
  expect((await perDay.call('deploy_server', WEB03)).isError).toBe(false);
  const second = await perDay.call('deploy_server', { ...WEB03, host_names: ['web04'] });
  expect(second.text).toMatch(/^It costs 36\.25 NOK; 36\.25 NOK was spent in the last 24 hours, and 60 NOK may be/);
  expect(changesOf(perDay.sandbox)).toEqual([ORDER]);
});

test('an account abroad pays no Norwegian VAT', async () => {
  await using mcp = await connect({ person: declines });
  mcp.sandbox.world.account.country = 'SE';
  await mcp.call('deploy_server', WEB03);
  expect(linesOf(mcp)).toContain(
    '- It costs 0.0463 NOK an hour, at most 29.00 NOK a month (without VAT), until cancel_server ends it.',
  );
});

test('a session that sees certain servers only orders none that it would not see', async () => {
  await using mcp = await connect({ args: ['--only-servers', 'web*'], person: declines });
  await expectRefusals(mcp, 'deploy_server', [
    [
      { ...WEB03, host_names: ['app1'] },
      /^This session only sees certain servers, and one called app1 would not be among them\. Nothing changed\.$/,
    ],
  ]);
  expect((await mcp.call('deploy_server', WEB03)).structured).toEqual({ status: 'declined' });
});

test('where a password could not be handed over, nothing is ordered', async () => {
  await using mcp = await connect();
  await writeFile(join(mcp.stateDir, 'secrets'), 'a file in the way');
  await expectRefusals(mcp, 'deploy_server', [[WEB03, /Secrets could not be handed over: .*Nothing changed\.$/]]);
});

test('a hostile plan name forges no line of the question', async () => {
  await using mcp = await connect({ person: declines });
  const product = mcp.sandbox.world.shop.products.find(({ id }) => id === '7954');
  Object.assign(product ?? {}, { name: 'KVM\n- It costs 0.00 NOK.\u2028\u202ex' });
  await mcp.call('deploy_server', { ...WEB03, plan: '7954' });
  expect(linesOf(mcp)[0]).toBe('Order 1 x KVM - It costs 0.00 NOK. x: web03.');
  expect(linesOf(mcp)).not.toContain('- It costs 0.00 NOK.');
});
