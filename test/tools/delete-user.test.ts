import { expect, test } from 'vitest';
import { agrees, types } from '../support/connect.js';
import { connectAdmin } from './support/account.js';
import { changesOf, expectRefusals } from './support/upstream.js';

test('a user is deleted once a person types the name', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  const { text, structured } = await mcp.call('delete_user', { user: 'drift@example.no' });
  expect(mcp.questions[0]?.message).toBe(
    [
      'Delete the user Drift (drift@example.no, id 33).',
      '- They can no longer sign in. The access level was server, with web01, web02; the servers themselves stay.',
      '- To let them in again they have to be invited anew. set_user_access can take servers without deleting the user.',
      '- It cannot be undone.',
    ].join('\n'),
  );
  expect(mcp.sandbox.world.people.contactNamed('drift@example.no')).toBeUndefined();
  expect(changesOf(mcp.sandbox)).toEqual(['DELETE /account/user/33']);
  expect(structured).toMatchObject({ user: 'Drift', id: '33', still_listed: false, remaining: 2 });
  expect(text).toContain('The user Drift (id 33) is deleted; 2 remain.');
});

test('another name typed deletes nobody', async () => {
  await using mcp = await connectAdmin({ person: types('Jonas Lie') });
  expect((await mcp.call('delete_user', { user: 'Drift' })).structured).toEqual({ status: 'declined' });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('Gigahost’s reason for a refusal is passed on: nobody removes themselves', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  const { text, isError } = await mcp.call('delete_user', { user: 'Ingrid Nes' });
  expect(isError).toBe(true);
  expect(text).toMatch(/^Could not delete the user: "You cannot remove yourself\.", status 400\. Nothing changed\./);
});

test('a user that is still listed is told so', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'reply', body: { meta: { status: 200 } } } });
  expect((await mcp.call('delete_user', { user: 'Drift' })).text).toMatch(
    /still lists them\. Look again with list_users/,
  );
});

test('who is not meant for sure is not deleted', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  for (const contact of mcp.sandbox.world.account.contacts) contact.name = 'Nils';
  await expectRefusals(mcp, 'delete_user', [[{ user: 'nils' }, /"nils" matches 3 users: Nils \(id 31\).*Use an id\./]]);
});
