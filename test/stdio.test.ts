import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../src/sandbox/index.js';
import { connect, GENERATIONS } from './support/connect.js';
import { callOf, HELLO, spawnBin } from './support/raw.js';

const answered = (bin: ReturnType<typeof spawnBin>, id: number) =>
  expect.poll(() => bin.messages().some(message => message['id'] === id), { timeout: 10_000 }).toBe(true);

test('stdout carries nothing but protocol, also when the log is at its loudest and things go wrong', async () => {
  await using sandbox = await startSandbox();
  sandbox.misbehave({ path: /servers/, fault: { kind: 'garbage' }, times: Infinity });
  const bin = spawnBin(['--log-level', 'debug'], { GIGAHOST_BASE_URL: sandbox.url, GIGAHOST_API_KEY: sandbox.apiKey });
  bin.send(...HELLO, callOf(2, 'list_servers'), callOf(3, 'no_such_tool'), 'this is not JSON', {
    jsonrpc: '2.0',
    id: 4,
  });
  bin.send(callOf(5, 'get_account'));
  await answered(bin, 5);
  bin.child.stdin.end();
  await bin.ended;
  for (const message of bin.messages()) expect(message['jsonrpc']).toBe('2.0');
  expect(bin.messages().find(({ id }) => id === 2)).toMatchObject({ result: { isError: true } });
});

test('the end of input ends the process with exit code 0', async () => {
  const bin = spawnBin(['--sandbox']);
  bin.send(...HELLO, callOf(2, 'list_servers'));
  await answered(bin, 2);
  bin.child.stdin.end();
  expect(await bin.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
});

test.for(['SIGTERM', 'SIGINT'] as const)('%s ends the process with exit code 0', async signal => {
  const bin = spawnBin(['--sandbox']);
  bin.send(...HELLO, callOf(2, 'list_servers'));
  await answered(bin, 2);
  bin.child.kill(signal);
  expect(await bin.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
});

test('a client that goes away without a word takes the process with it', async () => {
  const bin = spawnBin(['--sandbox']);
  bin.send(...HELLO, callOf(2, 'create_snapshot', { server: 'web01', name: 'x' }));
  await answered(bin, 1);
  bin.child.stdout.destroy();
  bin.child.stdin.destroy();
  expect((await bin.ended).code).toBe(0);
});

test('nobody reads the log any more: it answers all the same, and ends', async () => {
  const bin = spawnBin(['--sandbox', '--dangerously-inline-secrets', '--log-level', 'debug']);
  bin.child.stderr.destroy();
  bin.send(...HELLO, 'this is not JSON', callOf(2, 'get_server', { server: 'web01' }));
  await answered(bin, 2);
  bin.child.stdin.end();
  expect((await bin.ended).code).toBe(0);
});

test('a change already sent is seen through when the client leaves', async () => {
  await using sandbox = await startSandbox();
  sandbox.misbehave({ method: 'PUT', fault: { kind: 'delay', ms: 500, when: 'before' } });
  const bin = spawnBin([], { GIGAHOST_BASE_URL: sandbox.url, GIGAHOST_API_KEY: sandbox.apiKey });
  bin.send(...HELLO, callOf(2, 'rename_server', { server: 'web01', name: 'shop01' }));
  await expect.poll(() => sandbox.calls('PUT').length, { timeout: 10_000 }).toBe(1);
  bin.child.stdin.end();
  expect((await bin.ended).code).toBe(0);
  expect(sandbox.world.servers.map(({ name }) => name)).toContain('shop01');
});

test.for(GENERATIONS)(
  'without credentials a %s client still gets tools and templates, and every call says what to set',
  async generation => {
    await using mcp = await connect({ generation, env: { GIGAHOST_API_KEY: undefined } });
    await using withKey = await connect({ sandbox: mcp.sandbox });
    const client = mcp.client as Pick<typeof mcp.client, never> & {
      listTools(): Promise<{ tools: unknown[] }>;
      listResources(): Promise<{ resources: { uri: string }[] }>;
      readResource(params: { uri: string }): Promise<unknown>;
    };
    expect((await client.listTools()).tools).toHaveLength((await withKey.client.listTools()).tools.length);
    expect((await client.listResources()).resources.map(({ uri }) => uri)).toEqual([
      'gigahost://account',
      'gigahost://servers',
      'gigahost://zones',
      'gigahost://invoices',
      'gigahost://operating-systems',
      'gigahost://changes',
    ]);
    for (const [name, args] of [
      ['list_servers', {}],
      ['reboot_server', { server: 'web01' }],
      ['get_account', {}],
    ] as const) {
      const answer = await mcp.call(name, args);
      expect(answer.isError).toBe(true);
      for (const word of ['GIGAHOST_API_KEY', 'GIGAHOST_USERNAME', '--sandbox', 'Nothing changed'])
        expect(answer.text).toContain(word);
    }
    await expect(client.readResource({ uri: 'gigahost://servers' })).rejects.toThrow(/GIGAHOST_API_KEY/);
    expect(mcp.sandbox.requests).toEqual([]);
  },
);

test('many calls at once sign in once, and the next process uses the same session', async () => {
  await using sandbox = await startSandbox();
  const login = {
    GIGAHOST_API_KEY: undefined,
    GIGAHOST_USERNAME: sandbox.username,
    GIGAHOST_PASSWORD: sandbox.password,
  };
  await using mcp = await connect({ sandbox, env: login });
  await Promise.all(['web01', 'web02', 'db01', 'mail01'].map(server => mcp.call('get_server', { server })));
  expect(sandbox.calls('POST', /authenticate/)).toHaveLength(1);
  const [file = ''] = (await readdir(mcp.stateDir)).filter(name => name.startsWith('token-'));
  expect((await stat(join(mcp.stateDir, file))).mode & 0o777).toBe(0o600);
  await using next = await connect({ sandbox, env: { ...login, GIGAHOST_STATE_DIR: mcp.stateDir } });
  expect((await next.call('list_servers')).isError).toBe(false);
  expect(sandbox.calls('POST', /authenticate/)).toHaveLength(1);
});

test('the token cache can be switched off', async () => {
  await using sandbox = await startSandbox();
  const { username, password } = sandbox;
  const env = {
    GIGAHOST_API_KEY: undefined,
    GIGAHOST_USERNAME: username,
    GIGAHOST_PASSWORD: password,
    GIGAHOST_TOKEN_CACHE: 'off',
  };
  await using mcp = await connect({ sandbox, env });
  expect((await mcp.call('list_servers')).isError).toBe(false);
  expect((await readdir(mcp.stateDir)).filter(name => name.startsWith('token-'))).toEqual([]);
});

test('credentials and passwords that Gigahost repeats in a refusal are hidden', async () => {
  await using sandbox = await startSandbox();
  const echo = (text: string) => ({
    kind: 'reply' as const,
    status: 400,
    body: { meta: { status: 400, message: text }, data: [] },
  });
  sandbox.misbehave({ path: /servers$/, fault: echo(`Bad token ${sandbox.apiKey}`) });
  await using mcp = await connect({ sandbox, args: ['--log-level', 'debug'] });
  const answer = await mcp.call('list_servers');
  expect(answer.text).toContain('Bad token [hidden]');
  sandbox.misbehave({ path: /snapshots$/, fault: echo(`Token ${sandbox.world.server('web01').secrets.vncToken}`) });
  expect((await mcp.call('list_snapshots', { server: 'web01' })).text).toContain('Token [hidden]');
});

test('credentials never reach stderr, a result or an error', async () => {
  await using sandbox = await startSandbox();
  sandbox.misbehave({ path: /account/, fault: { kind: 'status', status: 401 }, times: Infinity });
  await using mcp = await connect({ sandbox, args: ['--log-level', 'debug'] });
  const answers = [
    await mcp.call('get_account'),
    await mcp.call('list_servers'),
    await mcp.call('get_server', { server: 'web01' }),
  ];
  expect(answers[0]?.text).toMatch(/not valid/);
  expect(JSON.stringify(answers) + mcp.stderr()).not.toContain(sandbox.apiKey.slice(12));
});
