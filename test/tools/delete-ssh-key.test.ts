import { expect, test } from 'vitest';
import { agrees, declines } from '../support/connect.js';
import { connectWithKey } from './support/account.js';
import { changesOf, expectRefusals } from './support/upstream.js';

test.for(['deploy', '52', 'fingerprint'])('the key called %s is deleted once a person agrees', async reference => {
  await using mcp = await connectWithKey({ person: agrees });
  const { structured: listed } = await mcp.call('list_ssh_keys');
  const fingerprint = (listed['rows'] as string[][])[1]?.[3];
  const key = reference === 'fingerprint' ? fingerprint : reference;
  const { text, structured } = await mcp.call('delete_ssh_key', { key });
  expect(mcp.questions[0]?.message).toBe(
    [
      `Delete the SSH key "deploy" (id 52, Ed25519, ${fingerprint}) from the account.`,
      '- It is no longer offered when a server is set up or reinstalled.',
      '- Servers that have it keep it: whoever holds it can still sign in there.',
      '- 1 other SSH key remains.',
      '- It cannot be undone.',
    ].join('\n'),
  );
  expect(changesOf(mcp.sandbox)).toEqual(['DELETE /account/sshkey/52']);
  expect(mcp.sandbox.world.account.sshKeys.map(({ name }) => name)).toEqual(['ingrid laptop']);
  expect(structured).toMatchObject({ name: 'deploy', id: '52', still_listed: false, remaining: 1 });
  expect(text).toMatch(
    /is deleted; 1 remains\. Where it was installed, remove it from ~\/\.ssh\/authorized_keys too\./,
  );
});

test('a person who declines keeps it', async () => {
  await using mcp = await connectWithKey({ person: declines });
  expect((await mcp.call('delete_ssh_key', { key: 'deploy' })).structured).toEqual({ status: 'declined' });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('a key that is still listed is told so', async () => {
  await using mcp = await connectWithKey({ person: agrees });
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'reply', body: { meta: { status: 200 } } } });
  const { text, structured } = await mcp.call('delete_ssh_key', { key: 'deploy' });
  expect(structured).toMatchObject({ still_listed: true, remaining: 1 });
  expect(text).toMatch(/still lists it\. Look again with list_ssh_keys; do not delete it again\./);
});

test('a name that is not meant for sure is answered with the candidates', async () => {
  await using mcp = await connectWithKey({ person: agrees });
  for (const key of mcp.sandbox.world.account.sshKeys) key.name = 'laptop';
  await expectRefusals(mcp, 'delete_ssh_key', [
    [{ key: 'laptop' }, /"laptop" matches 2 SSH keys: laptop \(id 51\), laptop \(id 52\)\. Use an id\./],
    [{ key: 'lap' }, /no SSH key called "lap"\. Did you mean laptop/],
  ]);
});
