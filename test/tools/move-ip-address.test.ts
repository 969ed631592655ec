import { expect, test } from 'vitest';
import { agrees, connect as connectAny, declines, type Connected, type ConnectOptions } from '../support/connect.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

/** web01 has a routed address beside its primary one. */
async function connect({ args = [], ...options }: ConnectOptions = {}): Promise<Connected> {
  const mcp = await connectAny({ person: agrees, ...options, args: ['--toolsets', 'deploy,servers', ...args] });
  const web01 = mcp.sandbox.world.server('web01');
  const [primary] = web01.addresses;
  if (primary)
    web01.addresses.push({
      ...primary,
      id: '9901',
      address: '192.0.2.99',
      reverse: 'shop.example.no',
      type: 'extra',
      routedTo: primary.id,
    });
  return mcp;
}
const addressesOf = (mcp: Connected, name: string) =>
  mcp.sandbox.world.server(name).addresses.map(({ address }) => address);

test('a routed address goes to another server, once a person has seen what that interrupts', async () => {
  await using mcp = await connect();
  const answer = await mcp.call('move_ip_address', { address: '192.0.2.99', server: 'db01' });
  expect(mcp.questions[0]?.message.split('\n')).toEqual([
    'Move 192.0.2.99 from web01 (VPS 18101, 192.0.2.10) to db01 (VPS 18103, 192.0.2.20).',
    '- web01 stops answering on it, and db01 answers once the address is set up on it.',
    '- Its reverse DNS is shop.example.no; look at it afterwards.',
    '- What it costs moves to the order of db01 (prepaid).',
    '- move_ip_address can move it back to web01.',
    '- undo_change does not apply to it.',
  ]);
  expect(mcp.sandbox.calls('PUT').map(({ path, body }) => [path, body])).toEqual([
    ['/servers/18101/ipv4/9901', { target_srv_id: '18103' }],
  ]);
  expect(addressesOf(mcp, 'db01')).toContain('192.0.2.99');
  expect(addressesOf(mcp, 'web01')).not.toContain('192.0.2.99');
  expect(answer.structured).toMatchObject({ status: 'done', server: 'db01', moved_from: 'web01', shown_there: true });
  expect(answer.text).toMatch(/^192\.0\.2\.99 is on db01 now, no longer on web01\./);
});

test('a person who declines leaves it where it is', async () => {
  await using mcp = await connect({ person: declines });
  await mcp.call('move_ip_address', { address: '192.0.2.99', server: 'db01' });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('what Gigahost would refuse is said beforehand, with what would be right', async () => {
  await using mcp = await connect();
  const { world } = mcp.sandbox;
  world.server('mail01').regionId = '2';
  const web02 = world.server('web02');
  const [primary] = web02.addresses;
  for (let host = 201; primary && host <= 205; host += 1)
    web02.addresses.push({
      ...primary,
      id: `8${host}`,
      address: `192.0.2.${host}`,
      type: 'extra',
      routedTo: primary.id,
    });
  await expectRefusals(mcp, 'move_ip_address', [
    [
      { address: '192.0.2.10', server: 'db01' },
      /^192\.0\.2\.10 is the primary address of web01 and not routed: only routed \(L3\) addresses move\. web01 has 192\.0\.2\.99\. Nothing changed\.$/,
    ],
    [{ address: '192.0.2.99', server: 'web01' }, /^192\.0\.2\.99 is on web01 already\./],
    [
      { address: '192.0.2.99', server: 'mail01' },
      /^192\.0\.2\.99 is in Sandefjord and mail01 in Oslo: an address moves within its region only\./,
    ],
    [{ address: '192.0.2.99', server: 'web02' }, /^web02 has 5 additional addresses, and cannot have more\./],
    [{ address: '192.0.2.250', server: 'db01' }, /^192\.0\.2\.250 is not an address of this account\./],
  ]);
  await expectBadArguments(mcp, 'move_ip_address', [
    [{ address: '2001:db8::1', server: 'db01' }, /is not an IPv4 address/],
    [{ address: '192.0.2.0/24', server: 'db01' }, /is not an IPv4 address/],
  ]);
});

test('a lost answer is of unknown outcome, and Gigahost’s own refusal is told in its words', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'drop', when: 'before' } });
  const lost = await mcp.call('move_ip_address', { address: '192.0.2.99', server: 'db01' });
  expect(lost.text).toMatch(/asked to move the IPv4 address, and it is not known .*get_server shows whether it did\.$/);
  const body = { meta: { status: 400, error: 'Invalid destination server.' }, data: [] };
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'reply', status: 400, body } });
  const refused = await mcp.call('move_ip_address', { address: '192.0.2.99', server: 'db01' });
  expect(refused.text).toMatch(
    /^Could not move the IPv4 address: "Invalid destination server\.", status 400\. Nothing changed\./,
  );
});
