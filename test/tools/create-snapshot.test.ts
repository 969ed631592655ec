import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { breakAfter, changesOf, expectBadArguments, expectRefusals, nameTwice } from './support/upstream.js';

test('a snapshot is taken, watched while it is pending, and told when it is completed', async () => {
  await using mcp = await connect({ sandboxOptions: { snapshotMs: 1000 } });
  const seen: { progress: number; message?: string | undefined }[] = [];
  const { text, structured } = await mcp.call(
    'create_snapshot',
    { server: '192.0.2.20', name: ' before-13 ' },
    { onprogress: step => seen.push(step) },
  );
  const [taken] = mcp.sandbox.world.snapshotsOf('db01');
  expect(taken).toMatchObject({ displayName: 'before-13', state: 'completed' });
  expect(mcp.sandbox.calls('POST').map(({ path, body }) => [path, body])).toEqual([
    ['/servers/18103/snapshot', { name: 'before-13' }],
  ]);
  expect(structured).toMatchObject({
    server: 'db01',
    snapshot: 'before-13',
    snapshot_id: taken?.id,
    state: 'completed',
  });
  expect(structured['created_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(text).toBe(
    `The snapshot "before-13" (id ${taken?.id}, taken at ${String(structured['created_at'])}) of db01 is completed. delete_snapshot removes it.\n\nundo_change does not apply to it (change ${String(structured['change_id'])}).`,
  );
  expect(seen.length).toBeGreaterThan(1);
  expect(seen[0]?.message).toMatch(/^Snapshot "before-13" of db01: pending after 0 s$/);
  const steps = seen.map(({ progress }) => progress);
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
});

test('without waiting, the answer is that it is pending', async () => {
  await using mcp = await connect({ sandboxOptions: { snapshotMs: 60_000 } });
  const { text, structured } = await mcp.call('create_snapshot', { server: 'web01', name: 'now', wait_seconds: 0 });
  const id = mcp.sandbox.world.snapshotsOf('web01').at(-1)?.id;
  expect(structured).toMatchObject({ snapshot: 'now', snapshot_id: id, state: 'pending' });
  expect(text).toMatch(
    /^The snapshot "now" \(id \d+, taken at .*\) of web01 was accepted by Gigahost; its state is: pending\. list_snapshots shows when it is completed\. Do not start another one\.\n\nundo_change does not apply to it \(change c\w+\)\.$/,
  );
  expect(mcp.sandbox.calls('GET', /snapshots$/)).toHaveLength(2);
});

test('when waiting ends before the snapshot does, it goes on', async () => {
  await using mcp = await connect({ sandboxOptions: { snapshotMs: 60_000 } });
  const { structured, isError } = await mcp.call('create_snapshot', { server: 'web01', name: 'slow', wait_seconds: 1 });
  expect(isError).toBe(false);
  expect(structured).toMatchObject({ state: 'pending' });
});

test('a snapshot is not confused with an older one of the same name', async () => {
  await using mcp = await connect({ sandboxOptions: { snapshotMs: 300 } });
  const { structured } = await mcp.call('create_snapshot', { server: 'web01', name: 'before-upgrade' });
  const [older, , newer] = mcp.sandbox.world.snapshotsOf('web01');
  expect(older).toMatchObject({ id: '3101', displayName: 'before-upgrade' });
  expect(structured).toMatchObject({ snapshot: 'before-upgrade', snapshot_id: newer?.id, state: 'completed' });
  expect(newer?.id).not.toBe('3101');
});

test('a lost answer is reported as unknown, with the read that settles it, and no second snapshot is started', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ path: /snapshot$/, fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('create_snapshot', { server: 'web01', name: 'once' });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to start a snapshot, and it is not known.*Do not repeat it: list_snapshots shows/);
  expect(changesOf(mcp.sandbox)).toEqual(['POST /servers/18101/snapshot']);
});

test('a snapshot that was accepted and cannot be read back is reported as accepted', async () => {
  await using mcp = await connect();
  breakAfter(mcp.sandbox, 1, { path: /snapshots$/, fault: { kind: 'status', status: 500 } });
  const { text, structured } = await mcp.call('create_snapshot', { server: 'web01', name: 'once', wait_seconds: 1 });
  expect(structured).toMatchObject({ snapshot_id: null, state: 'not listed yet', created_at: null });
  expect(text).toMatch(
    /^The snapshot "once" of web01 was accepted by Gigahost; its state is: not listed yet\..*Do not start another one\.\n\nundo_change does not apply to it \(change c\w+\)\.$/,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a single look that fails does not end the waiting', async () => {
  await using mcp = await connect({ sandboxOptions: { snapshotMs: 300 } });
  mcp.sandbox.misbehave({ path: /snapshots$/, fault: { kind: 'delay', ms: 0 } });
  mcp.sandbox.misbehave({ path: /snapshots$/, fault: { kind: 'status', status: 500 } });
  const { structured } = await mcp.call('create_snapshot', { server: 'web01', name: 'patient' });
  expect(structured).toMatchObject({ state: 'completed' });
});

test('Gigahost’s reason for a refusal is passed on', async () => {
  await using mcp = await connect({ sandboxOptions: { snapshotMs: 60_000 } });
  const hardware = await mcp.call('create_snapshot', { server: 'backup01', name: 'x' });
  expect(hardware.isError).toBe(true);
  expect(hardware.text).toMatch(
    /^Could not start a snapshot: "Snapshots are not available for this server\.", status 400\. Nothing changed\./,
  );
  await mcp.call('create_snapshot', { server: 'web01', name: 'first', wait_seconds: 0 });
  const busy = await mcp.call('create_snapshot', { server: 'web01', name: 'second' });
  expect(busy.text).toMatch(
    /"Snapshot is currently being created\.".*Nothing changed\. The same call is refused as long as that is so: change the arguments, or wait/,
  );
});

test('a server that is not meant for sure, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connect();
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'create_snapshot', [
    [{ server: 'mail', name: 'x' }, /Did you mean mail01 \(VPS 18104, 198\.51\.100\.25\)\?/],
    [{ server: 'shop', name: 'x' }, /No server is called "shop"/],
    [{ server: 'web01', name: 'x' }, /"web01" matches 2 servers/],
  ]);
  await expectBadArguments(mcp, 'create_snapshot', [
    [{ server: 'db01' }, /name is missing\. It takes server, name, wait_seconds\?\./],
    [{ server: 'db01', name: '' }, /name must not be empty/],
    [{ server: 'db01', name: ' \t ' }, /name must not be empty/],
    [{ server: 'db01', name: 'a\nb' }, /name must be one line without control characters/],
    [{ server: 'db01', name: 'a\u2028b' }, /name must be one line/],
    [{ server: 'db01', name: 'x'.repeat(101) }, /name must be at most 100 characters long/],
    [{ server: 'db01', name: 'x', wait_seconds: -1 }, /wait_seconds must be at least 0/],
    [{ server: 'db01', name: 'x', wait_seconds: 1.5 }, /wait_seconds must be a whole number/],
    [{ server: 'db01', name: 'x', wait: 5 }, /unknown argument "wait"/],
  ]);
});
