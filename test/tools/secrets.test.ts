import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.js';
import { agrees, connect } from '../support/connect.js';
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
  ['an API key', {}],
  [
    'a session, which Gigahost shows more',
    { GIGAHOST_API_KEY: undefined, GIGAHOST_USERNAME: 'demo@example.no', GIGAHOST_PASSWORD: PASSWORD },
  ],
] as const)(
  'no secret of the account is in any answer, question, progress, resource or log, with %s',
  async ([, env]) => {
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
    said.push(JSON.stringify(mcp.questions), mcp.stderr());

    const secrets = secretsOf(mcp.sandbox);
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
