import { expect, test } from 'vitest';
import { agrees, connect } from '../support/connect.js';

test('a reboot whose answer is lost is sent once, and said to be of unknown outcome', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { rebootMs: 60_000 } });
  mcp.sandbox.misbehave({ path: /reboot$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('reboot_server', { server: 'web01' });
  expect(isError).toBe(true);
  expect(text).toContain('it is not known whether that happened');
  expect(mcp.sandbox.calls('GET', /reboot$/)).toHaveLength(1);
  expect(mcp.sandbox.world.server('web01').rebootingUntil).not.toBeNull();
});
