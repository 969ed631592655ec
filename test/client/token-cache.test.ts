import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ClientOptions } from '../../src/client/index.js';
import { listServers } from '../../src/client/api/servers.js';
import { rebootServer } from '../../src/client/api/power.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { clientOf, loginOf } from './support/client.js';

const signIns = (gigahost: Sandbox) => gigahost.calls('POST', /^\/authenticate$/);

/** A state directory that does not exist yet. */
async function stateFolder() {
  const parent = await mkdtemp(join(tmpdir(), 'gigahost-'));
  const path = join(parent, 'state', 'gigahost-mcp');
  return {
    path,
    files: async () => (await readdir(path)).map(name => join(path, name)),
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true }),
  };
}

/** One process: a client that makes one call and ends. */
async function run(gigahost: Sandbox, stateDir: string | undefined, options: Partial<ClientOptions> = {}) {
  await using client = clientOf(gigahost, { credentials: loginOf(gigahost), stateDir, ...options });
  await client.call(listServers, {});
}

test('a second process uses the session of the first and does not sign in', async () => {
  await using gigahost = await startSandbox();
  await using state = await stateFolder();
  await run(gigahost, state.path);
  await run(gigahost, state.path);
  expect(signIns(gigahost)).toHaveLength(1);
});

test('the token is in one file that only its owner may read, and so is the folder', async () => {
  await using gigahost = await startSandbox();
  await using state = await stateFolder();
  await run(gigahost, state.path);
  const files = await state.files();
  expect(files).toHaveLength(1);
  expect((await stat(files[0] ?? '')).mode & 0o777).toBe(0o600);
  expect((await stat(state.path)).mode & 0o777).toBe(0o700);
  const kept = JSON.parse(await readFile(files[0] ?? '', 'utf8')) as { token: string };
  expect(kept.token).toBe(gigahost.world.tokens[0]?.secret);
});

test('the name of the file tells neither account nor address', async () => {
  await using gigahost = await startSandbox();
  await using state = await stateFolder();
  await run(gigahost, state.path);
  expect(await readdir(state.path)).toEqual([expect.stringMatching(/^token-[0-9a-f]{24}\.json$/)]);
});

test('two accounts and two API addresses never share a token', async () => {
  await using gigahost = await startSandbox();
  await using other = await startSandbox();
  await using state = await stateFolder();
  await run(gigahost, state.path);
  await run(gigahost, state.path, {
    credentials: { ...loginOf(gigahost), username: { value: gigahost.username.toUpperCase() } },
  });
  await run(other, state.path);
  expect(signIns(gigahost)).toHaveLength(2);
  expect(signIns(other)).toHaveLength(1);
  expect(await state.files()).toHaveLength(3);
});

test.each([
  ['damaged', () => 'not json'],
  ['empty', () => ''],
  ['of another shape', () => '{"token":7}'],
  ['of a token that cannot stand in a header', () => JSON.stringify({ token: 'a\nb', expiresAt: null })],
  ['expired', (token: string) => JSON.stringify({ token, expiresAt: Date.now() - 1 })],
  ['about to expire', (token: string) => JSON.stringify({ token, expiresAt: Date.now() + 30_000 })],
])('a file that is %s costs a sign-in and is replaced', async (_, text) => {
  await using gigahost = await startSandbox();
  await using state = await stateFolder();
  await run(gigahost, state.path);
  const [file = ''] = await state.files();
  await writeFile(file, text(gigahost.world.tokens[0]?.secret ?? ''));
  await run(gigahost, state.path);
  await run(gigahost, state.path);
  expect(signIns(gigahost)).toHaveLength(2);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a token in the file that Gigahost does not know any more is replaced by one renewal', async () => {
  await using gigahost = await startSandbox();
  await using state = await stateFolder();
  await run(gigahost, state.path);
  gigahost.expireTokens();
  await run(gigahost, state.path);
  await run(gigahost, state.path);
  expect(signIns(gigahost)).toHaveLength(2);
  expect(await state.files()).toHaveLength(1);
});

test('a process whose session ended takes the one that another process has opened meanwhile', async () => {
  await using gigahost = await startSandbox();
  await using state = await stateFolder();
  await using long = clientOf(gigahost, { credentials: loginOf(gigahost), stateDir: state.path });
  await long.call(listServers, {});
  gigahost.expireTokens();
  await run(gigahost, state.path);
  await long.call(listServers, {});
  expect(signIns(gigahost)).toHaveLength(2);
});

test('a one-off code opens one session for all processes', async () => {
  await using gigahost = await startSandbox({ twoFactorCode: '123456' });
  await using state = await stateFolder();
  const credentials = { ...loginOf(gigahost), code: { value: '123456' } };
  await run(gigahost, state.path, { credentials });
  await run(gigahost, state.path, { credentials });
  expect(signIns(gigahost)).toHaveLength(1);
});

test('a refused sign-in leaves no file', async () => {
  await using gigahost = await startSandbox();
  await using state = await stateFolder();
  await mkdir(state.path, { recursive: true });
  const credentials = { ...loginOf(gigahost), password: { value: 'wrong' } };
  await expect(run(gigahost, state.path, { credentials })).rejects.toMatchObject({ kind: 'login_refused' });
  expect(await state.files()).toEqual([]);
});

test('without a state directory every process signs in for itself', async () => {
  await using gigahost = await startSandbox();
  await run(gigahost, undefined);
  await run(gigahost, undefined);
  expect(signIns(gigahost)).toHaveLength(2);
});

test('an API key is never written', async () => {
  await using gigahost = await startSandbox();
  await using state = await stateFolder();
  await mkdir(state.path, { recursive: true });
  await run(gigahost, state.path, { credentials: { apiKey: { value: gigahost.apiKey } } });
  expect(await state.files()).toEqual([]);
});

test('a state directory that cannot be written costs a sign-in per process and nothing else', async () => {
  await using gigahost = await startSandbox();
  await using state = await stateFolder();
  await mkdir(state.path, { recursive: true });
  const file = join(state.path, 'a-file');
  await writeFile(file, 'in the way');
  await run(gigahost, join(file, 'below'));
  await run(gigahost, join(file, 'below'));
  expect(signIns(gigahost)).toHaveLength(2);
  expect(await readFile(file, 'utf8')).toBe('in the way');
});

test('a change sent with a stale token from the file happens once, after a renewal', async () => {
  await using gigahost = await startSandbox();
  await using state = await stateFolder();
  await run(gigahost, state.path);
  gigahost.expireTokens();
  await using client = clientOf(gigahost, { credentials: loginOf(gigahost), stateDir: state.path });
  const before = gigahost.world.server('web01').activity.length;
  await client.call(rebootServer, { params: { id: '18101' } });
  expect(gigahost.world.server('web01').activity).toHaveLength(before + 1);
});
