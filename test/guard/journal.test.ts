import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileJournal, noJournal, type Attempt, type Ending } from '../../src/guard/journal.js';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-journal-'));
  file = join(folder, 'state', 'journal.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const attempt = (what: string): Attempt => ({
  principal: 'local',
  tool: 'rename_server',
  effect: 'update',
  what,
  server: { id: '1', name: 'web01', label: null, hostname: null },
  arguments: { server: 'web01' },
  before: { name: 'web01' },
  zone: null,
  zone_id: null,
  undo: null,
  cost: null,
  undoes: null,
});
const ending = (outcome: Ending['outcome']): Ending => ({
  outcome,
  after: null,
  reason: null,
  requests: 2,
  duration_ms: 5,
});

test('a change is two lines with one id, and reads as one entry, newest first', async () => {
  const journal = fileJournal(file);
  const first = await journal.begin(attempt('first'));
  await journal.end(first, ending('applied'));
  const second = await journal.begin(attempt('second'));
  await journal.end(second, ending('declined'));
  expect((await readFile(file, 'utf8')).split('\n').filter(Boolean)).toHaveLength(4);
  expect(await journal.read()).toMatchObject([
    { id: second, what: 'second', outcome: 'declined', requests: 2, duration_ms: 5 },
    { id: first, what: 'first', outcome: 'applied', at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown },
  ]);
});

test('the file and its folder are the user’s alone', async () => {
  await fileJournal(file).begin(attempt('x'));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'state'))).mode & 0o777).toBe(0o700);
});

test('a process that ends between sending a change and recording its answer leaves it as unknown', async () => {
  const id = await fileJournal(file).begin(attempt('sent'));
  expect(await fileJournal(file).read()).toMatchObject([
    { id, what: 'sent', outcome: 'unknown', reason: expect.stringContaining('its ending was not recorded') as unknown },
  ]);
});

test('a line cut off by a crash spoils nothing but itself', async () => {
  const journal = fileJournal(file);
  const whole = await journal.begin(attempt('whole'));
  await journal.end(whole, ending('applied'));
  await appendFile(file, '{"id":"cut","what":"half a li');
  const next = await journal.begin(attempt('next'));
  await journal.end(next, ending('applied'));
  expect((await journal.read()).map(({ what, outcome }) => [what, outcome])).toEqual([
    ['next', 'applied'],
    ['whole', 'applied'],
  ]);
});

test('lines that are no entries are passed over', async () => {
  const journal = fileJournal(file);
  await journal.begin(attempt('x'));
  await appendFile(file, '[]\nnull\n{"id":7}\n{"id":"z"}\n\n');
  expect(await journal.read()).toHaveLength(1);
});

test('a file grown large is set aside, and what it holds is still read', async () => {
  let now = Date.parse('2026-11-26T10:00:00Z');
  const journal = fileJournal(file, () => now);
  await journal.end(await journal.begin(attempt('old')), ending('applied'));
  await appendFile(file, `${' '.repeat(5_000_000)}\n`);
  now += 1000;
  await journal.end(await journal.begin(attempt('new')), ending('applied'));
  expect((await readdir(join(folder, 'state'))).sort()).toEqual([
    expect.stringMatching(/^journal-2026-11-26T10-00-01-000Z-\w{3}\.jsonl$/),
    'journal.jsonl',
  ]);
  expect((await journal.read()).map(({ what }) => what)).toEqual(['new', 'old']);
});

test('two processes may write one journal', async () => {
  const journals = [fileJournal(file), fileJournal(file)];
  await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      const journal = journals[n % 2] ?? noJournal;
      await journal.end(await journal.begin(attempt(`change ${n}`)), ending('applied'));
    }),
  );
  const entries = await fileJournal(file).read();
  expect(new Set(entries.map(({ what }) => what)).size).toBe(40);
  expect(entries.every(({ outcome }) => outcome === 'applied')).toBe(true);
});

test('a journal that cannot be written says so before anything is sent', async () => {
  await writeFile(join(folder, 'state'), 'a file where a folder should be');
  await expect(fileJournal(file).begin(attempt('x'))).rejects.toThrow(/cannot be written \(EEXIST|ENOTDIR\)/);
  await chmod(folder, 0o700);
});

test('processes that set the file aside at the same moment lose nothing', async () => {
  const journals = [fileJournal(file, () => 0), fileJournal(file, () => 0)];
  await journals[0]?.begin(attempt('old'));
  await appendFile(file, `${' '.repeat(5_000_000)}\n`);
  await Promise.all(Array.from({ length: 8 }, (_, n) => (journals[n % 2] ?? noJournal).begin(attempt(`new ${n}`))));
  expect((await fileJournal(file).read()).map(({ what }) => what)).toEqual(
    expect.arrayContaining(['old', 'new 0', 'new 7']),
  );
});

test('a journal of another name in the same folder is none of ours', async () => {
  await fileJournal(join(folder, 'state', 'journal-prod.jsonl')).begin(attempt('theirs'));
  await fileJournal(file).begin(attempt('ours'));
  expect((await fileJournal(file).read()).map(({ what }) => what)).toEqual(['ours']);
});

test('a journal that is there and cannot be read is an error, not an empty one', async () => {
  await mkdir(file, { recursive: true });
  await expect(fileJournal(file).read()).rejects.toThrow(/cannot be read \(EISDIR\)/);
});
