import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findClients, openChanges, readEntry, type FoundClient } from '../../src/clients/index.js';
import { spelledOut } from '../../src/clients/find.js';
import { Refusal } from '../../src/clients/refusal.js';

const NOW = new Date('2026-11-26T14:35:10.123Z');
const STAMP = '20261126T143510Z';
const entry = { command: '/usr/bin/node', args: ['/opt/gigahost-mcp/dist/main.js', '--sandbox'], env: {} };

let home: string;
const changes = () => openChanges(join(home, 'state'));
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'gigahost-clients-'))));
afterEach(() => rm(home, { recursive: true }));

async function client(id: string): Promise<FoundClient> {
  const found = (await findClients('linux', {}, home)).find(known => known.client.id === id);
  if (!found) throw new Error(id);
  return found;
}

async function put(path: string, text: string | Uint8Array): Promise<string> {
  const file = join(home, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

const refusalOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Refusal) return error.why;
      throw error;
    },
  );

test('a client is found by its folder or its file', async () => {
  await put('.cursor/anything', '');
  await put('.claude.json', '{}');
  const installed = (await findClients('linux', {}, home)).filter(found => found.installed);
  expect(installed.map(found => found.client.id)).toEqual(['claude-code', 'cursor']);
  expect(await findClients('linux', {}, join(home, 'nobody'))).toHaveLength(installed.length + 8);
});

test('a place with a * is every folder that begins so', async () => {
  await put('Packages/Claude_b/x', '');
  await put('Packages/Claude_a/x', '');
  await put('Packages/Other/x', '');
  const folder = join(home, 'Packages/Claude_*/Roaming');
  const machine = { platform: 'linux', env: {}, home } as const;
  expect(await spelledOut({ folder, file: join(folder, 'f.json') }, machine)).toEqual(
    ['a', 'b'].map(name => ({
      folder: join(home, `Packages/Claude_${name}/Roaming`),
      file: join(home, `Packages/Claude_${name}/Roaming/f.json`),
    })),
  );
});

test('what was written is undone to the letter, the mode and the link stay, and no copy is left', async () => {
  const before = '{\r\n  // mine\r\n  "zoom": 2,\r\n}\r\n';
  const real = await put('dotfiles/zed.json', before);
  // More than a umask leaves.
  await chmod(real, 0o660);
  await mkdir(join(home, '.config/zed'), { recursive: true });
  const link = join(home, '.config/zed/settings.json');
  await symlink(real, link);

  const zed = await client('zed');
  const change = await changes().make(zed, 'gigahost', entry, NOW);
  expect(change).toMatchObject({ backup: `${link}.gigahost-backup-${STAMP}` });
  expect(await readFile(`${link}.gigahost-backup-${STAMP}`, 'utf8')).toBe(before);
  expect(await readEntry(zed)).toEqual({ name: 'gigahost', ...entry });
  expect(await readlink(link)).toBe(real);
  expect((await stat(real)).mode & 0o777).toBe(0o660);
  expect((await stat(`${link}.gigahost-backup-${STAMP}`)).mode & 0o007).toBe(0);

  const [made] = await changes().read();
  expect(made && (await changes().undo(made)).how).toBe('restored');
  expect(await readFile(real, 'utf8')).toBe(before);
  expect(await readlink(link)).toBe(real);
  expect(await readdir(dirname(link))).toEqual(['settings.json']);
  expect(await changes().read()).toEqual([]);
});

test('a file that setup made is only its owner’s, and goes when it is undone', async () => {
  const cursor = await client('cursor');
  const change = await changes().make(cursor, 'gigahost', entry, NOW);
  expect(change?.backup).toBeNull();
  expect((await stat(cursor.file)).mode & 0o777).toBe(0o600);
  expect(change && (await changes().undo(change)).how).toBe('deleted');
  expect(await readdir(dirname(cursor.file))).toEqual([]);
});

test('a second time nothing is written; with another command the entry is replaced and what a person added stays', async () => {
  const file = await put('.gemini/settings.json', '{}');
  const gemini = await client('gemini');
  await changes().make(gemini, 'gigahost', entry, NOW);
  expect(await changes().make(gemini, 'gigahost', entry, NOW)).toBeUndefined();
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('"command"', '"trust": true, "command"'));
  await changes().make(gemini, 'gigahost', { ...entry, args: ['/opt/gigahost-mcp/dist/main.js'] }, NOW);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    mcpServers: { gigahost: { trust: true, command: '/usr/bin/node', args: ['/opt/gigahost-mcp/dist/main.js'] } },
  });
  // Both copies of the same second are kept.
  expect((await readdir(dirname(file))).sort()).toEqual([
    'settings.json',
    `settings.json.gigahost-backup-${STAMP}`,
    `settings.json.gigahost-backup-${STAMP}-2`,
  ]);
});

test('a file that was changed since loses our entry only', async () => {
  const file = await put('.codex/config.toml', 'model = "a" # why\n');
  const codex = await client('codex');
  const change = await changes().make(codex, 'gigahost', entry, NOW);
  await writeFile(file, (await readFile(file, 'utf8')).replace('"a"', '"b"'));
  expect(change && (await changes().undo(change)).how).toBe('entry removed');
  expect(await readFile(file, 'utf8')).toBe('model = "b" # why\n');
  expect(await readFile(change?.backup ?? '', 'utf8')).toBe('model = "a" # why\n');
});

test('an entry that became another program’s, or went, is left alone', async () => {
  const file = await put('.gemini/settings.json', '{}');
  const change = await changes().make(await client('gemini'), 'gigahost', entry, NOW);
  const other = '{"mcpServers": {"gigahost": {"command": "other"}}}';
  await writeFile(file, other);
  expect(change && (await changes().undo(change)).how).toBe('nothing left');
  expect(await readFile(file, 'utf8')).toBe(other);
});

test('an entry of that name that is another program’s is refused, and one that starts us is ours however it does', async () => {
  const file = await put('.cursor/mcp.json', '{"mcpServers": {"gigahost": {"command": "uvx", "args": ["gigahost"]}}}');
  const cursor = await client('cursor');
  expect(await refusalOf(changes().make(cursor, 'gigahost', entry, NOW))).toEqual({
    kind: 'taken',
    name: 'gigahost',
    starts: 'uvx gigahost',
  });
  const main = await put('checkout/dist/main.js', '');
  await put('checkout/package.json', '{"name": "gigahost-mcp"}');
  for (const ours of [
    { command: 'npx', args: ['-y', 'gigahost-mcp@0.1.0'] },
    { command: 'cmd', args: ['/c', 'npx', '-y', 'gigahost-mcp'] },
    { command: '/usr/local/bin/gigahost-mcp' },
    { command: 'C:\\n\\node.exe', args: ['C:\\p\\gigahost-mcp\\dist\\main.js'] },
    { command: 'node', args: [main, '--sandbox'] },
  ]) {
    await writeFile(file, JSON.stringify({ mcpServers: { mine: { args: [], env: {}, ...ours } } }));
    expect(await readEntry(cursor)).toEqual({ name: 'mine', args: [], env: {}, ...ours });
  }
});

test('a broken file, one in another encoding, a link to nowhere and one that may not be written are left as they are', async () => {
  const cursor = await client('cursor');
  const make = () => refusalOf(changes().make(cursor, 'gigahost', entry, NOW));
  for (const [held, why] of [
    ['{ "mcpServers": {', { kind: 'unparsable', line: 1 }],
    [new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), { kind: 'not text' }],
  ] as const) {
    const file = await put('.cursor/mcp.json', held);
    expect(await make()).toMatchObject(why);
    expect(await readFile(file)).toEqual(Buffer.from(held as string));
    expect(await readdir(dirname(file))).toEqual(['mcp.json']);
    await rm(file);
  }
  await symlink(join(home, 'nowhere'), cursor.file);
  expect(await make()).toEqual({ kind: 'out of reach', code: 'ENOENT' });
  await rm(cursor.file);
  await mkdir(cursor.file);
  expect(await make()).toEqual({ kind: 'out of reach', code: 'EISDIR' });
  expect(await changes().read()).toEqual([]);
});

test('what could not be undone later is not written', async () => {
  const file = await put('.cursor/mcp.json', '{}');
  // Where the list would lie there is no folder, and none can be made.
  await symlink(join(home, 'gone', 'state'), join(home, 'state'));
  expect(await refusalOf(changes().make(await client('cursor'), 'gigahost', entry, NOW))).toMatchObject({
    kind: 'out of reach',
  });
  expect(await readFile(file, 'utf8')).toBe('{}');
  expect(await readdir(dirname(file))).toEqual(['mcp.json']);
});

test('a file that could not be written is not listed as changed', async () => {
  const found = await client('cursor');
  await put('.cursor', '');
  expect(await refusalOf(changes().make(found, 'gigahost', entry, NOW))).toMatchObject({ kind: 'out of reach' });
  expect(await changes().read()).toEqual([]);
});
