import { expect, test } from 'vitest';
import { agrees, connect as connectAny, declines, type Connected, type ConnectOptions } from '../support/connect.js';
import { changesOf, expectBadArguments, expectRefusals, fastClock } from './support/upstream.js';

const connect = ({ args = [], ...options }: ConnectOptions = {}): Promise<Connected> =>
  connectAny({ person: agrees, ...options, args: ['--toolsets', 'bgp', ...args] });

test('numbers, prefixes and sessions are shown, the sessions with their servers', async () => {
  await using mcp = await connect();
  const { structured, text } = await mcp.call('get_bgp');
  expect(structured).toMatchObject({
    asns: [
      { asn: '64500', name: 'FJORDKAFFE-AS', status: 'active', irr: 'AS-FJORDKAFFE' },
      { asn: '64501', status: 'pending', irr: null },
    ],
    prefixes: [
      { prefix: '198.51.100.0/24', asn: '64500', status: 'active' },
      { prefix: '2001:db8:f0::/48', asn: '64500', status: 'active' },
    ],
    prefixes_total: 2,
    rows: [['81', 'backup01', '203.0.113.40', '64500', '192.0.2.2', '39029', true, false, 'active']],
  });
  expect(text).toContain(
    'AS numbers:\nasn | name | status | reason | irr\n64500 | FJORDKAFFE-AS | active | - | AS-FJORDKAFFE\n',
  );
  expect(text).toContain('Sessions:\nsession | server | address');
  const empty = { asns: [], prefixes: [], sessions: [] };
  Object.assign(mcp.sandbox.world.bgp, empty);
  expect((await mcp.call('get_bgp')).text).toBe(
    'There is no AS number yet; submitBgpAsn submits one for approval.\n\nThere are no BGP sessions.',
  );
});

test('sessions are made for the addresses of a server with the only active number, and told with their neighbors', async () => {
  await using mcp = await connect();
  const answer = await mcp.call('create_bgp_session', { server: 'web02', redundant: true });
  expect(mcp.questions).toEqual([]);
  expect(mcp.sandbox.calls('POST').map(({ path, body }) => [path, body])).toEqual([
    ['/bgp/41/session', { redundant: 1, defaultroute: 0, ip_id_v4: '7802', ip_id_v6: '7802' }],
  ]);
  expect(answer.structured).toMatchObject({ server: 'web02', asn: 'AS64500 (FJORDKAFFE-AS)' });
  expect(
    (answer.structured['sessions'] as Record<string, unknown>[]).map(({ address, neighbor, status }) => [
      address,
      neighbor,
      status,
    ]),
  ).toEqual([
    ['192.0.2.11', '192.0.2.2', 'pending'],
    ['192.0.2.11', '192.0.2.3', 'pending'],
    ['2001:db8:2::11', '2001:db8:2::2', 'pending'],
    ['2001:db8:2::11', '2001:db8:2::3', 'pending'],
  ]);
  expect(answer.text).toMatch(/^web02 has 4 new BGP sessions for AS64500 \(FJORDKAFFE-AS\)\. Set its BGP daemon up/);
});

test('one family, a default route and a number can be asked for', async () => {
  await using mcp = await connect();
  await mcp.call('create_bgp_session', { server: 'web01', asn: 'as64500', ip_versions: ['ipv6'], default_route: true });
  expect(mcp.sandbox.calls('POST')[0]?.body).toEqual({ redundant: 0, defaultroute: 1, ip_id_v6: '7801' });
});

test('what Gigahost would refuse is said beforehand, with what would be right', async () => {
  await using mcp = await connect();
  const { bgp } = mcp.sandbox.world;
  const refusals: Parameters<typeof expectRefusals>[2] = [
    [
      { server: 'backup01' },
      /^There is the IPv4 session 81 of backup01 \(203\.0\.113\.40, AS64500\) already, active\. Nothing changed\.$/,
    ],
    [
      { server: 'backup01', ip_versions: ['ipv6'] },
      /^backup01 has no primary IPv6 address a session could be made for\./,
    ],
    [{ server: 'web01', asn: '64501' }, /^AS64501 \(FJORDKAFFE-LAB\) is pending: sessions take an active one\./],
    [{ server: 'web01', asn: '7' }, /^There is no AS number called "7"\. There are: FJORDKAFFE-AS \(id 64500\)/],
    [{ server: 'nosuch' }, /No server is called "nosuch"/],
  ];
  await expectRefusals(mcp, 'create_bgp_session', refusals);
  for (const asn of bgp.asns) asn.status = 'active';
  await expectRefusals(mcp, 'create_bgp_session', [
    [
      { server: 'web01' },
      /^There are 2 active AS numbers: AS64500 \(FJORDKAFFE-AS\), AS64501 \(FJORDKAFFE-LAB\)\. Say which with asn\./,
    ],
  ]);
  bgp.asns.splice(0);
  await expectRefusals(mcp, 'create_bgp_session', [
    [{ server: 'web01' }, /^There is no active AS number\. submitBgpAsn submits one for approval\./],
  ]);
  await expectBadArguments(mcp, 'create_bgp_session', [[{ server: 'web01', ip_versions: [] }, /ip_versions/]]);
});

test('a session is deleted once a person has seen what is no longer announced', async () => {
  await using declined = await connect({ person: declines });
  await declined.call('delete_bgp_session', { session: '203.0.113.40' });
  expect(declined.questions[0]?.message.split('\n')).toEqual([
    'Delete the IPv4 session 81 of backup01 (203.0.113.40, AS64500).',
    '- It is the last session of AS64500: its 2 prefixes are no longer announced.',
    '- create_bgp_session makes a new one.',
    '- undo_change does not apply to it.',
  ]);
  expect(changesOf(declined.sandbox)).toEqual([]);

  await using mcp = await connect({ sandboxOptions: { now: fastClock(10) } });
  const { structured, text } = await mcp.call('delete_bgp_session', { session: 'backup01' });
  expect(structured).toMatchObject({ status: 'done', session_status: 'deleting', remaining: 0 });
  expect(text).toMatch(
    /^Gigahost took on deleting the IPv4 session 81 .*; its status is: deleting\. get_bgp shows when it is gone\. No other sessions remain\./,
  );
  expect(changesOf(mcp.sandbox)).toEqual(['DELETE /bgp/81/session']);
  const again = await mcp.call('delete_bgp_session', { session: '81' });
  expect(again.text).toMatch(
    /is deleting: Gigahost deletes active ones only\. get_bgp shows when it is\. Nothing changed\.$/,
  );
  await expect.poll(() => mcp.sandbox.world.bgp.sessions, { timeout: 5000 }).toEqual([]);
});

test('a session that sees certain servers is told of the sessions of no others', async () => {
  await using mcp = await connect({ args: ['--only-servers', 'web*'] });
  expect((await mcp.call('get_bgp')).structured).toMatchObject({ total: 0, asns: [{ asn: '64500' }, {}] });
  await expectRefusals(mcp, 'delete_bgp_session', [
    [{ session: '81' }, /^There is no BGP session called "81": this account has none\./],
  ]);
});
