import { expect, test } from 'vitest';
import { agrees } from '../support/connect.js';
import { connectAdmin } from './support/account.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

const userOf = (
  mcp: { sandbox: { world: { account: { contacts: { id: string; servers: { objectId: string }[] }[] } } } },
  id: string,
) => {
  const user = mcp.sandbox.world.account.contacts.find(contact => contact.id === id);
  if (!user) throw new Error(`no user ${id}`);
  return user;
};
const serversOf = (...args: Parameters<typeof userOf>) => userOf(...args).servers.map(({ objectId }) => objectId);

test('one plan changes the level, gives and takes, and one undo puts all of it back', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  const { text, structured } = await mcp.call('set_user_access', {
    user: 'drift@example.no',
    access: 'user',
    add_servers: ['db01', 'web02'],
    remove_servers: ['web01'],
  });
  expect(mcp.questions[0]?.message).toBe(
    [
      'Change what Drift (drift@example.no, id 33) may do.',
      '- The access level changes from server to user. A user may use the services of the account, without managing the account itself.',
      `- Gets db01 (VPS ${mcp.sandbox.world.server('db01').id}, ${mcp.sandbox.world.server('db01').addresses[0]?.address}).`,
      '- Loses web01, at once.',
      '- Then has db01, web02.',
      '- undo_change can take it back.',
    ].join('\n'),
  );
  const db01 = mcp.sandbox.world.server('db01').id;
  expect(userOf(mcp, '33')).toMatchObject({ name: 'Drift', username: 'drift@example.no', accessLevel: 'user' });
  expect(serversOf(mcp, '33').sort()).toEqual(['18102', db01].sort());
  expect(changesOf(mcp.sandbox)).toEqual([
    'PUT /account/user/33/server',
    'PUT /account/user/33',
    'DELETE /account/user/33/server/71',
  ]);
  expect(structured).toMatchObject({
    access: 'user',
    previous_access: 'server',
    servers: ['db01', 'web02'],
    previous_servers: ['web01', 'web02'],
    problem: null,
  });
  expect(text).toContain(
    'Drift now has the access level user (before: server) and db01, web02 (before: web01, web02).',
  );

  const undone = await mcp.call('undo_change');
  expect(undone.text).toMatch(
    /^Drift now has the access level server \(before: user\) and web01, web02 \(before: db01, web02\)\./,
  );
  expect(userOf(mcp, '33')).toMatchObject({ accessLevel: 'server' });
  expect(serversOf(mcp, '33').sort()).toEqual(['18101', '18102']);
});

test('a server that was given twice is taken as a whole', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  userOf(mcp, '33').servers.push({ id: '79', objectId: '18101' } as never);
  await mcp.call('set_user_access', { user: 'Drift', remove_servers: ['web01'] });
  expect(serversOf(mcp, '33')).toEqual(['18102']);
  expect(changesOf(mcp.sandbox)).toHaveLength(2);
});

test('when a later step fails, what was done is read back and the rest is told', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'status', status: 403 } });
  const { text, structured, isError } = await mcp.call('set_user_access', {
    user: 'Drift',
    add_servers: ['db01'],
    remove_servers: ['web01'],
  });
  expect(isError).toBe(false);
  expect(structured).toMatchObject({
    servers: ['db01', 'web01', 'web02'],
    problem: expect.stringMatching(/^could not take web01 \(.*status 403\)$/) as unknown,
  });
  expect(text).toContain('Not all was done: could not take web01');
});

test('when the first step fails, nothing was done and its error is told', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'status', status: 403 } });
  const { text, isError } = await mcp.call('set_user_access', {
    user: 'Drift',
    add_servers: ['db01'],
    remove_servers: ['web01'],
  });
  expect(isError).toBe(true);
  expect(text).toMatch(/^Could not give the user the server: .*Nothing changed\./);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('what cannot or need not be done is refused before anybody is asked', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  await expectRefusals(mcp, 'set_user_access', [
    [{ user: 'Ingrid Nes', access: 'user' }, /Ingrid Nes .* is the only admin; the account must keep one/],
    [{ user: 'Drift' }, /nothing to change: Drift .* has the access level server and web01, web02/],
    [{ user: 'Drift', access: 'server', add_servers: ['web01'] }, /nothing to change/],
    [
      { user: 'Drift', remove_servers: ['db01'] },
      /no server given to Drift called "db01"\. There are: web01 \(id 18101\), web02/,
    ],
    [{ user: 'Jonas Lie', remove_servers: ['web01'] }, /No server is given to Jonas Lie/],
    [{ user: 'Jon', access: 'admin' }, /no user called "Jon"\. Did you mean Jonas Lie \(id 32\)/],
  ]);
  await using scoped = await connectAdmin({ sandbox: mcp.sandbox, person: agrees, args: ['--only-servers', 'web02'] });
  await expectRefusals(scoped, 'set_user_access', [
    [{ user: 'Drift', access: 'admin' }, /Only the access level server can be given here/],
    [{ user: 'Drift', add_servers: ['db01'] }, /No server is called "db01"/],
    [{ user: 'Drift', remove_servers: ['web01'] }, /no server given to Drift called "web01"\. There are: web02/],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  await expectBadArguments(mcp, 'set_user_access', [
    [{}, /user is missing/],
    [{ user: 'Drift', access: 'none' }, /access must be one of/],
    [{ user: 'Drift', add_servers: [' '] }, /add_servers must be 1 to 50 servers/],
  ]);
});
