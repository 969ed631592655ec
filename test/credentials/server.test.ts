import { expect, test } from 'vitest';
import { openKeeper } from '../../src/credentials/index.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { connect, type Connected } from '../support/connect.js';
import { serve } from '../support/http.js';

const NONE = { GIGAHOST_API_KEY: undefined };
const keeperOf = ({ stateDir, sandbox }: Pick<Connected, 'stateDir' | 'sandbox'>) =>
  openKeeper({ stateDir, baseUrl: sandbox.url, keychain: 'off' });

test('a server without credentials names the command, and finds what is kept with the next call', async () => {
  await using talk = await connect({ env: NONE });
  const before = await talk.call('list_servers');
  expect(before.isError).toBe(true);
  expect(before.text).toContain('gigahost-mcp login');
  await keeperOf(talk).keep({ apiKey: talk.sandbox.apiKey });
  expect(await talk.call('list_servers')).toMatchObject({ isError: false });
});

test('a name and password that are kept sign in once, and one that is given wins over them', async () => {
  await using sandbox = await startSandbox();
  await using talk = await connect({ sandbox, env: NONE });
  await keeperOf(talk).keep({ username: sandbox.username, password: sandbox.password });
  await talk.call('list_servers');
  await talk.call('get_account');
  expect(sandbox.calls('POST', /authenticate/)).toHaveLength(1);
  await using given = await connect({ sandbox, env: { GIGAHOST_STATE_DIR: talk.stateDir } });
  await given.call('list_servers');
  const [last] = sandbox.requests.slice(-1);
  expect(last?.authorization).toBe(`Bearer ${sandbox.apiKey}`);
});

test('a kept key that is refused is told as the kept one, and a new one works at once', async () => {
  await using talk = await connect({ env: NONE });
  const { sandbox } = talk;
  const first = sandbox.addApiKey(null);
  const keeper = keeperOf(talk);
  await keeper.keep({ apiKey: first });
  expect(await talk.call('list_servers')).toMatchObject({ isError: false });

  sandbox.world.people.activeKeys.forEach(key => (key.revokedAt = Date.now()));
  const refused = await talk.call('get_account');
  expect(refused.isError).toBe(true);
  expect(refused.text).toContain(
    `The API key that gigahost-mcp login kept in the file ${talk.stateDir}/credentials.json is not valid (any more).`,
  );
  expect(refused.text).not.toContain(first);
  await keeper.keep({ apiKey: sandbox.addApiKey(null) });
  expect(await talk.call('get_account')).toMatchObject({ isError: false });
});

test('a running call is repeated with the key that was kept since it was last read', async () => {
  await using talk = await connect({ env: NONE });
  const { sandbox } = talk;
  await keeperOf(talk).keep({ apiKey: sandbox.addApiKey(null) });
  expect(await talk.call('list_servers')).toMatchObject({ isError: false });
  sandbox.world.people.activeKeys.forEach(key => (key.revokedAt = Date.now()));
  await keeperOf(talk).keep({ apiKey: sandbox.addApiKey(null) });
  expect(await talk.call('get_account')).toMatchObject({ isError: false });
});

test('a kept password that is refused is told as the kept one', async () => {
  await using talk = await connect({ env: NONE });
  await keeperOf(talk).keep({ username: talk.sandbox.username, password: 'not the password' });
  const { text } = await talk.call('list_servers');
  expect(text).toContain('The user name and password that gigahost-mcp login kept in the file');
  expect(text).not.toContain('not the password');
  await keeperOf(talk).keep({ username: talk.sandbox.username, password: talk.sandbox.password });
  expect(await talk.call('list_servers')).toMatchObject({ isError: false });
});

test('what is kept is struck out of every answer', async () => {
  const password = 'Vinterkveld-1932';
  await using talk = await connect({ env: NONE, sandboxOptions: { password } });
  await keeperOf(talk).keep({ username: talk.sandbox.username, password });
  Object.assign(talk.sandbox.world.server('web01'), { label: `login ${password}` });
  expect((await talk.call('get_server', { server: 'web01' })).text).toContain('login [hidden]');
});

test('over HTTP, principals without credentials use the kept ones, and a key of each request never does', async () => {
  await using served = await serve({ principals: [{ name: 'kari', role: 'admin' }], env: NONE });
  await keeperOf(served).keep({ apiKey: served.sandbox.apiKey });
  await using kari = await served.connect({ as: 'kari' });
  expect(await kari.call('list_servers')).toMatchObject({ isError: false });

  await using byHeader = await serve({
    principals: [{ name: 'kari', role: 'admin' }],
    args: ['--credentials', 'header'],
    env: NONE,
    sandbox: served.sandbox,
  });
  await keeperOf(byHeader).keep({ apiKey: served.sandbox.apiKey });
  const headers = {
    authorization: `Bearer ${byHeader.tokens['kari']}`,
    'x-gigahost-api-key': `flux_live_${'0'.repeat(64)}`,
  };
  await using other = await byHeader.connect({ headers });
  const refused = await other.call('list_servers');
  expect(refused).toMatchObject({ isError: true });
  expect(refused.text).not.toContain('login');
});
