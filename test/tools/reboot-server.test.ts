import { expect, test } from 'vitest';
import { agrees, connect, declines } from '../support/connect.js';
import { breakAfter, changesOf, expectBadArguments, expectRefusals, nameTwice } from './support/upstream.js';

test('a person who agrees to the plan gets the server rebooted, once', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { rebootMs: 60_000 } });
  const { text, structured } = await mcp.call('reboot_server', { server: 'web01' });
  expect(mcp.questions.map(({ message }) => message)).toEqual([
    'Reboot web01 (VPS 18101, 192.0.2.10).\n- Its services stop until it is up again; data on disk is kept.\n- undo_change does not apply to it.',
  ]);
  expect(changesOf(mcp.sandbox)).toEqual(['GET /servers/18101/reboot']);
  expect(mcp.sandbox.world.server('web01').rebootingUntil).not.toBeNull();
  expect(structured).toMatchObject({ status: 'done', server: 'web01', powered_on: true });
  expect(structured['measured_at']).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+Z$/);
  expect(text).toBe(
    `Gigahost is rebooting web01. The power state read back is on. get_server shows when it is up again.\n\nundo_change does not apply to it (change ${String(structured['change_id'])}).`,
  );
});

test('a person who declines keeps the server running', async () => {
  await using mcp = await connect({ person: declines });
  const { text, structured, isError } = await mcp.call('reboot_server', { server: 'web01' });
  expect(isError).toBe(false);
  expect(structured).toEqual({ status: 'declined' });
  expect(text).toMatch(/The person said no\. Nothing changed\./);
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('the plan tells what a reboot would cut short', async () => {
  await using mcp = await connect({ person: declines, sandboxOptions: { snapshotMs: 60_000 } });
  await mcp.call('create_snapshot', { server: 'web01', name: 'now', wait_seconds: 0 });
  await mcp.call('reboot_server', { server: 'web01' });
  expect(mcp.questions[0]?.message).toContain('- A snapshot is being taken and may be damaged.');
});

test('the plan for a server that is down says so', async () => {
  await using mcp = await connect({ person: declines });
  await mcp.call('reboot_server', { server: 'legacy-db' });
  await mcp.call('reboot_server', { server: 'web01' });
  const [down, up] = mcp.questions.map(({ message }) => message.split('\n')[1]);
  expect(down).toBe('- It is down right now; Gigahost may refuse the reboot.');
  expect(up).not.toContain('down right now');
});

test('Gigahost’s reason for a refusal is passed on', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, isError } = await mcp.call('reboot_server', { server: 'legacy-db' });
  expect(isError).toBe(true);
  expect(text).toMatch(/^Could not reboot the server: "Server is powered off\.", status 400\. Nothing changed\./);
});

test('a lost answer is reported as unknown, with the read that settles it, and no second reboot is sent', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ path: /reboot$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('reboot_server', { server: 'web01' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /asked to reboot the server, and it is not known whether that happened.*Do not repeat it: get_server shows/,
  );
  expect(changesOf(mcp.sandbox)).toEqual(['GET /servers/18101/reboot']);
});

test('a reboot that was accepted and cannot be read back is reported as accepted', async () => {
  await using mcp = await connect({ person: agrees });
  breakAfter(mcp.sandbox, 0, { path: /powerstate$/, fault: { kind: 'status', status: 500 } });
  const { text, isError } = await mcp.call('reboot_server', { server: 'web01' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Gigahost accepted the change, but .*could not read the power state.*Do not repeat the change: get_server/,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a server that is not meant for sure is not rebooted, and nobody is asked', async () => {
  await using mcp = await connect({ person: agrees });
  await expectRefusals(mcp, 'reboot_server', [
    [{ server: 'legacy' }, /Did you mean legacy-db .*whole name, an id or an address\..*Nothing changed\.$/],
    [{ server: 'shop' }, /No server is called "shop".*Nothing changed\.$/],
  ]);
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'reboot_server', [
    [{ server: 'web01' }, /"web01" matches 2 servers: .*18101.*18102.*Use an id or an address\. Nothing changed\.$/],
  ]);
});

test('wrong arguments are answered with the right ones', async () => {
  await using mcp = await connect({ person: agrees });
  await expectBadArguments(mcp, 'reboot_server', [
    [{}, /server is missing\. It takes server, confirmation_code\?\./],
    [{ server: null }, /server must be a text/],
    [{ server: 'web01', force: true }, /unknown argument "force"/],
  ]);
});
