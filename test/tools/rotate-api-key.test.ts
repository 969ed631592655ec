import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agrees, declines } from '../support/connect.js';
import { connectAdmin } from './support/account.js';
import { changesOf, everythingIn } from './support/upstream.js';

test('a key gets a new secret, which goes to the user alone, and the old one is refused', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  const key = mcp.sandbox.world.apiKeys.find(({ label }) => label === 'monitoring');
  const old = key?.secret ?? '';
  const answer = await mcp.call('rotate_api_key', { key: 'monitoring' });
  expect(mcp.questions[0]?.message).toMatch(
    /^Give the API key "monitoring" \(id 82, begins flux_live_\w+\) a new secret\.\n- It was last used 2 minutes ago \(.*\) from 203\.0\.113\.40: whatever does so stops working at once\.\n- The old secret is dead from then on/,
  );
  expect(key?.secret).not.toBe(old);
  expect(changesOf(mcp.sandbox)).toEqual(['POST /account/apikeys/82/rotate']);
  const folder = join(mcp.stateDir, 'secrets');
  const [file = ''] = await readdir(folder);
  expect(await readFile(join(folder, file), 'utf8')).toContain(`API key: ${key?.secret}\n`);
  expect(everythingIn(answer)).not.toContain(key?.secret);
  expect(answer.text).toMatch(
    /has a new secret, which begins flux_live_\w+; the old one is refused from now on\. The key is in the file .* Do not rotate it again/,
  );
});

test('a person who declines keeps the old one', async () => {
  await using mcp = await connectAdmin({ person: declines });
  expect((await mcp.call('rotate_api_key', { key: '81' })).structured).toEqual({ status: 'declined' });
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('a lost answer is reported as unknown and not sent again: that would kill the secret that came of it', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  mcp.sandbox.misbehave({ method: 'POST', path: /rotate$/, fault: { kind: 'drop', when: 'after' } });
  const { text } = await mcp.call('rotate_api_key', { key: 'certbot' });
  expect(text).toMatch(/asked to replace the secret of the API key, and it is not known.*list_api_keys shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a secret that did not come is told', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  mcp.sandbox.misbehave({
    method: 'POST',
    path: /rotate$/,
    fault: { kind: 'reply', body: { meta: { status: 200 }, data: [{}] } },
  });
  expect((await mcp.call('rotate_api_key', { key: 'certbot' })).text).toMatch(
    /did not return it, so nobody knows it: rotate_api_key makes another one/,
  );
});

test('what a key begins with is still told after its secret was handed over', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  await mcp.call('rotate_api_key', { key: 'monitoring' });
  await mcp.call('revoke_api_key', { key: 'monitoring' });
  expect(mcp.questions[1]?.message).toMatch(
    /^Revoke the API key "monitoring" \(id 82, begins flux_live_[0-9a-f]{8}\)\./,
  );
});
