import type { Client } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { agrees, connect, type Connected } from '../support/connect.js';
import { changesOf, everythingIn } from '../tools/support/upstream.js';

type AnyClient = Pick<Client, 'listTools' | 'listResources' | 'readResource' | 'complete'>;
const clientOf = (mcp: Connected) => mcp.client as AnyClient;

const SEEN = 'fjordkaffe.example';
const HIDDEN = ['kunde.example', 'kaffe-abonnement.no', 'fjordkaffe.no', '3304'];

/** Every tool of the DNS, about one zone. */
const about = (zone: string) =>
  [
    ['list_dns_records', { zone }],
    ['export_dns_zone', { zone }],
    ['check_mail_dns', { zone }],
    ['list_redirects', { zone }],
    ['set_dns_records', { zone, records: [{ name: 'x', type: 'A', values: ['192.0.2.1'] }] }],
    ['delete_dns_records', { zone, records: [{ name: 'www', type: 'A' }] }],
    ['delete_dns_zone', { zone }],
    ['set_redirect', { zone, source: 'x', target: 'https://example.no/' }],
    ['set_dnssec', { zone, enabled: true }],
  ] as const;

test('a zone out of scope cannot be told from one that does not exist, by any tool', async () => {
  await using mcp = await connect({ args: ['--only-zones', 'FJORDKAFFE.example'], person: agrees });
  const said = async (zone: string): Promise<string[]> => {
    const answers: string[] = [];
    for (const [tool, args] of about(zone)) {
      const answer = await mcp.call(tool, args);
      expect(answer.isError, `${tool} ${zone}`).toBe(true);
      answers.push(answer.text.replaceAll(zone, 'X'));
    }
    return answers;
  };
  const absent = await said('nope.example');
  for (const zone of HIDDEN) expect(await said(zone), zone).toEqual(absent);
  expect(absent.join()).not.toMatch(new RegExp(HIDDEN.join('|')));
  expect(changesOf(mcp.sandbox)).toEqual([]);
  expect(mcp.questions).toEqual([]);
  expect(mcp.sandbox.calls(undefined, /zones\/(?!3301)\d/)).toEqual([]);
});

test('lists, resources and completion hold the zones in scope and no others', async () => {
  await using mcp = await connect({ args: ['--only-zones', '3301,*.arpa'] });
  const list = await mcp.call('list_dns_zones');
  expect((list.structured['rows'] as string[][]).map(([name]) => name)).toEqual([
    '0.0.0.0.0.4.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
    SEEN,
  ]);
  const { resources } = await clientOf(mcp).listResources();
  const everything = JSON.stringify([
    list,
    resources.filter(({ uri }) => uri.includes('zones')),
    await clientOf(mcp).readResource({ uri: 'gigahost://zones' }),
    await clientOf(mcp).complete({
      ref: { type: 'ref/resource', uri: 'gigahost://zones/{zone}' },
      argument: { name: 'zone', value: '' },
    }),
  ]);
  expect(everything).toContain(SEEN);
  for (const zone of HIDDEN) expect(everything).not.toContain(zone);
  for (const zone of HIDDEN)
    await expect(clientOf(mcp).readResource({ uri: `gigahost://zones/${zone}` })).rejects.toMatchObject({
      code: -32602,
    });
});

test('changes of other zones are not on record for who cannot see them, and their own are, also by id', async () => {
  await using mcp = await connect();
  const add = (zone: string) =>
    mcp.call('set_dns_records', { zone, records: [{ name: 'x', type: 'A', values: ['192.0.2.1'] }] });
  const own = await add(SEEN);
  const other = await add('kunde.example');
  for (const scope of [SEEN, '3301', '*kaffe.example']) {
    await using narrow = await connect({
      sandbox: mcp.sandbox,
      env: { GIGAHOST_STATE_DIR: mcp.stateDir },
      args: ['--only-zones', scope],
    });
    const list = await narrow.call('list_changes');
    expect(list.structured, scope).toMatchObject({
      total: 1,
      rows: [[own.structured['change_id']]].map(row => expect.arrayContaining(row) as unknown),
    });
    expect(everythingIn(list)).not.toContain('kunde.example');
    const undo = await narrow.call('undo_change', { change: other.structured['change_id'] });
    expect([undo.isError, undo.text]).toEqual([true, expect.stringMatching(/There is no change c\w+ on record/)]);
  }
  await using foreign = await connect({
    sandbox: mcp.sandbox,
    env: { GIGAHOST_STATE_DIR: mcp.stateDir },
    args: ['--only-zones', 'fjordkaffe.no'],
  });
  expect((await foreign.call('list_changes')).text).toBe('There are no changes.');
});

test('a zone that would be out of scope cannot be made, and whether it is there is not told', async () => {
  await using mcp = await connect({ args: ['--only-zones', SEEN] });
  const said = async (name: string) => (await mcp.call('create_dns_zone', { name })).text.replaceAll(name, 'X');
  expect(await said('kunde.example')).toBe(await said('nope.example'));
  expect(mcp.sandbox.calls('POST')).toEqual([]);
});

test('a mail host in a zone out of scope is looked up like any other in the world', async () => {
  await using mcp = await connect({ args: ['--only-zones', 'kaffe-abonnement.no'] });
  const zone = mcp.sandbox.world.dns.zone('kaffe-abonnement.no');
  for (const record of zone.records) if (record.type === 'MX') record.value = `mail01.${SEEN}`;
  const { structured } = await mcp.call('check_mail_dns', { zone: zone.name });
  expect((structured['rows'] as unknown[][])[0]?.slice(0, 3)).toEqual([
    'MX',
    'ok',
    `mail01.${SEEN} (198.51.100.25, 2001:db8:51::25)`,
  ]);
  expect(mcp.sandbox.calls(undefined, /zones\/3301/)).toEqual([]);
});

test('a server that only looks lists no tool that writes to the DNS, and refuses it', async () => {
  await using mcp = await connect({ args: ['--read-only'], person: agrees });
  const { tools } = await clientOf(mcp).listTools();
  const names = tools.map(({ name }) => name);
  const reads = ['list_dns_zones', 'list_dns_records', 'export_dns_zone', 'check_mail_dns', 'list_redirects'];
  expect(names).toEqual(expect.arrayContaining(reads));
  expect(names.filter(name => /dns|redirect/.test(name)).sort()).toEqual([...reads].sort());
  for (const [tool, args] of [...about(SEEN), ['create_dns_zone', { name: 'ny.example' }] as const]) {
    if (reads.includes(tool)) continue;
    expect((await mcp.call(tool, args)).text).toBe(
      `${tool} is switched off here: this server only looks (--read-only). Nothing was sent to Gigahost.`,
    );
  }
  expect(mcp.sandbox.requests).toEqual([]);
});
