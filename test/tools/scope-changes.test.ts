import { expect, test } from 'vitest';
import { agrees, connect } from '../support/connect.js';
import { changesOf } from './support/upstream.js';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGK5d7nVXlS3s1Q8cA0gkF0m3kz9mXkqk4J0Q3m5Z1aB laptop';

test.for([
  ['add_ssh_key', { name: 'laptop2', public_key: KEY }],
  ['set_notifications', { newsletter: false }],
  ['top_up_credit', { amount: 100 }],
  ['delete_user', { user: 'Drift' }],
] as const)('%s is for those who see the whole account', async ([tool, args]) => {
  await using mcp = await connect({ person: agrees, args: ['--toolsets', 'all', '--only-servers', 'web*'] });
  const { isError, text } = await mcp.call(tool, args);
  expect(text).toMatch(
    /^This concerns the account as a whole, and only some servers or zones are within reach here \(--only-servers, --only-zones\)\. Nothing changed\.$/,
  );
  expect(isError).toBe(true);
  expect(mcp.questions).toEqual([]);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('what a part of the account is told to do is done, also where only its domain names it', async () => {
  await using mcp = await connect({ person: agrees, args: ['--toolsets', 'all', '--only-zones', 'fjordkaffe.no'] });
  const made = await mcp.call('create_mailbox', { hosting: 'fjordkaffe.no', address: 'ny' });
  expect(made.isError, made.text).toBe(false);
  expect(JSON.stringify((await mcp.call('list_changes')).structured)).toContain('Create the mailbox');
});
