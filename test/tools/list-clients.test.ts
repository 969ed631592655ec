import { expect, test } from 'vitest';
import { connectAdmin, rowsOf } from './support/account.js';
import { everythingIn } from './support/upstream.js';

test('sub-clients are listed with what was given to them', async () => {
  await using mcp = await connectAdmin();
  const { people } = mcp.sandbox.world;
  people.clients[0]?.webhosting.push({ id: '631', objectId: '4101' });
  const server = mcp.sandbox.world.server('18106').name;
  expect(rowsOf(await mcp.call('list_clients'))).toEqual([
    {
      name: 'Kari Solberg',
      id: '501',
      login: 'GH-10501',
      company: 'Kafé Solsiden',
      active: true,
      servers: server,
      domains: 'kunde.example',
      webhosting: 'fjordkaffe.no',
    },
  ]);
});

test('only what the operator allows is shown of what was given', async () => {
  await using mcp = await connectAdmin({ args: ['--only-servers', 'web02', '--only-zones', 'fjordkaffe.no'] });
  const answer = await mcp.call('list_clients');
  expect(rowsOf(answer)[0]).toMatchObject({ servers: null, domains: null });
  expect(everythingIn(answer)).not.toContain(mcp.sandbox.world.server('18106').name);
});

test('an account that is no partner is told so', async () => {
  await using mcp = await connectAdmin();
  mcp.sandbox.world.account.partner = false;
  const { text, isError } = await mcp.call('list_clients');
  expect(isError).toBe(true);
  expect(text).toMatch(/^Could not list the sub-clients: .*status 403.*administrators of partner accounts only/);
});
