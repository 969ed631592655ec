import { expect, test } from 'vitest';
import { connectAdmin, rowsOf } from './support/account.js';
import { everythingIn } from './support/upstream.js';

test('users are listed with access and the servers given to them', async () => {
  await using mcp = await connectAdmin();
  const answer = await mcp.call('list_users');
  expect(rowsOf(answer)).toEqual([
    {
      name: 'Ingrid Nes',
      id: '31',
      login: 'demo@example.no',
      access: 'admin',
      active: true,
      two_factor: true,
      servers: null,
    },
    {
      name: 'Jonas Lie',
      id: '32',
      login: 'jonas@example.no',
      access: 'user',
      active: true,
      two_factor: false,
      servers: null,
    },
    {
      name: 'Drift',
      id: '33',
      login: 'drift@example.no',
      access: 'server',
      active: true,
      two_factor: false,
      servers: 'web01, web02',
    },
  ]);
  expect(answer.text).toContain('Drift | 33 | drift@example.no | server | yes | no | web01, web02');
  expect(mcp.sandbox.calls('GET', /^\/account\/user\//)).toHaveLength(3);
});

test('only what the operator allows is shown of the servers given', async () => {
  await using mcp = await connectAdmin({ args: ['--only-servers', 'web02'] });
  const answer = await mcp.call('list_users');
  expect(rowsOf(answer)[2]).toMatchObject({ name: 'Drift', servers: 'web02' });
  expect(everythingIn(answer)).not.toContain('web01');
});

test('where Gigahost shows no users, the answer says who it shows them to', async () => {
  await using mcp = await connectAdmin();
  mcp.sandbox.world.account.contacts.length = 1;
  const [owner] = mcp.sandbox.world.account.contacts;
  Object.assign(owner as object, { accessLevel: 'user' });
  const { text, isError } = await mcp.call('list_users');
  expect(isError).toBe(true);
  expect(text).toMatch(/to administrators only.*GIGAHOST_USERNAME and GIGAHOST_PASSWORD/);
});

test('many users come in pages, and only those on a page are read', async () => {
  await using mcp = await connectAdmin();
  const { contacts } = mcp.sandbox.world.account;
  const [, , drift] = contacts;
  if (!drift) throw new Error('the demo account has three users');
  for (let n = 0; n < 30; n++)
    contacts.push({ ...drift, id: String(900 + n), name: `User ${n}`, username: `u${n}@example.no` });
  const first = await mcp.call('list_users');
  expect(first.structured).toMatchObject({ total: 33 });
  const seen = rowsOf(first).map(({ id }) => id);
  expect(mcp.sandbox.calls('GET', /^\/account\/user\//)).toHaveLength(15);
  let cursor = first.structured['next_cursor'];
  while (cursor !== undefined) {
    const next = await mcp.call('list_users', { cursor });
    seen.push(...rowsOf(next).map(({ id }) => id));
    cursor = next.structured['next_cursor'];
  }
  expect(seen).toEqual(contacts.map(({ id }) => id));
});
