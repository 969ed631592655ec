import { expect, test } from 'vitest';
import { agrees } from '../support/connect.js';
import { connectAdmin } from './support/account.js';
import { changesOf, expectRefusals } from './support/upstream.js';

test('a key is revoked once a person has seen what uses it', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  const { text, structured } = await mcp.call('revoke_api_key', { key: 'Certbot' });
  expect(mcp.questions[0]?.message).toMatch(
    /^Revoke the API key "certbot" \(id 81, .*\)\.\n- It was last used 11 days ago \(.*\) from 192\.0\.2\.10: .*\n- It cannot be made valid again\. rotate_api_key would keep it/,
  );
  expect(mcp.sandbox.world.apiKeys.find(({ id }) => id === '81')?.revokedAt).not.toBeNull();
  expect(changesOf(mcp.sandbox)).toEqual(['DELETE /account/apikeys/81']);
  expect(structured).toMatchObject({ label: 'certbot', id: '81', still_listed: false });
  expect(text).toContain('The API key "certbot" (id 81) is revoked: the next request with it is refused.');
  await expect(mcp.call('revoke_api_key', { key: '81' })).resolves.toMatchObject({ isError: true });
});

test('a key that was never used is said to be unused, and one that is still listed is told so', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  mcp.sandbox.world.people.issueKey({ label: 'idle', permissions: {} });
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'reply', body: { meta: { status: 200 } } } });
  const { text, structured } = await mcp.call('revoke_api_key', { key: 'idle' });
  expect(mcp.questions[0]?.message).toContain('- Gigahost has seen no use of it.');
  expect(structured).toMatchObject({ still_listed: true });
  expect(text).toMatch(/still lists it as valid\. Look again with list_api_keys/);
});

test('a label that is not meant for sure is answered with the candidates', async () => {
  await using mcp = await connectAdmin({ person: agrees });
  for (const key of mcp.sandbox.world.apiKeys) key.label = 'ci';
  await expectRefusals(mcp, 'revoke_api_key', [
    [{ key: 'ci' }, /"ci" matches \d+ API keys: ci \(id 81\), ci \(id 82\).*Use an id\./],
    [{ key: 'cd' }, /no API key called "cd"/],
  ]);
});
