import { expect, test } from 'vitest';
import { connectAdmin, connectWithKey, rowsOf } from './support/account.js';

test('the activity log is shown newest first, and filtered by user or entry', async () => {
  await using mcp = await connectAdmin();
  const all = rowsOf(await mcp.call('list_activity'));
  const times = all.map(({ at }) => String(at));
  expect(times).toEqual(times.toSorted().reverse());
  expect(all.length).toBeGreaterThan(5);
  const jonas = rowsOf(await mcp.call('list_activity', { query: 'JONAS' }));
  expect(jonas).toMatchObject([
    { user: 'Jonas Lie', login: 'jonas@example.no', entry: 'Signed in from 198.51.100.77.' },
  ]);
  const keys = rowsOf(await mcp.call('list_activity', { query: 'api key', limit: 1 }));
  expect(keys.map(({ entry }) => entry)).toEqual(['API key "monitoring" created.']);
});

test('an API key is told that the log is not for it', async () => {
  await using mcp = await connectWithKey();
  const { text, isError } = await mcp.call('list_activity');
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Could not read the activity log: .*status 403.*administrators who sign in with name and password; API keys are refused/,
  );
});

test('where only part of the account is within reach, the log of all of it is not', async () => {
  await using mcp = await connectAdmin({ args: ['--only-servers', 'web01'] });
  expect((await mcp.call('list_activity')).text).toMatch(/about the whole account.*--only-servers/);
});
