import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.js';
import { principalsOf, twoAccounts } from '../support/accounts.js';
import { agrees, GENERATIONS } from '../support/connect.js';
import { serve, type Served } from '../support/http.js';
import { changesOf } from '../tools/support/upstream.js';

const TEAM = [
  { name: 'vera', role: 'viewer' },
  { name: 'olav', role: 'operator' },
  { name: 'ada', role: 'admin' },
] as const;

const journalOf = async ({ stateDir }: Served): Promise<Record<string, unknown>[]> =>
  (await readFile(join(stateDir, 'journal.jsonl'), 'utf8').catch(() => ''))
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Record<string, unknown>);

const namesOf = async ({ client }: { readonly client: unknown }): Promise<string[]> =>
  (await (client as { listTools(): Promise<{ tools: { name: string }[] }> }).listTools()).tools.map(({ name }) => name);

describe.for(GENERATIONS)('a %s client', generation => {
  test('sees and calls what the role of its token allows', async () => {
    await using server = await serve({ principals: TEAM });
    await using vera = await server.connect({ generation, as: 'vera' });
    await using olav = await server.connect({ generation, as: 'olav' });
    await using ada = await server.connect({ generation, as: 'ada' });
    const [viewer, operator, admin] = [await namesOf(vera), await namesOf(olav), await namesOf(ada)];
    expect(viewer).toContain('list_servers');
    expect(viewer).not.toContain('rename_server');
    expect(viewer).not.toContain('run_operation');
    expect(operator).toContain('reboot_server');
    expect(operator).toContain('run_operation');
    expect(operator).not.toContain('reinstall_server');
    expect(admin).toContain('reinstall_server');

    for (const mcp of [vera, olav, ada]) expect((await mcp.call('list_servers')).isError).toBe(false);
    const no = await vera.call('rename_server', { server: 'web01', name: 'web09' });
    expect(no).toMatchObject({
      isError: true,
      text: 'rename_server is switched off here: your role here, viewer, only looks; it takes the role operator. Nothing was sent to Gigahost.',
    });
    expect(changesOf(server.sandbox)).toEqual([]);
  });

  test('is given a plan and a code where a stateless connection cannot ask, and its person is asked where it can', async () => {
    await using server = await serve({ principals: TEAM });
    await using olav = await server.connect({ generation, as: 'olav', person: agrees });
    const first = await olav.call('reboot_server', { server: 'web01' });
    const isModern = generation === 'v2-auto' || generation === 'v2-pinned';
    if (isModern) expect(olav.questions).toHaveLength(1);
    else {
      expect(first.text).toMatch(/^NOTHING CHANGED YET/);
      const code = first.structured['confirmation_code'];
      const second = await olav.call('reboot_server', { server: 'web01', confirmation_code: code });
      expect(second.isError, second.text).toBe(false);
    }
    expect(changesOf(server.sandbox)).toHaveLength(1);
    expect((await journalOf(server)).map(({ principal }) => principal).filter(Boolean)).toEqual(['olav']);
  });
});

test.for([
  [undefined, 'Bearer realm="gigahost-mcp"'],
  ['Bearer ghm_wrong', 'Bearer realm="gigahost-mcp", error="invalid_token"'],
  ['Basic dmVyYTpwdw==', 'Bearer realm="gigahost-mcp"'],
] as const)('%s lets nobody in', async ([authorization, challenge]) => {
  await using server = await serve({ principals: TEAM });
  const answer = await fetch(`${server.url}/mcp`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      ...(authorization && { Authorization: authorization }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe(challenge);
  expect(await answer.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32_000 } });
  expect(server.sandbox.requests).toEqual([]);
});

test('an operation is judged by what it does, whatever it came in by', async () => {
  await using server = await serve({ principals: TEAM });
  await using olav = await server.connect({ generation: 'v2-pinned', as: 'olav', person: agrees });
  for (const args of [
    { operation: 'deleteDatabase', arguments: { hosting: 'fjordkaffe.no', dbname: 'fjordkaf_wp' } },
    { operation: 'reinstall_server', arguments: { server: 'web01', operating_system: 'debian-13' } },
  ]) {
    const { isError, text } = await olav.call('run_operation', args);
    expect(isError).toBe(true);
    expect(text).toMatch(/your role here, operator, may not erase, cancel or buy; it takes the role admin/);
  }
  expect(olav.questions).toEqual([]);
  expect(changesOf(server.sandbox)).toEqual([]);
});

test('one principal sees servers and zones that another does not, in tools, resources and completion', async () => {
  await using server = await serve({
    principals: [
      { name: 'web', role: 'admin', onlyServers: ['web*'], onlyZones: ['fjordkaffe.no'] },
      { name: 'mail', role: 'admin', onlyServers: ['mail*'] },
    ],
  });
  await using web = await server.connect({ generation: 'v2-pinned', as: 'web' });
  await using mail = await server.connect({ generation: 'v1', as: 'mail' });
  const namesSeen = async (mcp: typeof web): Promise<unknown[]> =>
    ((await mcp.call('list_servers')).structured['rows'] as unknown[][]).map(([name]) => name);
  const [ofWeb, ofMail] = await Promise.all([namesSeen(web), namesSeen(mail)]);
  expect(ofWeb).toEqual(['web01', 'web02']);
  expect(ofMail).toEqual(['mail01']);
  expect((await mail.call('get_server', { server: 'web01' })).text).toMatch(/no server/i);
  await expect(
    (web.client as { readResource(params: object): Promise<unknown> }).readResource({
      uri: 'gigahost://servers/mail01',
    }),
  ).rejects.toThrow(/no server/i);
});

test('what the server is told holds for everybody, and a principal can only tighten it', async () => {
  await using server = await serve({
    principals: [
      { name: 'wide', role: 'admin', toolsets: 'all', onlyServers: ['*'] },
      { name: 'narrow', role: 'admin', tools: ['get_server'] },
      { name: 'looks', role: 'admin', readOnly: true },
    ],
    config: { excludeTools: ['reboot_server'], onlyServers: ['web*'] },
  });
  await using wide = await server.connect({ as: 'wide' });
  await using narrow = await server.connect({ as: 'narrow' });
  await using looks = await server.connect({ as: 'looks' });
  const names = await namesOf(wide);
  expect(names).toContain('list_webhosting');
  expect(names).not.toContain('reboot_server');
  expect((await wide.call('get_server', { server: 'db01' })).isError).toBe(true);
  expect(await namesOf(narrow)).toEqual(['get_server']);
  expect(await namesOf(looks)).not.toContain('rename_server');
});

const OTHERS: Readonly<Record<string, string>> = { one: 'account 2', two: 'account 1' };

test('interleaved calls of two principals with accounts of their own never cross', async () => {
  await using both = await twoAccounts();
  const [first, second] = both.accounts;
  await using server = await serve(principalsOf(both));
  await using one = await server.connect({ generation: 'v2-pinned', as: 'one' });
  await using two = await server.connect({ generation: 'v1', as: 'two' });
  const rounds = Array.from({ length: 12 }, (_, n) => n);
  const answers = await Promise.all(
    rounds.flatMap(n =>
      [['one', one] as const, ['two', two] as const].map(async ([name, mcp]) => {
        const [seen, plan] = await Promise.all([
          mcp.call('get_server', { server: 'web01' }),
          mcp.call('rename_server', { server: '18102', name: `${name} was here ${n}` }),
        ]);
        return { name, said: JSON.stringify([seen, plan]), isError: seen.isError || plan.isError };
      }),
    ),
  );
  for (const { name, said, isError } of answers) {
    expect(isError, said).toBe(false);
    expect(said).not.toContain(OTHERS[name]);
  }
  for (const [name, { world }] of [
    ['one', first],
    ['two', second],
  ] as [string, Sandbox][])
    expect(world.servers.find(({ id }) => id === '18102')?.name).toMatch(new RegExp(`^${name} was here`));

  // A code of the one is of no use to the other, and neither sees what the other changed.
  const { structured } = await one.call('reboot_server', { server: 'web01' });
  const code = structured['confirmation_code'];
  const stolen = await two.call('reboot_server', { server: 'web01', confirmation_code: code });
  expect(stolen.isError, stolen.text).toBe(true);
  const [ofOne, ofTwo] = [await one.call('list_changes'), await two.call('list_changes')];
  expect(JSON.stringify(ofOne)).toContain('one was here');
  expect(JSON.stringify(ofOne)).not.toContain('two was here');
  expect(JSON.stringify(ofTwo)).not.toContain('one was here');
  const mine = await one.call('reboot_server', { server: 'web01', confirmation_code: code });
  expect(mine.isError, mine.text).toBe(false);
});

test('with --credentials header each request is for the account of its key, which is kept nowhere', async () => {
  await using both = await twoAccounts();
  const keys = both.accounts.map(({ apiKey }) => apiKey);
  await using server = await serve({
    principals: [{ name: 'bot', role: 'admin' }],
    args: ['--credentials', 'header', '--log-level', 'debug'],
    env: { GIGAHOST_BASE_URL: both.url, GIGAHOST_API_KEY: undefined },
  });
  const [one, two] = await Promise.all(
    keys.map(key => server.connect({ generation: 'v2-pinned', as: 'bot', headers: { 'X-Gigahost-Api-Key': key } })),
  );
  if (!one || !two) return expect.fail('there are two keys');
  await using _one = one;
  await using _two = two;
  await Promise.all(
    [1, 2].flatMap(at =>
      Array.from({ length: 5 }, async () => {
        const { text, structured } = await (at === 1 ? one : two).call('get_server', { server: 'web01' });
        expect(JSON.stringify([text, structured])).toContain(`account ${at}`);
        expect(JSON.stringify([text, structured])).not.toContain(`account ${3 - at}`);
      }),
    ),
  );
  expect((await one.call('rename_server', { server: '18102', name: 'changed by one' })).isError).toBe(false);
  expect(JSON.stringify(await one.call('list_changes'))).toContain('changed by one');
  expect(JSON.stringify(await two.call('list_changes'))).not.toContain('changed by one');
  const kept = `${server.stderr()}${JSON.stringify(await journalOf(server))}`;
  for (const key of keys) expect(kept).not.toContain(key);
  await expect(server.connect({ generation: 'v1', as: 'bot' })).rejects.toThrow(/X-Gigahost-Api-Key/);
  const authorized = { headers: { Authorization: `Bearer ${server.tokens['bot']}` } };
  const without = await fetch(`${server.url}/mcp`, { method: 'POST', body: '{}', ...authorized });
  expect([without.status, without.headers.get('www-authenticate')]).toEqual([400, null]);
  for (const wrong of ['s3cret', `${keys[0]}, ${keys[1]}`]) {
    const headers = { ...authorized.headers, 'X-Gigahost-Api-Key': wrong };
    const answer = await fetch(`${server.url}/mcp`, { method: 'POST', headers });
    const said = await answer.text();
    expect([answer.status, said]).toEqual([
      400,
      expect.stringMatching(/X-Gigahost-Api-Key does not hold a Gigahost API key/),
    ]);
    expect(said).not.toContain(wrong);
  }
  expect((await fetch(`${server.url}/metrics`, authorized)).status).toBe(200);
  expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
});

test.for([
  [{ args: ['--auth', 'none', '--listen', '0.0.0.0:0'] }, /--auth none lets everybody in who reaches 0\.0\.0\.0/],
  [{}, /Nobody could call this server: there is no principal with a token/],
  [
    { args: ['--auth', 'none', '--store', 'http://:secret@x'] },
    /--store must be memory, or the address of a Redis such as redis:\/\/127\.0\.0\.1:6379 or rediss:\/\/…\.\n$/,
  ],
  [
    { args: ['--auth', 'none', '--allowed-origins', 'nonsense'] },
    /--allowed-origins is "nonsense"; it must name origins/,
  ],
  [{ args: ['--auth', 'none', '--allowed-origins', 'https://x.example/path'] }, /it must name origins/],
  [{ args: ['--auth', 'none', '--tls-cert', '/none'] }, /--tls-cert and --tls-key go together/],
  [
    { args: ['--auth', 'none', '--tls-cert', '/none', '--tls-key', '/none'] },
    /--tls-cert names, \/none, cannot be read \(ENOENT\)/,
  ],
  [{ config: { principals: [{ name: 'x', role: 'boss' }] } }, /principals\[0\]\.role/],
  [
    { config: { principals: [{ name: 'x', role: 'admin', token: 'ghm_secret' }] } },
    /there is no "token"; there are name, role, tokens/,
  ],
  [
    { config: { principals: [{ name: 'x', role: 'admin', apiKeyEnv: 'NOT_SET' }] } },
    /x has apiKeyEnv NOT_SET, and no such variable is set/,
  ],
] as const)('%j does not start, and says why', async ([options, words]) => {
  await expect(serve(options)).rejects.toThrow(words);
});

test('secrets are handed over on a page of the server, once, and files of its machine are out of reach', async () => {
  await using server = await serve({ principals: TEAM });
  await using ada = await server.connect({ generation: 'v2-pinned', as: 'ada', person: agrees });
  const made = await ada.call('run_operation', {
    operation: 'createDatabase',
    arguments: { hosting: 'fjordkaffe.no', name: 'shop', password: { generate: true } },
  });
  expect(made.isError, made.text).toBe(false);
  const page = /http:\/\/\S+\/s\/[\w-]+/.exec(made.text)?.[0] ?? '';
  expect(page).toMatch(new RegExp(`^${server.url}/s/`));
  expect((await fetch(page)).status).toBe(200);
  const opened = await fetch(page, { method: 'POST', headers: { 'Sec-Fetch-Site': 'same-origin' } });
  expect(await opened.text()).toContain(
    server.sandbox.world.hosting.accounts[0]?.databases.find(({ name }) => name === 'shop')?.password,
  );
  expect((await fetch(page, { method: 'POST' })).status).toBe(410);
  const read = await ada.call('run_operation', {
    operation: 'createDatabase',
    arguments: { hosting: 'fjordkaffe.no', name: 'other', password: { file: '/etc/passwd' } },
  });
  expect(read.isError).toBe(true);
  expect(read.text).toMatch(/Files of the machine this server runs on are not read for a secret for callers over HTTP/);
});

test.for([
  ['--dangerously-skip-confirmation', /Confirmation is switched off/],
  ['--dangerously-inline-secrets', /Secrets are shown in the conversation/],
] as const)('%s is said aloud at the start, whatever the level of the log', async ([flag, words]) => {
  await using server = await serve({ principals: TEAM, args: [flag, '--log-level', 'error'] });
  await expect.poll(() => server.stderr()).toMatch(words);
});
