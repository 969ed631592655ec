import type { Client } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { agrees, connect, GENERATIONS, type Connected } from '../support/connect.js';
import { spawnBin } from '../support/raw.js';

type AnyClient = Pick<Client, 'listTools' | 'listResources' | 'listResourceTemplates' | 'readResource' | 'complete'>;
const clientOf = (mcp: Connected) => mcp.client as AnyClient;
const names = async (mcp: Connected) => (await clientOf(mcp).listTools()).tools.map(({ name }) => name);

test.for(GENERATIONS)(
  'a read-only server lists only what looks to a %s client, and refuses the rest in words',
  async generation => {
    await using mcp = await connect({ generation, args: ['--read-only'], person: agrees });
    const listed = await names(mcp);
    expect(listed).toContain('get_server');
    expect(
      listed.filter(name => /reboot|create|delete|set|undo|rename|order|open|mount|upgrade_|power_o/.test(name)),
    ).toEqual([]);
    const answer = await mcp.call('reboot_server', { server: 'web01' });
    expect(answer).toMatchObject({
      isError: true,
      text: 'reboot_server is switched off here: this server only looks (--read-only). Nothing was sent to Gigahost.',
    });
    expect(mcp.sandbox.requests).toEqual([]);
  },
);

test('a toolset brings its tools and resources and no others', async () => {
  await using mcp = await connect({ args: ['--toolsets', 'billing'] });
  expect(await names(mcp)).toEqual(['get_account', 'list_invoices', 'get_spending', 'top_up_credit']);
  const { resources } = await clientOf(mcp).listResources();
  expect(resources.map(({ uri }) => uri).filter(uri => !uri.includes('invoices/'))).toEqual([
    'gigahost://account',
    'gigahost://invoices',
  ]);
  await expect(clientOf(mcp).readResource({ uri: 'gigahost://servers' })).rejects.toMatchObject({ code: -32602 });
});

test('tools are chosen and excluded by name, from the environment too', async () => {
  await using mcp = await connect({
    env: { GIGAHOST_TOOLS: 'list_servers,reboot_server', GIGAHOST_EXCLUDE_TOOLS: 'reboot_server' },
  });
  expect(await names(mcp)).toEqual(['list_servers']);
  const unknown = await spawnBin(['--tools', 'list_severs', '--sandbox']).ended;
  expect(unknown).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'There is no tool "list_severs" to switch on or off.\n',
  });
});

test('a server out of scope cannot be told from one that does not exist', async () => {
  await using mcp = await connect({ args: ['--only-servers', 'web*,18103'], person: agrees });
  const list = await mcp.call('list_servers');
  expect((list.structured['rows'] as string[][]).map(([name]) => name)).toEqual(['db01', 'web01', 'web02']);
  const { sandbox } = mcp;
  const said = async (server: string) => (await mcp.call('get_server', { server })).text.replaceAll(server, 'X');
  const absent = { id: await said('18999'), name: await said('nosuch'), address: await said('192.0.2.250') };
  expect(await said('18104')).toBe(absent.id);
  expect(await said('mail01')).toBe(absent.name);
  expect(await said('198.51.100.25')).toBe(absent.address);
  for (const [tool, args] of [
    ['reboot_server', { server: 'mail01' }],
    ['delete_snapshot', { server: 'mail01', snapshot: '3103' }],
    ['set_reverse_dns', { address: '198.51.100.25', target: 'x.example.no' }],
    ['set_reverse_dns', { address: '2001:db8:40::/64', target: 'ns1.example.no' }],
    ['get_traffic_graph', { server: 'mail01' }],
    ['list_operating_systems', { server: 'mail01' }],
  ] as const)
    expect(await mcp.call(tool, args), tool).toMatchObject({ isError: true });
  expect(sandbox.calls().filter(({ method, path }) => method !== 'GET' || /reboot|18104\/(?!$)/.test(path))).toEqual(
    [],
  );
  const everything = [
    JSON.stringify(await mcp.call('get_account')),
    JSON.stringify(await clientOf(mcp).listResources()),
    JSON.stringify(
      await clientOf(mcp).complete({
        ref: { type: 'ref/resource', uri: 'gigahost://servers/{server}' },
        argument: { name: 'server', value: '' },
      }),
    ),
  ].join();
  expect(everything).toContain('web01');
  for (const word of ['mail01', 'backup01', 'legacy-db', 'build01', '198.51.100.25'])
    expect(everything).not.toContain(word);
  await expect(clientOf(mcp).readResource({ uri: 'gigahost://servers/18104' })).rejects.toMatchObject({ code: -32602 });
  await expect(clientOf(mcp).readResource({ uri: 'gigahost://servers/18104/graphs/bits/day' })).rejects.toMatchObject({
    code: -32602,
  });
});

test('changes of servers that are out of scope are not on record for who cannot see them', async () => {
  await using mcp = await connect();
  await mcp.call('rename_server', { server: 'mail01', name: 'post01' });
  await using narrow = await connect({
    sandbox: mcp.sandbox,
    env: { GIGAHOST_STATE_DIR: mcp.stateDir },
    args: ['--only-servers', 'web*'],
  });
  expect((await narrow.call('list_changes')).text).toBe('There are no changes.');
  expect((await narrow.call('undo_change')).text).toMatch(/No change that still stands was made through this server/);
});

test('a purchase beyond what may be spent is refused with the figures, also after a restart', async () => {
  await using mcp = await connect({ args: ['--max-spend', '200 NOK'], person: agrees });
  const upgrade = (server: Connected) => server.call('upgrade_server', { server: 'db01', package: '7957' });
  expect(await upgrade(mcp)).toMatchObject({ isError: false, structured: { status: 'done' } });
  mcp.sandbox.world.server('db01').upgrade = null;
  await using next = await connect({
    sandbox: mcp.sandbox,
    env: { GIGAHOST_STATE_DIR: mcp.stateDir },
    args: ['--max-spend', '200 NOK'],
    person: agrees,
  });
  const refused = await upgrade(next);
  expect(refused.text).toMatch(
    /costs 149\.00 NOK; 149\.00 NOK was spent in the last 24 hours, and 200(\.00)? NOK may be \(--max-spend\)\. Nothing changed\./,
  );
  const untold = await next.call('order_ip_address', { server: 'backup01', routing: 'l3' });
  expect(untold.text).toMatch(/does not say what this costs/);
  expect(mcp.sandbox.calls('POST', /upgrade|ipv4/)).toHaveLength(1);
  expect(next.questions).toEqual([]);
  const ended = await spawnBin(['--max-spend', '5 NOK', '--journal', 'off', '--sandbox']).ended;
  expect(ended).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('does not go with --journal off') as unknown,
  });
});

test('two purchases at the same time stay within the limit together', async () => {
  await using mcp = await connect({ args: ['--max-spend', '200 NOK'], person: agrees });
  const answers = await Promise.all(
    ['db01', 'mail01'].map(server => mcp.call('upgrade_server', { server, package: '7957' })),
  );
  expect(answers.map(({ isError }) => isError).sort()).toEqual([false, true]);
  expect(mcp.sandbox.calls('POST', /upgrade/)).toHaveLength(1);
  const { structured } = await mcp.call('list_changes');
  expect((structured['rows'] as unknown[][]).map(row => row[5]).sort()).toEqual(['applied', 'refused']);
});

test('a server cannot be renamed out of reach', async () => {
  await using mcp = await connect({ args: ['--only-servers', 'web*'] });
  mcp.sandbox.world.server('web01').label = '';
  const answer = await mcp.call('rename_server', { server: 'web01', name: 'zed' });
  expect(answer).toMatchObject({ isError: true, text: expect.stringMatching(/out of reach here/) as unknown });
  expect(mcp.sandbox.calls('PUT')).toHaveLength(0);
});

test('a number that is the name of one server is not taken for the id of another that is hidden', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.world.server('web02').name = '18101';
  mcp.sandbox.hide('web01', 60_000);
  const answer = await mcp.call('reboot_server', { server: '18101' });
  expect(answer).toMatchObject({
    isError: true,
    text: expect.stringMatching(/No server with the id 18101 is visible/) as unknown,
  });
  expect(mcp.questions).toEqual([]);
});
