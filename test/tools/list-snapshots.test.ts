import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

test('the snapshots of a server are listed newest first, with id, state and time', async () => {
  await using mcp = await connect();
  const { text, structured } = await mcp.call('list_snapshots', { server: '192.0.2.10' });
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown;
  expect(structured).toMatchObject({
    server: 'web01',
    columns: ['name', 'id', 'state', 'created_at'],
    rows: [
      ['shop 4.2 live', '3102', 'completed', time],
      ['before-upgrade', '3101', 'completed', time],
    ],
    total: 2,
  });
  expect(text).toMatch(
    /^Snapshots of web01:\nname \| id \| state \| created_at\nshop 4\.2 live \| 3102 \| completed \| \d{4}-/,
  );
});

test('one that is being taken is pending, and a server without any is said to have none', async () => {
  await using mcp = await connect({ sandboxOptions: { snapshotMs: 60_000 } });
  await mcp.call('create_snapshot', { server: 'web01', name: 'now', wait_seconds: 0 });
  const { structured } = await mcp.call('list_snapshots', { server: 'web01' });
  expect((structured['rows'] as unknown[])[0]).toMatchObject([
    'now',
    expect.any(String),
    'pending',
    expect.any(String),
  ]);
  expect((await mcp.call('list_snapshots', { server: 'db01' })).text).toBe('db01 has no snapshots.');
});

test('a long list comes in pages', async () => {
  await using mcp = await connect();
  const { snapshots } = mcp.sandbox.world;
  const [first] = snapshots;
  for (let n = 0; first && n < 200; n += 1)
    snapshots.push({ ...first, id: String(4000 + n), displayName: `nightly ${n}` });
  const ids = new Set<unknown>();
  let cursor: unknown;
  do {
    const { structured } = await mcp.call('list_snapshots', {
      server: 'web01',
      ...(cursor !== undefined && { cursor }),
    });
    for (const row of structured['rows'] as unknown[][]) ids.add(row[1]);
    cursor = structured['next_cursor'];
  } while (cursor !== undefined);
  expect(ids.size).toBe(202);
});

test('a server that is not there, and wrong arguments, are answered with what would be right', async () => {
  await using mcp = await connect();
  await expectRefusals(mcp, 'list_snapshots', [
    [{ server: 'shop' }, /No server is called "shop"\. There are: /],
    [{ server: 'web' }, /"web" matches 2 servers/],
    [{ server: 'web01', cursor: 'xyz' }, /cursor belongs to another list/],
  ]);
  await expectBadArguments(mcp, 'list_snapshots', [
    [{}, /server is missing/],
    [{ server: true }, /server must be a text/],
  ]);
});
