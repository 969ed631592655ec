import { expect, test } from 'vitest';
import { connectAdmin, connectWithKey, rowsOf } from './support/account.js';
import { everythingIn } from './support/upstream.js';

test('keys are listed with what they may do, by name, and without their secrets', async () => {
  await using mcp = await connectAdmin();
  const { people } = mcp.sandbox.world;
  people.issueKey({
    label: 'deploy bot',
    permissions: { servers: { mode: 'rw', all: false, ids: ['18101', 4711] }, billing: { mode: 'r' } },
  });
  people.issueKey({ label: 'idle', permissions: {} });
  const answer = await mcp.call('list_api_keys');
  const rows = new Map(rowsOf(answer).map(row => [row['label'], row]));
  expect(rows.get('certbot')).toMatchObject({
    id: '81',
    may: 'dns:write (fjordkaffe.example)',
    last_used_ip: '192.0.2.10',
  });
  expect(rows.get('monitoring')).toMatchObject({ id: '82', may: 'servers:read', expires_at: null });
  expect(rows.get('deploy bot')).toMatchObject({
    may: 'servers:write (web01, id 4711), billing:read',
    last_used_at: null,
  });
  expect(rows.get('idle')).toMatchObject({ may: 'nothing' });
  expect(rows.get('sandbox')?.['may']).toBe(
    'dns:write, servers:write, webhosting:write, racks:write, support:write, billing:write, account:write',
  );
  for (const { secret } of people.apiKeys) expect(everythingIn(answer)).not.toContain(secret);
});

test('keys that are revoked are not among them, however Gigahost says so', async () => {
  await using mcp = await connectAdmin();
  const data = [
    { key_id: 1, key_label: 'ended', status: 'active', revoked_at: 1700000000 },
    { key_id: 2, key_label: 'called ended', status: 'Revoked', revoked_at: null },
    { key_id: 3, key_label: 'valid', status: 'active', revoked_at: '0' },
  ];
  mcp.sandbox.misbehave({ path: /apikeys$/, fault: { kind: 'reply', body: { meta: { status: 200 }, data } } });
  expect(rowsOf(await mcp.call('list_api_keys')).map(({ label }) => label)).toEqual(['valid']);
});

test('servers and zones out of reach are counted, not named', async () => {
  await using mcp = await connectAdmin({ args: ['--only-servers', 'web02', '--only-zones', 'kunde.example'] });
  mcp.sandbox.world.people.issueKey({
    label: 'both',
    permissions: { servers: { mode: 'r', all: false, ids: ['18101', '18102'] } },
  });
  const answer = await mcp.call('list_api_keys');
  expect(rowsOf(answer).at(-1)).toMatchObject({ may: 'servers:read (web02, 1 out of reach here)' });
  expect(everythingIn(answer)).not.toMatch(/web01|18101|fjordkaffe/);
});

test('an API key is told who manages keys', async () => {
  await using mcp = await connectWithKey();
  const { text, isError } = await mcp.call('list_api_keys');
  expect(isError).toBe(true);
  expect(text).toMatch(/^Could not list the API keys: .*status 403.*sign in with name and password, not by API keys/);
});
