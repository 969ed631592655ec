import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { connect, type Connected } from '../support/connect.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

type Row = (string | number | null)[];
const namesIn = (structured: Record<string, unknown>): unknown[] => (structured['rows'] as Row[]).map(([name]) => name);
const tokensOf = (text: string, structured: unknown): number =>
  encode(text).length + encode(JSON.stringify(structured)).length;

test('every server is listed in the order of names, with state, address, system and size', async () => {
  await using mcp = await connect();
  const { text, structured, isError } = await mcp.call('list_servers');
  expect(isError).toBe(false);
  expect(text.split('\n').slice(0, 3)).toEqual([
    'name | id | type | state | address | os | cores | ram_gb | region',
    'backup01 | 18105 | dedicated | running | 203.0.113.40 | Debian 12 | - | 64 | Sandefjord',
    'build01 | 18106 | vps | being built | 192.0.2.30 | - | 4 | 8 | Sandefjord',
  ]);
  expect(structured).toMatchObject({
    columns: ['name', 'id', 'type', 'state', 'address', 'os', 'cores', 'ram_gb', 'region'],
    total: 7,
    complete: true,
    not_visible_now: [],
  });
  expect(structured['rows']).toContainEqual([
    'legacy-db',
    '18107',
    'dedicated',
    'down',
    '203.0.113.70',
    'CentOS 7',
    null,
    8,
    'Sandefjord',
  ]);
  expect(namesIn(structured)).toEqual(['backup01', 'build01', 'db01', 'legacy-db', 'mail01', 'web01', 'web02']);
  expect(structured).not.toHaveProperty('next_cursor');
  expect(mcp.sandbox.requests.map(({ path }) => path)).toEqual(['/servers']);
});

test('a query finds a server by part of its name, label, address, kind or system, and a status by what it is doing', async () => {
  await using mcp = await connect();
  const { world } = mcp.sandbox;
  world.server('mail01').suspended = true;
  world.server('db01').rescue = true;
  const found = async (args: Record<string, unknown>) => namesIn((await mcp.call('list_servers', args)).structured);
  expect(await found({ query: 'WEB' })).toEqual(['web01', 'web02']);
  expect(await found({ query: 'srv18105' })).toEqual(['backup01']);
  expect(await found({ query: '203.0.113' })).toEqual(['backup01', 'legacy-db']);
  expect(await found({ query: '2001:0DB8:2:0:0::10' })).toEqual(['web01']);
  expect(await found({ query: 'debian vps' })).toEqual(['db01', 'mail01', 'web01']);
  expect(await found({ query: 'debian', status: 'running' })).toEqual(['backup01', 'web01']);
  expect(await found({ status: 'Down' })).toEqual(['legacy-db']);
  expect(await found({ status: 'suspended' })).toEqual(['mail01']);
  expect(await found({ status: 'rescue' })).toEqual(['db01']);
});

test('when nothing matches, the answer says how many servers there are and in which states', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('list_servers', { status: 'offline' });
  expect(text).toBe('No server matches. The account has 7: 5 running, 1 being built, 1 down.');
  expect(structured).toMatchObject({
    rows: [],
    total: 0,
    account_total: 7,
    states: { running: 5, 'being built': 1, down: 1 },
  });
});

test('an account without servers has none', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.servers.splice(0);
  expect((await mcp.call('list_servers')).text).toBe('There are no servers.');
});

test('300 servers come in pages that fit, each saying how to get the next', async () => {
  await using mcp = await connect({ sandboxOptions: { extraServers: 300 } });
  mcp.sandbox.world.pageSize = 1000;
  const lines: string[] = [];
  const allRows: Row[] = [];
  let cursor: unknown;
  let pages = 0;
  do {
    const { text, structured } = await mcp.call('list_servers', cursor === undefined ? {} : { cursor });
    const rows = structured['rows'] as Row[];
    expect(tokensOf(text, structured)).toBeLessThan(6000);
    lines.push(...text.split('\n').slice(1, rows.length + 1));
    allRows.push(...rows);
    expect(structured['total']).toBe(307);
    cursor = structured['next_cursor'];
    if (typeof cursor !== 'string') expect(text).not.toContain('cursor=');
    else
      expect(text).toContain(`${rows.length} of 307 servers shown. For the rest, call again with cursor="${cursor}".`);
    pages += 1;
  } while (cursor !== undefined);
  expect(pages).toBeGreaterThan(3);
  expect(allRows).toHaveLength(307);
  expect(new Set(allRows.map(([name]) => name)).size).toBe(307);
  // About 35 for nine fields; these names and addresses take a few digits more than most.
  expect(encode(lines.join('\n')).length / 307).toBeLessThan(38);
  expect(encode(JSON.stringify(allRows)).length / 307).toBeLessThan(38);
});

test('a page also fits when servers have names that cost many tokens', async () => {
  await using mcp = await connect({ sandboxOptions: { extraServers: 90 } });
  const spellings = [
    (n: number) => Buffer.from(`${n}:${Math.sin(n)}`.repeat(6)).toString('base64'),
    (n: number) => String.fromCodePoint(0x12000 + n).repeat(70),
    (n: number) => '服务器数据库'.repeat(20) + String(n),
    (n: number) => 'a1B2c3'.repeat(25) + String(n),
  ];
  for (const spell of spellings) {
    mcp.sandbox.world.servers.forEach((server, index) => (server.name = spell(index)));
    const { text, structured } = await mcp.call('list_servers');
    expect(tokensOf(text, structured)).toBeLessThan(6000);
    expect((structured['rows'] as Row[]).length).toBeGreaterThan(3);
  }
});

test('limit shortens a page, and a cursor works for the list it came from only', async () => {
  await using mcp = await connect();
  const first = await mcp.call('list_servers', { query: 'debian', limit: 2 });
  expect(namesIn(first.structured)).toEqual(['backup01', 'db01']);
  const cursor = first.structured['next_cursor'];
  const second = await mcp.call('list_servers', { query: 'debian', limit: 2, cursor });
  expect(namesIn(second.structured)).toEqual(['mail01', 'web01']);
  expect(second.structured).not.toHaveProperty('next_cursor');
  await expectRefusals(mcp, 'list_servers', [
    [{ query: 'ubuntu', cursor }, /cursor belongs to another list or filter\. Call again without it/],
    [{ cursor }, /cursor belongs to another list/],
    [{ cursor: 'bm9uc2Vuc2U' }, /cursor belongs to another list/],
  ]);
  const plain = (await mcp.call('list_servers', { limit: 2 })).structured['next_cursor'];
  await expectRefusals(mcp, 'list_operating_systems', [[{ cursor: plain }, /cursor belongs to another list/]]);
  await expectRefusals(mcp, 'list_changes', [[{ cursor: plain }, /cursor belongs to another list/]]);
});

test('a cursor beyond the end of a list that has become shorter is refused, not answered with an empty page', async () => {
  await using mcp = await connect();
  const { structured } = await mcp.call('list_servers', { limit: 3 });
  mcp.sandbox.world.servers.splice(3);
  await expectRefusals(mcp, 'list_servers', [
    [
      { cursor: structured['next_cursor'] },
      /cursor is beyond the end of the list, which has 3 rows now\. Call again without it to start from the beginning\./,
    ],
  ]);
});

test('of many servers that Gigahost hides at once the first are named and the others counted, in an answer that fits', async () => {
  await using mcp = await connect({ sandboxOptions: { extraServers: 300 } });
  mcp.sandbox.world.pageSize = 1000;
  for (const server of mcp.sandbox.world.servers) server.name = `${server.name}-${'a1B2c3'.repeat(24)}`;
  await mcp.call('list_servers');
  for (const { id } of mcp.sandbox.world.servers.slice(0, 200)) mcp.sandbox.hide(id, 60_000);
  const { text, structured } = await mcp.call('list_servers');
  expect(structured['not_visible_now']).toHaveLength(10);
  expect(structured).toMatchObject({ not_visible_total: 200, total: 107 });
  expect(text).toMatch(/missing now: .*, and 190 more\./);
  expect(tokensOf(text, structured)).toBeLessThan(6000);
});

test('a server that Gigahost hides for a moment is reported as not visible now, not as gone', async () => {
  await using mcp = await connect();
  await mcp.call('list_servers');
  mcp.sandbox.hide('web01', 60_000);
  const hidden = await mcp.call('list_servers');
  expect(namesIn(hidden.structured)).not.toContain('web01');
  expect(hidden.structured).toMatchObject({ not_visible_now: ['web01'], total: 6 });
  expect(hidden.text).toMatch(/Seen a moment ago and missing now: web01\..*does not mean that it is gone/);
  mcp.sandbox.world.hiddenUntil.clear();
  expect((await mcp.call('list_servers')).structured).toMatchObject({ not_visible_now: [], total: 7 });
});

test('a list that Gigahost did not send whole is called incomplete', async () => {
  await using mcp = await connect();
  mcp.sandbox.world.pageSize = 3;
  const { text, structured } = await mcp.call('list_servers');
  expect(structured).toMatchObject({ complete: false, total: 3 });
  expect(text).toContain('Gigahost sent only part of the list; further servers answer to their id.');
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp: Connected = await connect();
  await expectBadArguments(mcp, 'list_servers', [
    [{ limit: 0 }, /limit must be at least 1/],
    [{ limit: 1000 }, /limit must be at most 500/],
    [{ limit: 'ten' }, /limit must be a number/],
    [{ query: 5 }, /query must be a text/],
    [{ name: 'web01' }, /unknown argument "name"\. It takes query\?, status\?, limit\?, cursor\?\./],
  ]);
});
