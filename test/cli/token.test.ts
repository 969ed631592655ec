import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BIN } from '../support/connect.js';
import { serve } from '../support/http.js';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-token-'))));
afterAll(() => rm(folder, { recursive: true }));

const bin = (...args: string[]): Promise<{ stdout: string; stderr: string; code?: number }> =>
  promisify(execFile)(process.execPath, [BIN, 'token', 'create', ...args], {
    env: { PATH: process.env['PATH'], HOME: folder },
  }).catch((error: { stdout: string; stderr: string; code: number }) => error);

const TOKEN = /^ghm_[\w-]{43}\n$/;

test('a token is printed once, its hash stands in the file, and the server lets it in as that principal', async () => {
  const file = join(folder, 'team.json');
  const kari = await bin('kari', '--role', 'admin', '--config', file);
  expect(kari.stdout).toMatch(TOKEN);
  expect(kari.stderr).toMatch(
    /This is the token of kari; it is shown this once\. .*team\.json holds its hash, and kari as admin/,
  );
  const ola = await bin('ola', '--config', file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const text = await readFile(file, 'utf8');
  expect(text).not.toContain(kari.stdout.trim());
  expect(JSON.parse(text)).toMatchObject({
    principals: [
      { name: 'kari', role: 'admin' },
      { name: 'ola', role: 'viewer' },
    ],
  });
  await using server = await serve({ env: { GIGAHOST_CONFIG: file } });
  for (const [token, can] of [
    [kari.stdout, true],
    [ola.stdout, false],
  ] as const) {
    await using mcp = await server.connect({ headers: { Authorization: `Bearer ${token.trim()}` } });
    const renamed = await mcp.call('rename_server', { server: '18102', name: 'web02b' });
    expect(renamed.isError).toBe(!can);
  }
});

test('a second token is added beside the first, and the rest of the file stays as it was', async () => {
  const file = join(folder, 'kept.json');
  const before = '{\n    "readOnly":true,\n    "principals": [{ "name": "kari", "role": "viewer" }]\n}\n';
  await writeFile(file, before);
  const [first, second] = [await bin('kari', '--config', file), await bin('kari', '--role', 'admin', '--config', file)];
  expect(first.stdout).not.toBe(second.stdout);
  const after = await readFile(file, 'utf8');
  expect(after).toContain('    "readOnly":true,\n');
  const { principals } = JSON.parse(after) as { principals: { role: string; tokens: string[] }[] };
  expect(principals).toMatchObject([{ role: 'viewer' }]);
  expect(principals[0]?.tokens).toHaveLength(2);
});

test.for([
  [['kari'], /Name the configuration file/, undefined],
  [['kari', '--role', 'boss', '--config', 'F'], /--role is "boss"; it can be viewer, operator, admin/, '{}'],
  [['kari with blanks', '--config', 'F'], /principals\[0\]\.name: must be letters, digits/, '{}'],
  [['kari', '--config', 'F'], /does not hold one JSON object/, '[]'],
  [['kari', '--config', 'F'], /principals is not a list/, '{ "principals": {} }'],
  [
    ['kari', '--config', 'F'],
    /there is no "token"/,
    '{ "principals": [{ "name": "x", "role": "viewer", "token": "t" }] }',
  ],
] as const)('%j is refused with words, and the file stays as it was', async ([args, words, held]) => {
  const file = join(folder, 'refused.json');
  if (held !== undefined) await writeFile(file, held);
  const { stdout, stderr, code } = await bin(...args.map(arg => (arg === 'F' ? file : arg)));
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(words);
  if (held !== undefined) expect(await readFile(file, 'utf8')).toBe(held);
});
