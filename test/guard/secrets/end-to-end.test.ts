import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agrees, connect, type Connected } from '../../support/connect.js';
import { callOf, HELLO, spawnBin } from '../../support/raw.js';
import { everythingIn } from '../../tools/support/upstream.js';
import { addressIn, shownOn, visit } from './support/browse.js';
import { openStateDir } from './support/state-dir.js';

const start = (options: { args?: string[]; env?: Record<string, string> }) =>
  connect({ person: agrees, sandboxOptions: { installMs: 60_000 }, ...options });
const CONSOLE = { server: 'backup01', allowed_addresses: ['192.0.2.77'] };

/** Reinstalls web01 and returns the answer with the password that Gigahost made up for it. */
async function reinstall(mcp: Connected) {
  const answer = await mcp.call('reinstall_server', { server: 'web01', os: 'debian-13', wait_seconds: 0 });
  expect(answer.isError, answer.text).toBe(false);
  return { answer, password: mcp.sandbox.world.server('web01').install?.rootPassword ?? '?' };
}

/** Everything the process left on disk, secrets files apart. */
async function recordsOf({ stateDir }: Connected): Promise<string> {
  const files = (await readdir(stateDir, { withFileTypes: true })).filter(entry => entry.isFile());
  return (await Promise.all(files.map(({ name }) => readFile(join(stateDir, name), 'utf8')))).join('\n');
}

test('the password of a reinstall is in no result, and can be read once on its page', async () => {
  await using mcp = await start({ args: ['--secrets', 'page', '--log-level', 'debug'] });
  const { answer, password } = await reinstall(mcp);
  const address = addressIn(answer.structured['root_password_in']);
  expect(answer.text).toContain(`The root password is in the page ${address} (opens once, gone after ten minutes).`);
  const closed = await visit('GET', address);
  expect(closed.body).toContain('Root password of web01 (VPS 18101, 192.0.2.10) after reinstalling with Debian 13');
  expect(shownOn(await visit('POST', address))).toEqual({ user: 'root', password });
  const again = await visit('POST', address);
  expect(again.status).toBe(410);
  expect(await recordsOf(mcp)).not.toContain(new URL(address).pathname);
  const told = [everythingIn(answer), JSON.stringify(mcp.questions), mcp.stderr(), await recordsOf(mcp)];
  for (const text of [...told, closed.body, again.body]) expect(text).not.toContain(password);
  expect(await readdir(mcp.stateDir)).not.toContain('secrets');
  await mcp.client.close();
  await expect(visit('GET', address)).rejects.toThrow(/ECONNREFUSED/);
});

test('an unopened page does not keep the process when its client leaves', async () => {
  await using dir = await openStateDir();
  const bin = spawnBin(['--sandbox', '--secrets', 'page'], { GIGAHOST_STATE_DIR: dir.path });
  bin.send(...HELLO, callOf(2, 'open_console', CONSOLE));
  await expect.poll(() => bin.stdout(), { timeout: 10_000 }).toMatch(/the page http:/);
  bin.child.stdin.end();
  expect(await bin.ended).toMatchObject({ code: 0, stderr: '' });
});

test('inline, the answer holds the password, nothing that is kept does, and the start says so', async () => {
  await using mcp = await start({ args: ['--dangerously-inline-secrets', '--log-level', 'debug'] });
  const { answer, password } = await reinstall(mcp);
  const words = `this answer, for all who read it: user \`root\`, password \`${password}\` (--dangerously-inline-secrets)`;
  expect(answer.structured['root_password_in']).toBe(words);
  expect(answer.text).toContain(`The root password is in ${words}.`);
  expect(mcp.stderr()).toMatch(/Secrets are shown in the conversation \(--dangerously-inline-secrets\)/);
  for (const text of [mcp.stderr(), await recordsOf(mcp)]) expect(text).not.toContain(password);
  const later = await mcp.call('get_server', { server: 'web01' });
  expect(everythingIn(later)).not.toContain(password);
});

test.for([
  ['nothing said', {}],
  ['a variable that would put them inline', { env: { GIGAHOST_DANGEROUSLY_INLINE_SECRETS: '1' } }],
] as const)('with %s, secrets go to a file', async ([, options]) => {
  await using mcp = await start(options);
  const { answer, password } = await reinstall(mcp);
  expect(answer.structured['root_password_in']).toMatch(
    /^the file .*\(readable by you alone, deleted after 24 hours\)$/,
  );
  expect(everythingIn(answer) + mcp.stderr() + (await recordsOf(mcp))).not.toContain(password);
  expect(mcp.stderr()).toBe('');
});

test('inline is no way that --secrets knows', async () => {
  const { code, stderr } = await spawnBin(['--secrets', 'inline']).ended;
  expect(code).toBe(2);
  expect(stderr).toMatch(/file, page/);
});
