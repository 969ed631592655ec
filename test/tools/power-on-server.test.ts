import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { breakAfter, changesOf, expectBadArguments, expectRefusals, nameTwice } from './support/upstream.js';

test('hardware is powered on without a question, and the state read back is told', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('power_on_server', { server: '203.0.113.70' });
  expect(mcp.sandbox.world.server('legacy-db').poweredOn).toBe(true);
  expect(changesOf(mcp.sandbox)).toEqual(['GET /servers/18107/power/on']);
  expect(structured).toMatchObject({ server: 'legacy-db', powered_on: true });
  expect(structured['measured_at']).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+Z$/);
  expect(text).toMatch(
    /^Gigahost accepted powering legacy-db on\. The power state read back is on\.\n\n.* \(change c\w+\)\.$/,
  );
});

test('on a KVM VPS the refusal is explained, and reboot is named as what works', async () => {
  await using mcp = await connect();
  const { text, isError } = await mcp.call('power_on_server', { server: 'web01' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /status 405\. Nothing changed\. Gigahost does not offer power on and off for KVM VPS servers; reboot_server works on them\./,
  );
  expect(changesOf(mcp.sandbox)).toEqual(['GET /servers/18101/power/on']);
});

test('a lost answer is reported as unknown, with the read that settles it, and nothing is sent twice', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ path: /power\/on$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('power_on_server', { server: 'legacy-db' });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to power the server on, and it is not known.*Do not repeat it: get_power_state shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a change that was accepted and cannot be read back is reported as accepted', async () => {
  await using mcp = await connect();
  breakAfter(mcp.sandbox, 0, { path: /powerstate$/, fault: { kind: 'garbage' } });
  const { text, isError } = await mcp.call('power_on_server', { server: 'legacy-db' });
  expect(isError).toBe(true);
  expect(text).toMatch(/^Gigahost accepted the change, but .*Do not repeat the change: get_power_state/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a server that is not meant for sure, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connect();
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'power_on_server', [
    [{ server: 'legacy' }, /Did you mean legacy-db/],
    [{ server: 'shop' }, /No server is called "shop"/],
    [{ server: 'web01' }, /"web01" matches 2 servers/],
  ]);
  await expectBadArguments(mcp, 'power_on_server', [
    [{}, /server is missing/],
    [{ server: 'legacy-db', confirmation_code: 'X' }, /unknown argument "confirmation_code"/],
  ]);
});
