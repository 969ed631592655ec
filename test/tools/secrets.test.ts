import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { agrees, connect } from '../support/connect.js';
import { spawnBin } from '../support/raw.js';
import { changesOf, everythingIn } from './support/upstream.js';

const PASSWORD = 'correct-horse-battery-staple';

/** Every value of the sandbox that nobody may find in a transcript, under what it is. */
function secretsOf({ world, apiKey }: Sandbox): Map<string, string> {
  const found = new Map([
    ['the API key', apiKey],
    ['the password', PASSWORD],
    ['the card', '424242******4242'],
    ['the card token', 'tok_fjordkaffe'],
  ]);
  world.tokens.forEach(({ secret }, n) => found.set(`session token ${n}`, secret));
  for (const { name, twoFactorSecret, legacyApiKey } of world.account.contacts) {
    found.set(`the legacy API key of ${name}`, legacyApiKey);
    if (twoFactorSecret) found.set(`the two-factor secret of ${name}`, twoFactorSecret);
  }
  for (const { name, secrets, install, console } of world.servers) {
    found.set(`the VNC password of ${name}`, secrets.vncPassword);
    found.set(`the VNC token of ${name}`, secrets.vncToken);
    found.set(`the server key of ${name}`, secrets.serverKey);
    if (install) found.set(`the root password of ${name}`, install.rootPassword);
    if (install) found.set(`the post-install script of ${name}`, install.postScript);
    if (console) found.set(`the console user of ${name}`, console.username);
    if (console) found.set(`the console password of ${name}`, console.password);
  }
  return found;
}

test.for([
  ['an API key', {}, /card|script|^the password$|legacy|two-factor|session/],
  [
    'a session, which Gigahost shows more',
    { GIGAHOST_API_KEY: undefined, GIGAHOST_USERNAME: 'demo@example.no', GIGAHOST_PASSWORD: PASSWORD },
    /card|script|^the API key$/,
  ],
] as const)(
  'no secret of the account is in any answer, question, progress, resource, error, journal or log, with %s',
  async ([, env, unseen]) => {
    await using mcp = await connect({
      person: agrees,
      env,
      args: ['--log-level', 'debug'],
      sandboxOptions: { password: PASSWORD, installMs: 60_000 },
    });
    const said: string[] = [];
    const onprogress = (progress: unknown) => said.push(JSON.stringify(progress));
    const call = async (tool: string, args: Record<string, unknown> = {}) => {
      const answer = await mcp.call(tool, args, { onprogress });
      said.push(everythingIn(answer));
      return answer;
    };

    await call('open_console', { server: 'web01', allowed_addresses: ['192.0.2.77'] });
    await call('reinstall_server', { server: 'web01', os: 'debian-13', wait_seconds: 0 });
    await call('reinstall_server', { server: 'web01', os: 'debian-12', wait_seconds: 1 });
    await call('rename_server', { server: 'db01', name: 'orders' });
    expect(changesOf(mcp.sandbox)).toHaveLength(4);
    for (const { id } of mcp.sandbox.world.servers) {
      for (const tool of [
        'get_server',
        'get_power_state',
        'list_snapshots',
        'list_isos',
        'list_upgrades',
        'get_traffic_graph',
      ])
        await call(tool, { server: id });
    }
    for (const tool of ['list_servers', 'list_operating_systems', 'get_account', 'list_invoices']) await call(tool);
    for (const uri of ['gigahost://account', 'gigahost://servers', 'gigahost://servers/18101', 'gigahost://invoices'])
      said.push(JSON.stringify(await mcp.client.readResource({ uri })));
    const secrets = secretsOf(mcp.sandbox);
    // What came in a reply or goes out as a credential is hidden wherever it comes back, in an error too.
    const seen = [...secrets].filter(([what]) => !unseen.test(what)).map(([, value]) => value);
    for (let at = 0; at < seen.length; at += 4) {
      const message = seen.slice(at, at + 4).join(' ');
      const body = { meta: { status: 400, message }, data: [] };
      mcp.sandbox.misbehave({ path: /servers$/, fault: { kind: 'reply', status: 400, body } });
      expect((await call('list_servers')).text).toContain('[hidden]');
    }
    said.push(JSON.stringify(mcp.questions), mcp.stderr());
    said.push(await readFile(join(mcp.stateDir, 'journal.jsonl'), 'utf8'));
    said.push(JSON.stringify(await mcp.client.readResource({ uri: 'gigahost://changes' })));
    await call('list_changes');

    expect(secrets.size).toBeGreaterThan(30);
    expect([...secrets.values()].filter(value => value.length < 8)).toEqual([]);
    const everything = said.join('\n');
    for (const [what, value] of secrets) expect(everything.includes(value), what).toBe(false);

    const folder = join(mcp.stateDir, 'secrets');
    const files = await Promise.all((await readdir(folder)).map(name => readFile(join(folder, name), 'utf8')));
    const handedOver = [...files.join('\n').matchAll(/^(?:username|password): (.+)$/gm)].map(([, value = '']) => value);
    expect(handedOver).toHaveLength(4);
    for (const value of handedOver) expect(everything).not.toContain(value);
    expect(files).toHaveLength(3);
    for (const what of ['the root password of web01', 'the console user of web01', 'the console password of web01'])
      expect(files.join('\n'), what).toContain(secrets.get(what));
  },
);

test('no secret is in what the command line prints', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-test-'));
  await using sandbox = await startSandbox({ installMs: 300 });
  const env = { GIGAHOST_BASE_URL: sandbox.url, GIGAHOST_API_KEY: sandbox.apiKey, GIGAHOST_STATE_DIR: folder };
  const said: string[] = [];
  for (const words of [
    ['reinstall_server', 'server=web01', 'os=debian-13', '--dangerously-skip-confirmation'],
    ['get_server', 'server=web01'],
    ['get_account', '--json'],
    ['list_changes', '--json'],
  ]) {
    const { stdout, stderr, code } = await spawnBin(['call', ...words, '--log-level', 'debug'], env).ended;
    expect(code, stderr).toBe(0);
    said.push(stdout, stderr);
  }
  const [file = ''] = await readdir(join(folder, 'secrets'));
  const [, password = ''] = /^password: (.+)$/m.exec(await readFile(join(folder, 'secrets', file), 'utf8')) ?? [];
  expect(password.length).toBeGreaterThan(8);
  for (const value of [...secretsOf(sandbox).values(), password]) expect(said.join('\n')).not.toContain(value);
  await rm(folder, { recursive: true });
});
