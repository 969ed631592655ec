import { expect, test } from 'vitest';
import { agrees, connect, declines } from '../support/connect.js';
import { breakAfter, changesOf, expectBadArguments, expectRefusals, nameTwice } from './support/upstream.js';

test('a person who agrees to the plan gets the hardware powered off', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, structured } = await mcp.call('power_off_server', { server: 'backup01' });
  const [question] = mcp.questions;
  expect(question?.message).toMatch(/^Power off backup01 \(dedicated server 18105, 203\.0\.113\.40\)\./);
  for (const word of ['Its services stop until', 'power cut', 'Billing goes on'])
    expect(question?.message).toContain(word);
  expect(mcp.sandbox.world.server('backup01').poweredOn).toBe(false);
  expect(changesOf(mcp.sandbox)).toEqual(['GET /servers/18105/power/off']);
  expect(structured).toMatchObject({ status: 'done', server: 'backup01', powered_on: false });
  expect(text).toBe(
    `Gigahost accepted powering backup01 off. The power state read back is off. power_on_server starts it again.\n\nundo_change does not apply to it (change ${String(structured['change_id'])}).`,
  );
});

test('a person who declines keeps it on', async () => {
  await using mcp = await connect({ person: declines });
  expect((await mcp.call('power_off_server', { server: 'backup01' })).structured).toEqual({ status: 'declined' });
  expect(mcp.sandbox.world.server('backup01').poweredOn).toBe(true);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('for a KVM VPS the plan warns, and the refusal is explained', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, isError } = await mcp.call('power_off_server', { server: 'web01' });
  expect(mcp.questions[0]?.message).toContain('- Gigahost refuses this for KVM VPS servers');
  expect(isError).toBe(true);
  expect(text).toMatch(
    /status 405\. Nothing changed\. Gigahost does not offer power on and off for KVM VPS servers; reboot_server works/,
  );
  expect(mcp.sandbox.world.server('web01').poweredOn).toBe(true);
});

test('a lost answer is reported as unknown, with the read that settles it, and nothing is sent twice', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ path: /power\/off$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('power_off_server', { server: 'backup01' });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to power the server off, and it is not known.*Do not repeat it: get_power_state shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a change that was accepted and cannot be read back is reported as accepted', async () => {
  await using mcp = await connect({ person: agrees });
  breakAfter(mcp.sandbox, 0, { path: /powerstate$/, fault: { kind: 'status', status: 500 } });
  const { text, isError } = await mcp.call('power_off_server', { server: 'backup01' });
  expect(isError).toBe(true);
  expect(text).toMatch(/^Gigahost accepted the change, but .*Do not repeat the change: get_power_state/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a server that is not meant for sure, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connect({ person: agrees });
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'power_off_server', [
    [{ server: 'backup' }, /Did you mean backup01/],
    [{ server: 'shop' }, /No server is called "shop"/],
    [{ server: 'web01' }, /"web01" matches 2 servers/],
  ]);
  await expectBadArguments(mcp, 'power_off_server', [
    [{}, /server is missing/],
    [{ server: 'backup01', confirmation_code: 12345 }, /confirmation_code must be a text/],
  ]);
});
