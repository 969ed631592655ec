import { expect, test } from 'vitest';
import {
  agrees,
  connect as connectAny,
  declines,
  types,
  type Connected,
  type ConnectOptions,
} from '../support/connect.js';
import { changesOf, expectBadArguments, expectRefusals, fastClock, nameTwice } from './support/upstream.js';

const connect = ({ args = [], ...options }: ConnectOptions = {}): Promise<Connected> =>
  connectAny({
    person: agrees,
    sandboxOptions: { now: fastClock(10) },
    ...options,
    args: ['--toolsets', 'deploy,servers', ...args],
  });

test('an hourly server ends at once with all it has, which the person is told and types its name for', async () => {
  await using mcp = await connect();
  const answer = await mcp.call('cancel_server', { server: '192.0.2.10' });
  expect(mcp.questions[0]?.properties).toEqual({ name: { type: 'string', title: 'Type web01 to confirm' } });
  expect(mcp.questions[0]?.message.split('\n')).toEqual([
    'Cancel web01 (VPS 18101, 192.0.2.10) now.',
    '- Everything on its disks is erased, and no call brings it back.',
    '- Its 2 snapshots go with it: "before-upgrade", "shop 4.2 live".',
    '- Its addresses are given up: 192.0.2.10, 2001:db8:2::10.',
    expect.stringMatching(
      /^- Billing by the hour ends with it; [\d.]+ NOK so far this month \(without VAT\) is invoiced on \d{4}-\d\d-01\.$/,
    ),
    '- It cannot be undone.',
  ]);
  expect(mcp.sandbox.calls('POST').map(({ path, body }) => [path, body])).toEqual([
    ['/servers/18101/cancel', { early_termination: 1 }],
  ]);
  expect(answer.structured).toMatchObject({
    status: 'done',
    server: 'web01',
    server_id: '18101',
    when: 'now',
    gone: true,
    remark: null,
  });
  expect(answer.text).toMatch(/^web01 \(18101\) is cancelled and gone\. DNS records that point to its addresses stay/);
  expect(mcp.sandbox.world.servers.some(({ id }) => id === '18101')).toBe(false);
});

test('a prepaid one ends with its term unless it is to end now', async () => {
  await using mcp = await connect();
  const later = await mcp.call('cancel_server', { server: 'db01' });
  expect(mcp.questions[0]?.message).toMatch(
    /^Cancel db01 .* at the end of its term\..*- It has no snapshot\..*- It is paid until \d{4}-\d\d-01 and is not billed after that\. Gigahost does not document/s,
  );
  expect(later.structured).toMatchObject({ when: 'end_of_term', gone: false, state: 'cancelled' });
  expect(mcp.sandbox.world.server('db01').cancellation?.endsAt).toBeGreaterThan(mcp.sandbox.world.now());
  await mcp.call('cancel_server', { server: 'mail01', when: 'now' });
  expect(mcp.questions[1]?.message).toContain(
    'ends now all the same; that the rest is paid back is not said anywhere.',
  );
  expect(mcp.sandbox.calls('POST').map(({ body }) => body)).toEqual([{}, { early_termination: 1 }]);
});

test('BGP sessions and addresses that can be kept are part of the plan', async () => {
  await using mcp = await connect({ person: declines });
  const backup = mcp.sandbox.world.server('backup01');
  const [first] = backup.addresses;
  if (first)
    backup.addresses.push({ ...first, id: '9901', address: '203.0.113.99', type: 'extra', routedTo: first.id });
  await mcp.call('cancel_server', { server: 'backup01' });
  expect(mcp.questions[0]?.message).toContain(
    '- 203.0.113.99 can be kept: move_ip_address takes it to another server first.',
  );
  expect(mcp.questions[0]?.message).toContain('- 1 BGP session of it ends.');
});

test.for([
  ['declines', declines],
  ['types another name', types('web02')],
] as const)('a person who %s keeps the server', async ([, person]) => {
  await using mcp = await connect({ person });
  expect((await mcp.call('cancel_server', { server: 'web01' })).structured).toEqual({ status: 'declined' });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('a cancel whose answer was lost is settled by looking, and not sent again', async () => {
  await using mcp = await connect({ sandboxOptions: {} });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'after' } });
  const { structured, text } = await mcp.call('cancel_server', { server: 'web01' });
  expect(structured).toMatchObject({ remark: 'Gigahost did not confirm it; the server is cancelled all the same.' });
  expect(text).toContain('cancelled all the same');
  expect(changesOf(mcp.sandbox)).toEqual(['POST /servers/18101/cancel']);
});

test('a lost answer that nothing shows for is of unknown outcome, also while the server is only hidden', async () => {
  await using mcp = await connect();
  for (const hidden of [false, true]) {
    mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'drop', when: 'before' } });
    if (hidden)
      mcp.sandbox.misbehave({ method: 'GET', path: /^\/servers\/18102$/, times: 2, fault: { kind: 'delay', ms: 0 } });
    if (hidden) mcp.sandbox.misbehave({ path: /^\/servers\/18102$/, fault: { kind: 'status', status: 404 } });
    const { text, isError } = await mcp.call('cancel_server', { server: 'web02' });
    expect(isError, text).toBe(true);
    expect(text).toMatch(
      /^Gigahost was asked to cancel the server, and it is not known .*list_servers shows whether it did\.$/,
    );
  }
  expect(mcp.sandbox.world.server('web02').cancellation).toBeNull();
});

test('one that is cancelled, ambiguous, unknown, or has no term is not cancelled', async () => {
  await using mcp = await connect();
  Object.assign(mcp.sandbox.world.server('mail01').order ?? {}, { status: 'cancelled' });
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'cancel_server', [
    [{ server: 'mail01' }, /^mail01 \(VPS 18104, .*\) is cancelled already\. Nothing changed\.$/],
    [{ server: 'build01', when: 'end_of_term' }, /^build01 is billed by the hour and has no term/],
    [{ server: 'web01' }, /matches 2 servers/],
    [{ server: 'db' }, /No server is called "db"\. Did you mean db01/],
  ]);
  await expectBadArguments(mcp, 'cancel_server', [[{ server: 'web01', when: 'tomorrow' }, /when/]]);
});
