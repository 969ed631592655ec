import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Connected } from '../support/connect.js';
import { connectAdmin } from './support/account.js';
import { changesOf, everythingIn, expectBadArguments, expectRefusals } from './support/upstream.js';

const DAY_MS = 24 * 3600 * 1000;

const handedOver = async ({ stateDir }: Connected): Promise<string> => {
  const folder = join(stateDir, 'secrets');
  const files = await readdir(folder);
  return (await Promise.all(files.map(name => readFile(join(folder, name), 'utf8')))).join('\n');
};

test('a key gets the rights named and no others, and its secret goes to the user alone', async () => {
  await using mcp = await connectAdmin({ args: ['--log-level', 'debug'] });
  const answer = await mcp.call('create_api_key', {
    label: 'deploy bot',
    permissions: ['servers:write', 'servers:read', 'dns:read', 'billing:read'],
    servers: ['web01', '192.0.2.10'],
    zones: ['Fjordkaffe.NO.'],
    expires_in_days: 30,
  });
  const key = mcp.sandbox.world.apiKeys.at(-1);
  expect(key).toMatchObject({
    label: 'deploy bot',
    permissions: {
      servers: { mode: 'rw', all: false, ids: ['18101'] },
      dns: { mode: 'r', all: false, ids: ['3302'] },
      billing: { mode: 'r' },
    },
  });
  expect(Math.abs((key?.expiresAt ?? 0) - Date.now() - 30 * DAY_MS)).toBeLessThan(60_000);
  expect(answer.structured).toMatchObject({ label: 'deploy bot', id: key?.id });
  expect(answer.text).toMatch(
    /^The API key "deploy bot" \(id \d+, flux_live_\w+…\) is created and ends at 20.*\. The key is in the file \/.*Gigahost shows it only this once\./,
  );
  const secret = key?.secret ?? '';
  expect(await handedOver(mcp)).toContain(`API key: ${secret}\n`);
  const journal = await readFile(join(mcp.stateDir, 'journal.jsonl'), 'utf8');
  expect([everythingIn(answer), journal, mcp.stderr()].join()).not.toContain(secret);
});

test('a key without limits reaches all of a category and does not end by itself', async () => {
  await using mcp = await connectAdmin();
  const { text, structured } = await mcp.call('create_api_key', {
    label: 'watch',
    permissions: ['servers:read', 'webhosting:write'],
  });
  expect(mcp.sandbox.calls('POST', /apikeys$/).map(({ body }) => body)).toEqual([
    { label: 'watch', permissions: { servers: { mode: 'r', all: true }, webhosting: { mode: 'rw', all: true } } },
  ]);
  expect(structured).toMatchObject({ expires_at: null });
  expect(text).toContain('does not end by itself');
});

test('a lost answer is reported as unknown, and a repeat finds the key instead of making another', async () => {
  await using mcp = await connectAdmin();
  mcp.sandbox.misbehave({ method: 'POST', path: /apikeys$/, fault: { kind: 'drop', when: 'after' } });
  const wanted = { label: 'watch', permissions: ['servers:read'] };
  expect((await mcp.call('create_api_key', wanted)).text).toMatch(
    /asked to create the API key, and it is not known.*list_api_keys shows/,
  );
  expect((await mcp.call('create_api_key', wanted)).text).toMatch(
    /There is an API key of that label, "watch" \(id \d+.*rotate_api_key/,
  );
  expect(changesOf(mcp.sandbox)).toEqual(['POST /account/apikeys']);
});

test('a key that came without its secret is to be revoked', async () => {
  await using mcp = await connectAdmin();
  mcp.sandbox.misbehave({
    method: 'POST',
    path: /apikeys$/,
    fault: { kind: 'reply', body: { meta: { status: 201 }, data: { label: 'watch' } } },
  });
  const { text, structured } = await mcp.call('create_api_key', { label: 'watch', permissions: ['servers:read'] });
  expect(structured).toMatchObject({ id: null, key_in: null });
  expect(text).toMatch(/Gigahost did not return the key, and shows it only once: revoke it with revoke_api_key\./);
});

test('limits of a category the key may not touch, and servers out of reach, are refused', async () => {
  await using mcp = await connectAdmin();
  await expectRefusals(mcp, 'create_api_key', [
    [
      { label: 'x', permissions: ['dns:read'], servers: ['web01'] },
      /limited to some of servers, and may do nothing there: add servers:read or servers:write/,
    ],
    [{ label: 'x', permissions: ['servers:read'], servers: ['nope'] }, /No server is called "nope"/],
    [{ label: 'x', permissions: ['dns:read'], zones: ['nope.no'] }, /no DNS zone called "nope\.no"/],
    [{ label: 'Certbot', permissions: ['dns:read'] }, /There is an API key of that label, "certbot" \(id 81/],
  ]);
  const args = ['--only-servers', 'web02', '--only-zones', 'kunde.example'];
  await using scoped = await connectAdmin({ sandbox: mcp.sandbox, args });
  await expectRefusals(scoped, 'create_api_key', [
    [
      { label: 'x', permissions: ['servers:read'] },
      /Only part of the account is within reach here.*servers would reach all of it/,
    ],
    [{ label: 'x', permissions: ['dns:read'] }, /dns would reach all of it/],
    [
      { label: 'x', permissions: ['servers:read', 'billing:read'], servers: ['web02'] },
      /billing would reach all of it/,
    ],
    [{ label: 'x', permissions: ['servers:read'], servers: ['web01'] }, /No server is called "web01"/],
    [
      { label: 'x', permissions: ['dns:read'], zones: ['fjordkaffe.no'] },
      /no DNS zone called "fjordkaffe\.no"\. There are: kunde\.example/,
    ],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connectAdmin();
  await expectBadArguments(mcp, 'create_api_key', [
    [{ label: 'x' }, /permissions is missing/],
    [{ label: 'x', permissions: [] }, /permissions must be categories \(servers, dns, .*\) with :read or :write/],
    [{ label: 'x', permissions: ['servers'] }, /permissions must be categories/],
    [{ label: 'x', permissions: ['servers:read'], servers: [] }, /servers must be 1 to 50 servers/],
    [{ label: 'x', permissions: ['servers:read'], expires_in_days: 0 }, /expires_in_days must be/],
  ]);
});
