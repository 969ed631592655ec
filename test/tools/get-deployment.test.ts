import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agrees, connect as connectAny, type Connected, type ConnectOptions } from '../support/connect.js';
import { changesOf, everythingIn, expectBadArguments, expectRefusals } from './support/upstream.js';

const connect = ({ args = [], ...options }: ConnectOptions = {}): Promise<Connected> =>
  connectAny({ person: agrees, ...options, args: ['--toolsets', 'deploy,servers', ...args] });
const order = (mcp: Connected, ...host_names: string[]) =>
  mcp.call('deploy_server', {
    plan: 'KVM Value VPS 2GB',
    host_names,
    os: 'debian-13',
    region: 'Sandefjord',
    wait_seconds: 0,
  });
const named = (mcp: Connected, name: string) => mcp.sandbox.world.servers.find(server => server.name === name);

test('by default it is the latest order, wherever it was made; any is found by host name, order id or number', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 60_000 } });
  const shown = async (args = {}) => (await mcp.call('get_deployment', args)).structured;
  expect(await shown()).toMatchObject({ servers: [{ host_name: 'build01' }] });
  await order(mcp, 'web03', 'web04');
  const [first, second] = mcp.sandbox.world.shop.openOrders.map(open => open.order);
  expect(await shown()).toMatchObject({
    all_ready: false,
    servers: [
      { host_name: 'web03', order_id: first?.id, status: 'waiting' },
      { host_name: 'web04', order_id: second?.id },
    ],
  });
  for (const deployment of ['WEB04', second?.id, second?.number])
    expect(await shown({ deployment })).toMatchObject({
      servers: [{ host_name: 'web04', order_number: second?.number }],
    });
  expect(await shown({ deployment: 'backup01' })).toMatchObject({
    all_ready: true,
    servers: [{ server_id: '18105', status: 'ready', ipv4: '203.0.113.40' }],
  });
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('the root password is handed over while Gigahost tells it, and never shown', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 3000 } });
  await order(mcp, 'web03');
  expect((await mcp.call('get_deployment')).text).toMatch(/^web03 \(order \d+\) is waiting for a machine\./);
  await expect.poll(() => named(mcp, 'web03')?.install, { timeout: 10_000, interval: 20 }).toBeTruthy();
  const password = named(mcp, 'web03')?.install?.rootPassword ?? '?';
  const answer = await mcp.call('get_deployment', { deployment: 'web03' });
  expect(answer.structured).toMatchObject({
    servers: [{ status: 'installing', root_password_in: expect.stringContaining('the file') as unknown }],
  });
  expect(answer.text).toMatch(/^web03 .* is being installed\. Its root password is in the file /);
  const folder = join(mcp.stateDir, 'secrets');
  const [file = ''] = await readdir(folder);
  expect(await readFile(join(folder, file), 'utf8')).toContain(`password: ${password}\n`);
  for (const said of [everythingIn(answer), mcp.stderr()]) expect(said).not.toContain(password);
});

test('a password that cannot be handed over is an error that says so, not one that shows it', async () => {
  await using mcp = await connect({ sandboxOptions: { installMs: 60_000 } });
  mcp.sandbox.world.server('web01').rescue = true;
  mcp.sandbox.world.server('web01').rescuePassword = 'rescue-4711-password';
  await writeFile(join(mcp.stateDir, 'secrets'), 'a file in the way');
  const answer = await mcp.call('get_deployment', { deployment: 'web01' });
  expect(answer.isError).toBe(true);
  expect(answer.text).toContain('Secrets could not be handed over');
  expect(everythingIn(answer)).not.toContain('4711');
});

test('an order Gigahost tells nothing of any more is judged by its server, or said to be unknown', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({
    path: /^\/deploy\/status$/,
    times: Infinity,
    fault: { kind: 'reply', body: { meta: { status: 200 }, data: { servers: [], all_ready: false } } },
  });
  expect((await mcp.call('get_deployment', { deployment: '100541' })).structured).toMatchObject({
    all_ready: true,
    servers: [{ host_name: 'web01', order_id: '5401', status: 'ready', ipv4: '192.0.2.10' }],
  });
  const unknown = await mcp.call('get_deployment', { deployment: '99999' });
  expect(unknown.structured).toMatchObject({ all_ready: false, servers: [{ order_id: '99999', status: 'unknown' }] });
  expect(unknown.text).toMatch(
    /^A server \(order 99999\) is in a state Gigahost does not tell\. .*Do not order again for that reason\.$/,
  );
});

test('a server that is called ready and has no machine yet is not ready', async () => {
  await using mcp = await connect();
  const row = { order_id: 77777, order_number: '177777', hostname: 'web03', srv_id: '0', ip: '', status: 'ready' };
  mcp.sandbox.misbehave({
    path: /^\/deploy\/status$/,
    fault: { kind: 'reply', body: { meta: { status: 200 }, data: { servers: [row], all_ready: true } } },
  });
  const { structured } = await mcp.call('get_deployment', { deployment: '77777' });
  expect(structured).toMatchObject({
    all_ready: false,
    servers: [{ host_name: 'web03', server_id: null, ready: false }],
  });
});

test('an order that is not there is answered with the newest ones, and none outside of what the session sees', async () => {
  await using mcp = await connect();
  await expectRefusals(mcp, 'get_deployment', [
    [{ deployment: 'nosuch' }, /^There is no order "nosuch"\. The newest are: 5406 \(build01\), 5405 \(backup01\), /],
  ]);
  await expectBadArguments(mcp, 'get_deployment', [[{ deployment: '' }, /deployment/]]);

  await using scoped = await connect({ args: ['--only-servers', 'web*'] });
  await expectRefusals(scoped, 'get_deployment', [
    [{ deployment: 'mail01' }, /^There is no order "mail01"\. The newest are: 5402 \(web02\), 5401 \(web01\)\.$/],
  ]);
  const { text } = await scoped.call('get_deployment', { deployment: '5404' });
  expect(text).toMatch(/^A server \(order 5404\) is in a state Gigahost does not tell\./);
});

test('a reservation is found by its host name, and said to be on the waiting list', async () => {
  await using mcp = await connect();
  const { structured: placed } = await mcp.call('deploy_server', {
    plan: 'KVM Value VPS 32GB',
    host_names: ['big01'],
    os: 'debian-13',
    region: 'Oslo',
    waitlist: 'reserve',
  });
  expect(placed).toMatchObject({ status: 'done' });
  for (const args of [{}, { deployment: 'BIG01' }]) {
    const { structured, text } = await mcp.call('get_deployment', args);
    expect(structured).toMatchObject({ all_ready: false, servers: [{ host_name: 'big01', status: 'waitlist' }] });
    expect(text).toMatch(
      /^big01 \(order 190\d+\) is on the waiting list\. It is billed and built when there is one; cancel_waitlist_entry /,
    );
  }
});
