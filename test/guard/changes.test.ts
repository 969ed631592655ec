import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.js';
import { agrees, connect, declines, types, type Connected } from '../support/connect.js';
import { callOf, HELLO, spawnBin } from '../support/raw.js';

const lines = async (mcp: Connected): Promise<Record<string, unknown>[]> =>
  (await readFile(join(mcp.stateDir, 'journal.jsonl'), 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Record<string, unknown>);
const rows = async (mcp: Connected, args: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> => {
  const { structured } = await mcp.call('list_changes', args);
  const columns = structured['columns'] as string[];
  return (structured['rows'] as unknown[][]).map(row =>
    Object.fromEntries(row.map((cell, at) => [columns[at] ?? '', cell])),
  );
};

test('every change is on record with who, what, before, after and how it ended, and no read is', async () => {
  await using mcp = await connect({ person: declines });
  await mcp.call('list_servers');
  const renamed = await mcp.call('rename_server', { server: 'web01', name: 'shop01' });
  await mcp.call('reboot_server', { server: 'web02' });
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'drop', when: 'before' } });
  await mcp.call('rename_server', { server: 'db01', name: 'sql01' });
  mcp.sandbox.misbehave({ method: 'PUT', fault: { kind: 'status', status: 400 } });
  await mcp.call('rename_server', { server: 'db01', name: 'sql02' });
  await mcp.call('rename_server', { server: 'nope', name: 'x' });

  expect(await rows(mcp)).toMatchObject([
    { tool: 'rename_server', what: expect.stringContaining('sql02') as unknown, outcome: 'refused', undo: false },
    { tool: 'rename_server', what: expect.stringContaining('sql01') as unknown, outcome: 'unknown', undo: false },
    { tool: 'reboot_server', outcome: 'declined', reason: expect.stringContaining('said no') as unknown, undo: false },
    { id: renamed.structured['change_id'], who: 'local', outcome: 'applied', undo: true },
  ]);
  expect((await lines(mcp)).filter(({ id }) => id === renamed.structured['change_id'])).toMatchObject([
    { outcome: 'begun', before: { name: 'web01' }, arguments: { server: 'web01', name: 'shop01' }, principal: 'local' },
    { outcome: 'applied', after: { name: 'shop01' }, requests: 3, duration_ms: expect.any(Number) as unknown },
  ]);
  expect((await stat(join(mcp.stateDir, 'journal.jsonl'))).mode & 0o777).toBe(0o600);
});

test('changes are found by server, zone, tool and time', async () => {
  await using mcp = await connect();
  await mcp.call('rename_server', { server: 'web01', name: 'shop01' });
  await mcp.call('set_reverse_dns', { address: '192.0.2.20', target: 'db01.example.no' });
  expect(await rows(mcp, { server: 'DB01' })).toMatchObject([{ tool: 'set_reverse_dns' }]);
  expect(await rows(mcp, { server: '18101' })).toMatchObject([{ tool: 'rename_server' }]);
  expect(await rows(mcp, { tool: 'rename_server' })).toHaveLength(1);
  expect(await rows(mcp, { since: '2100-01-01T00:00:00Z' })).toEqual([]);
  const add = (zone: string) =>
    mcp.call('set_dns_records', { zone, records: [{ name: 'x', type: 'A', values: ['192.0.2.1'] }] });
  const { structured } = await add('fjordkaffe.example');
  await add('kunde.example');
  for (const zone of ['fjordkaffe.example', 'FJORDKAFFE.example.', '3301'])
    expect(await rows(mcp, { zone }), zone).toMatchObject([{ id: structured['change_id'], tool: 'set_dns_records' }]);
  expect(await rows(mcp, { zone: 'kunde.example', tool: 'rename_server' })).toEqual([]);
  expect(await rows(mcp, { zone: 'fjordkaffe' })).toEqual([]);
  expect((await lines(mcp)).filter(({ zone }) => zone)).toMatchObject([
    { outcome: 'begun', zone: 'fjordkaffe.example', zone_id: '3301', server: null, before: { 'A x': null } },
    { outcome: 'begun', zone: 'kunde.example' },
  ]);
  const read = await mcp.client.readResource({ uri: 'gigahost://changes' });
  expect(JSON.stringify(read)).toContain('Change 1 DNS record in fjordkaffe.example');
  expect((await mcp.call('list_changes', { since: 'yesterday' })).text).toMatch(/since is not an ISO 8601 time/);
});

test('a name and a PTR are put back, and the undoing is itself on record', async () => {
  await using mcp = await connect();
  const before = mcp.sandbox.world.server('web01').addresses[0]?.reverse;
  const ptr = await mcp.call('set_reverse_dns', { address: '192.0.2.10', target: 'www.example.no' });
  const name = await mcp.call('rename_server', { server: 'web01', name: 'shop01' });
  expect(name.text).toContain(`undo_change with change="${String(name.structured['change_id'])}" takes it back.`);

  const last = await mcp.call('undo_change');
  expect(last).toMatchObject({ isError: false, structured: { name: 'web01', undone: name.structured['change_id'] } });
  const first = await mcp.call('undo_change', { change: ptr.structured['change_id'] });
  expect(first).toMatchObject({ isError: false, structured: { target: before } });
  expect(mcp.sandbox.world.server('18101')).toMatchObject({ name: 'web01', addresses: [{ reverse: before }, {}] });
  expect((await rows(mcp)).map(({ tool }) => tool)).toEqual([
    'undo_change',
    'undo_change',
    'rename_server',
    'set_reverse_dns',
  ]);

  const again = await mcp.call('undo_change', { change: name.structured['change_id'] });
  expect(again).toMatchObject({
    isError: true,
    text: expect.stringMatching(/was already undone, by c\w+ at /) as unknown,
  });
});

test('what was changed again since is not undone, and the difference is told', async () => {
  await using mcp = await connect();
  const { structured } = await mcp.call('rename_server', { server: 'web01', name: 'shop01' });
  mcp.sandbox.world.server('18101').name = 'panel-name';
  const undone = await mcp.call('undo_change', { change: structured['change_id'] });
  expect(undone.isError).toBe(true);
  expect(undone.text).toMatch(/left name "shop01", and now it is name "panel-name".*Nothing changed\./);
  expect(mcp.sandbox.calls('PUT')).toHaveLength(1);
  expect((await rows(mcp))[0]).toMatchObject({ tool: 'undo_change', outcome: 'refused' });
});

test('what cannot be undone says so before and after, and undo_change says it again', async () => {
  await using mcp = await connect({ person: agrees });
  const gone = await mcp.call('delete_snapshot', { server: 'web01', snapshot: '3101' });
  expect(mcp.questions[0]?.message).toMatch(/- It cannot be undone\.$/);
  expect(gone.text).toMatch(/It cannot be undone \(change c\w+\)\.$/);
  const undo = await mcp.call('undo_change', { change: gone.structured['change_id'] });
  expect(undo).toMatchObject({ isError: true, text: expect.stringMatching(/this cannot be undone/) as unknown });
  expect((await mcp.call('undo_change', { change: 'c123' })).text).toMatch(/There is no change c123 on record/);
});

test('a change from before a restart can be undone after it', async () => {
  await using mcp = await connect();
  await mcp.call('rename_server', { server: 'web01', name: 'shop01' });
  await using next = await connect({ sandbox: mcp.sandbox, env: { GIGAHOST_STATE_DIR: mcp.stateDir } });
  expect((await next.call('undo_change')).structured).toMatchObject({ name: 'web01' });
});

test('a journal that cannot be written stops a change before it is sent', async () => {
  await using mcp = await connect({ env: { GIGAHOST_JOURNAL: '/dev/null/journal.jsonl' } });
  const answer = await mcp.call('rename_server', { server: 'web01', name: 'shop01' });
  expect(answer).toMatchObject({
    isError: true,
    text: expect.stringMatching(/journal .* cannot be written.*Nothing changed\./) as unknown,
  });
  expect(mcp.sandbox.calls('PUT')).toHaveLength(0);
  expect((await mcp.call('list_servers')).isError).toBe(false);
});

test('without a journal changes are made, and said not to be undoable', async () => {
  await using mcp = await connect({ args: ['--journal', 'off'] });
  const { text, structured } = await mcp.call('rename_server', { server: 'web01', name: 'shop01' });
  expect(text).toMatch(/The journal is switched off, so undo_change cannot take it back\.$/);
  expect(structured).not.toHaveProperty('change_id');
  expect((await mcp.call('undo_change')).text).toMatch(/switched the journal off/);
});

test('no secret is in the journal, and none comes back out of it', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { installMs: 300 } });
  await mcp.call('reinstall_server', { server: 'web01', os: 'debian-13' });
  await mcp.call('open_console', { server: 'backup01', allowed_addresses: ['198.51.100.7'] });
  const { console } = mcp.sandbox.world.server('backup01');
  const text = await readFile(join(mcp.stateDir, 'journal.jsonl'), 'utf8');
  expect(text).toContain('open_console');
  for (const secret of [console?.password, console?.username, mcp.sandbox.apiKey]) {
    expect(secret).toBeTruthy();
    expect(text).not.toContain(secret);
  }
});

test('a process killed between Gigahost’s answer and the record of it leaves the change as unknown', async () => {
  await using sandbox = await startSandbox();
  const stateDir = await mkdtemp(join(tmpdir(), 'gigahost-mcp-test-'));
  sandbox.misbehave({ method: 'PUT', fault: { kind: 'delay', ms: 60_000, when: 'after' } });
  const bin = spawnBin([], {
    GIGAHOST_BASE_URL: sandbox.url,
    GIGAHOST_API_KEY: sandbox.apiKey,
    GIGAHOST_STATE_DIR: stateDir,
  });
  bin.send(...HELLO, callOf(2, 'rename_server', { server: 'web01', name: 'shop01' }));
  await expect.poll(() => sandbox.world.servers.some(({ name }) => name === 'shop01'), { timeout: 10_000 }).toBe(true);
  bin.child.kill('SIGKILL');
  await bin.ended;
  await using next = await connect({ sandbox, env: { GIGAHOST_STATE_DIR: stateDir } });
  expect(await rows(next)).toMatchObject([
    {
      tool: 'rename_server',
      outcome: 'unknown',
      reason: expect.stringContaining('its ending was not recorded') as unknown,
    },
  ]);
  await rm(stateDir, { recursive: true });
});

test('undo does not follow an address to another server', async () => {
  await using mcp = await connect();
  const { structured } = await mcp.call('set_reverse_dns', { address: '192.0.2.10', target: 'www.example.no' });
  const { world } = mcp.sandbox;
  const [moved] = world.server('web01').addresses.splice(0, 1);
  if (moved) world.server('mail01').addresses.push(moved);
  const undone = await mcp.call('undo_change', { change: structured['change_id'] });
  expect(undone).toMatchObject({
    isError: true,
    text: expect.stringMatching(/belongs to another server or zone now/) as unknown,
  });
  expect(mcp.sandbox.calls('PUT')).toHaveLength(1);
});

test('what cannot be said again exactly is not promised to be undone', async () => {
  await using mcp = await connect();
  const { world } = mcp.sandbox;
  const web = world.server('web01');
  const [first] = web.addresses;
  if (first) first.reverse = 'vm_1.example.no';
  const ptr = await mcp.call('set_reverse_dns', { address: '192.0.2.10', target: 'www.example.no' });
  expect(ptr.text).toMatch(/undo_change cannot take it back/);
  await mcp.call('open_console', { server: 'db01', allowed_addresses: ['198.51.100.7'] });
  world.server('mail01').name = world.server('db01').console?.username ?? '';
  const renamed = await mcp.call('rename_server', { server: '18104', name: 'post01' });
  expect(renamed.text).toMatch(/undo_change cannot take it back/);
  expect((await mcp.call('undo_change', { change: renamed.structured['change_id'] })).isError).toBe(true);
  expect(world.server('18104').name).toBe('post01');
});

test('undo goes back one change at a time, and a change undone and redone can be undone again', async () => {
  await using mcp = await connect();
  const first = await mcp.call('rename_server', { server: '18101', name: 'one' });
  await mcp.call('rename_server', { server: '18101', name: 'two' });
  await mcp.call('undo_change');
  expect(mcp.sandbox.world.server('18101').name).toBe('one');
  const second = await mcp.call('undo_change');
  expect(mcp.sandbox.world.server('18101').name).toBe('web01');
  expect((await mcp.call('undo_change')).text).toMatch(/No change that still stands/);
  await mcp.call('undo_change', { change: second.structured['change_id'] });
  expect(mcp.sandbox.world.server('18101').name).toBe('one');
  await mcp.call('undo_change', { change: first.structured['change_id'] });
  expect(mcp.sandbox.world.server('18101').name).toBe('web01');
});

test('a change whose new state could not be read back is on record as applied, and not undone blindly', async () => {
  await using mcp = await connect();
  mcp.sandbox.misbehave({ method: 'GET', path: /servers\/18101$/, fault: { kind: 'status', status: 400 } });
  const { isError } = await mcp.call('rename_server', { server: 'web01', name: 'shop01' });
  expect(isError).toBe(true);
  const [entry] = await rows(mcp);
  expect(entry).toMatchObject({ outcome: 'applied', undo: false });
  expect(String(entry?.['reason'])).not.toMatch(/Nothing changed/);
  expect((await mcp.call('undo_change')).text).toMatch(/left was not read back/);
});

test('a record that fails after the change does not hide what happened', async () => {
  await using mcp = await connect({ person: agrees, sandboxOptions: { installMs: 60_000 } });
  mcp.sandbox.misbehave({ method: 'POST', fault: { kind: 'delay', ms: 500, when: 'before' } });
  const call = mcp.call('reinstall_server', { server: 'web01', os: 'debian-13', wait_seconds: 0 });
  await expect.poll(() => mcp.sandbox.calls('POST').length, { timeout: 10_000 }).toBe(1);
  await rm(join(mcp.stateDir, 'journal.jsonl'));
  await mkdir(join(mcp.stateDir, 'journal.jsonl'));
  const answer = await call;
  expect(answer).toMatchObject({ isError: false, structured: { status: 'done' } });
  expect(answer.text).toMatch(/The root password is in the file .*could not be written to the journal/s);
});

test('a secret typed into a question by mistake is not repeated', async () => {
  const key = { value: '' };
  await using mcp = await connect({ person: question => types(key.value)(question) });
  key.value = mcp.sandbox.apiKey;
  const answer = await mcp.call('delete_snapshot', { server: 'web01', snapshot: '3101' });
  expect(answer.text).toContain('The person typed "[hidden]"');
});
