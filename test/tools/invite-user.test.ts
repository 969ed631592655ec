import { expect, test } from 'vitest';
import { agrees, declines } from '../support/connect.js';
import { connectAdmin } from './support/account.js';
import { changesOf, expectBadArguments, expectRefusals } from './support/upstream.js';

const KARI = { name: 'Kari Moe', email: 'kari@example.no' };

test('somebody is invited with the servers named, once a person agrees', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  const { text, structured } = await mcp.call('invite_user', {
    ...KARI,
    access: 'server',
    servers: ['web01', '192.0.2.10'],
  });
  expect(mcp.questions[0]?.message).toBe(
    [
      'Invite Kari Moe (kari@example.no) to the account as server.',
      '- An e-mail with a link that is good for 24 hours goes to kari@example.no: whoever reads it gets in.',
      '- This level sees only the servers that are given to it.',
      '- Servers given: web01 (VPS 18101, 192.0.2.10).',
      '- undo_change does not apply to it.',
    ].join('\n'),
  );
  const kari = mcp.sandbox.world.people.contactNamed(KARI.email);
  expect(kari).toMatchObject({ name: 'Kari Moe', accessLevel: 'server', servers: [{ objectId: '18101' }] });
  expect(changesOf(mcp.sandbox)).toEqual(['POST /account', `PUT /account/user/${kari?.id}/server`]);
  expect(mcp.sandbox.world.people.outbox).toHaveLength(1);
  expect(structured).toMatchObject({
    id: kari?.id,
    login: KARI.email,
    access: 'server',
    servers: ['web01'],
    problem: null,
  });
  expect(text).toContain(`Kari Moe is invited as server (id ${kari?.id}), with web01.`);
});

test('an admin is asked for in plain words, and a no keeps everybody out', async () => {
  await using mcp = await connectAdmin({ person: declines });
  const { structured } = await mcp.call('invite_user', { ...KARI, access: 'admin' });
  expect(mcp.questions[0]?.message).toContain('- An admin may do everything in the account');
  expect(structured).toEqual({ status: 'declined' });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('an invitation stands when giving a server fails, and the rest is told', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  mcp.sandbox.misbehave({ method: 'PUT', path: /\/server$/, fault: { kind: 'status', status: 500 } });
  const { text, structured, isError } = await mcp.call('invite_user', {
    ...KARI,
    access: 'server',
    servers: ['web01', 'web02'],
  });
  expect(isError).toBe(false);
  expect(structured['problem']).toMatch(
    /^it is not known whether it worked to give web01 .*; not tried after that: give web02$/,
  );
  expect(text).toMatch(/Not all was done: .* set_user_access can do the rest; do not invite again\./);
  expect(changesOf(mcp.sandbox)).toHaveLength(2);
});

test('a lost answer is reported as unknown, and nobody is invited twice', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', path: /^\/account$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('invite_user', { ...KARI, access: 'user' });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to invite the user, and it is not known.*Do not repeat it: list_users shows/);
  expect(mcp.sandbox.world.people.outbox).toHaveLength(1);
});

test('who is a user already, and what is out of reach, is refused before anybody is asked', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  await expectRefusals(mcp, 'invite_user', [
    [
      { name: 'J', email: 'JONAS@example.no', access: 'admin' },
      /Jonas Lie \(jonas@example\.no, id 32\) is a user already\. set_user_access/,
    ],
    [{ ...KARI, access: 'server', servers: ['nope'] }, /No server is called "nope"/],
  ]);
  await using scoped = await connectAdmin({ sandbox: mcp.sandbox, person: agrees, args: ['--only-servers', 'web02'] });
  await expectRefusals(scoped, 'invite_user', [
    [{ ...KARI, access: 'admin' }, /Only the access level server can be given here.*--only-servers/],
    [{ ...KARI, access: 'server', servers: ['web01'] }, /No server is called "web01"/],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  await expectBadArguments(mcp, 'invite_user', [
    [{ ...KARI, access: 'owner' }, /access must be one of/],
    [{ ...KARI, email: 'kari', access: 'user' }, /email is not an e-mail address such as ola@example\.no/],
    [{ ...KARI, access: 'server', servers: [] }, /servers must be 1 to 50 servers/],
  ]);
});
