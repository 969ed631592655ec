import { expect, test } from 'vitest';
import { agrees, connect, declines, types } from '../support/connect.js';
import { breakAfter, changesOf, expectBadArguments, expectRefusals, nameTwice } from './support/upstream.js';

test('a person who types its name gets the snapshot deleted, and the plan said what is lost and what remains', async () => {
  await using mcp = await connect({ person: agrees });
  const { text, structured } = await mcp.call('delete_snapshot', { server: 'web01', snapshot: 'Shop 4.2 live' });
  expect(mcp.questions[0]?.message).toMatch(
    /^Delete the snapshot "shop 4\.2 live" \(id 3102\) of web01 \(VPS 18101, 192\.0\.2\.10\)\.\n- It was taken 2 days ago \(\d{4}-[\dT:-]+Z\) and cannot be brought back\.\n- 1 other completed snapshot of web01 remains\.\n- It cannot be undone\.$/,
  );
  expect(mcp.questions[0]?.properties).toEqual({ name: { type: 'string', title: 'Type shop 4.2 live to confirm' } });
  expect(changesOf(mcp.sandbox)).toEqual(['DELETE /servers/18101/snapshot/3102']);
  expect(mcp.sandbox.world.snapshotsOf('web01').map(({ id }) => id)).toEqual(['3101']);
  expect(structured).toEqual({
    status: 'done',
    server: 'web01',
    snapshot: 'shop 4.2 live',
    snapshot_id: '3102',
    still_listed: false,
    remaining: 1,
    change_id: expect.stringMatching(/^c\w+$/) as unknown,
  });
  expect(text).toBe(
    `The snapshot "shop 4.2 live" (id 3102) of web01 is deleted; 1 remains.\n\nIt cannot be undone (change ${String(structured['change_id'])}).`,
  );
});

test('the last snapshot of a server can go by its id, and the plan says that none remains', async () => {
  await using mcp = await connect({ person: agrees });
  const { text } = await mcp.call('delete_snapshot', { server: '198.51.100.25', snapshot: '3103' });
  expect(mcp.questions[0]?.message).toContain('- No other completed snapshot of mail01 remains.');
  expect(text).toContain('(id 3103) of mail01 is deleted; none remain.');
  expect(mcp.sandbox.world.snapshotsOf('mail01')).toEqual([]);
});

test.for([
  ['declines', declines],
  ['types something else', types('yes')],
  ['types nothing', types('')],
] as const)('a person who %s keeps the snapshot', async ([, person]) => {
  await using mcp = await connect({ person });
  const { structured, text } = await mcp.call('delete_snapshot', { server: 'web01', snapshot: '3102' });
  expect(structured).toEqual({ status: 'declined' });
  expect(text).toContain('Nothing changed.');
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('two snapshots of one name are told apart by id', async () => {
  await using mcp = await connect({ person: agrees });
  const { snapshots } = mcp.sandbox.world;
  for (const snapshot of snapshots) snapshot.displayName = 'nightly';
  await expectRefusals(mcp, 'delete_snapshot', [
    [
      { server: 'web01', snapshot: 'nightly' },
      /"nightly" matches 2 snapshots of web01: "nightly" \(id 3101, completed, \d{4}-[\dT:-]+Z\); "nightly" \(id 3102, completed, .*\)\. Use an id\. Nothing changed\.$/,
    ],
  ]);
  expect((await mcp.call('delete_snapshot', { server: 'web01', snapshot: '3101' })).structured).toMatchObject({
    snapshot_id: '3101',
    remaining: 1,
  });
  expect(mcp.sandbox.world.snapshotsOf('web01').map(({ id }) => id)).toEqual(['3102']);
});

test('a snapshot that Gigahost accepted to delete and still lists is not called deleted', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'reply', body: { meta: { status: 200 } } } });
  const { text, structured } = await mcp.call('delete_snapshot', { server: 'web01', snapshot: '3102' });
  expect(structured).toMatchObject({ still_listed: true });
  expect(text).toMatch(
    /accepted deleting the snapshot "shop 4\.2 live" \(id 3102\) of web01, but still lists it\. Look again with list_snapshots/,
  );
});

test('a lost answer is reported as unknown, with the read that settles it, and nothing is sent twice', async () => {
  await using mcp = await connect({ person: agrees });
  mcp.sandbox.misbehave({ method: 'DELETE', fault: { kind: 'drop', when: 'after' } });
  const { text, isError } = await mcp.call('delete_snapshot', { server: 'web01', snapshot: '3102' });
  expect(isError).toBe(true);
  expect(text).toMatch(/asked to delete the snapshot, and it is not known.*Do not repeat it: list_snapshots shows/);
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('a deletion that was accepted and cannot be read back is reported as accepted', async () => {
  await using mcp = await connect({ person: agrees });
  breakAfter(mcp.sandbox, 2, { path: /snapshots$/, fault: { kind: 'status', status: 500 } });
  const { text, isError } = await mcp.call('delete_snapshot', { server: 'web01', snapshot: '3102' });
  expect(isError).toBe(true);
  expect(text).toMatch(
    /^Gigahost accepted the change, but .*could not list the snapshots.*Do not repeat the change: list_snapshots/,
  );
  expect(changesOf(mcp.sandbox)).toHaveLength(1);
});

test('an unknown snapshot, a server that is not meant for sure, and wrong arguments are answered with what would be right', async () => {
  await using mcp = await connect({ person: agrees });
  await expectRefusals(mcp, 'delete_snapshot', [
    [
      { server: 'web01', snapshot: 'shop' },
      /web01 has no snapshot "shop"\. It has: "before-upgrade" \(id 3101, completed, .*\); "shop 4\.2 live" \(id 3102, .*Nothing changed\.$/,
    ],
    [{ server: 'web01', snapshot: '3103' }, /web01 has no snapshot "3103"/],
    [{ server: 'db01', snapshot: 'x' }, /db01 has no snapshot "x"\. It has: none\./],
    [{ server: 'mail', snapshot: '3103' }, /Did you mean mail01/],
  ]);
  nameTwice(mcp.sandbox);
  await expectRefusals(mcp, 'delete_snapshot', [[{ server: 'web01', snapshot: '3102' }, /"web01" matches 2 servers/]]);
  await expectBadArguments(mcp, 'delete_snapshot', [
    [{ server: 'web01' }, /snapshot is missing\. It takes server, snapshot, confirmation_code\?\./],
    [{ server: 'web01', snapshot: 3102 }, /snapshot must be a text/],
    [{ server: 'web01', snapshot: ' ' }, /snapshot must not be empty/],
  ]);
});
