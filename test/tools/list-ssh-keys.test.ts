import { expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../support/hostile.js';
import { connectWithKey, rowsOf } from './support/account.js';

test('keys are listed with type, fingerprint and comment', async () => {
  await using mcp = await connectWithKey();
  const answer = await mcp.call('list_ssh_keys');
  expect(rowsOf(answer)).toMatchObject([
    { name: 'ingrid laptop', id: '51', type: 'Ed25519', comment: 'ingrid@example.no' },
    { name: 'deploy', id: '52', type: 'Ed25519', comment: 'deploy@build01.example.no' },
  ]);
  expect(rowsOf(answer)[0]?.['fingerprint']).toMatch(/^SHA256:[\w+/]{43}$/);
  expect(answer.text).toContain('deploy | 52 | Ed25519 | SHA256:');
});

test('a key that cannot be read is listed without a fingerprint, and hostile names stay in their cells', async () => {
  await using mcp = await connectWithKey();
  const [key] = mcp.sandbox.world.account.sshKeys;
  for (const name of HOSTILE_TEXTS.slice(0, 6)) {
    Object.assign(key as object, { name, data: name });
    const answer = await mcp.call('list_ssh_keys');
    expect(rowsOf(answer)[0]).toMatchObject({ id: '51', fingerprint: null });
    expect(answer.text.split('\n')).toHaveLength(3);
  }
});

test('an account without keys says so', async () => {
  await using mcp = await connectWithKey();
  mcp.sandbox.world.account.sshKeys.length = 0;
  expect((await mcp.call('list_ssh_keys')).text).toBe('There are no SSH keys.');
});
