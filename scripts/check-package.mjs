// Packs the package, installs the tarball into an empty folder as a user would, and speaks to it with real clients of
// both generations, without what is optional. Fails on a needless file, a dependency, or more than 3 MB.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client as Modern } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio';
import { Client as V1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as V1Stdio } from '@modelcontextprotocol/sdk/client/stdio.js';

const EXPECTED = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'config.schema.json',
  'dist/main.js',
  'mcp.json',
  'package.json',
];
const MOST_BYTES = 3_000_000;
const npm = promisify(execFile).bind(undefined, process.platform === 'win32' ? 'npm.cmd' : 'npm');
const root = fileURLToPath(new URL('..', import.meta.url));
// A blank in the path, as in "Program Files".
const folder = join(await mkdtemp(join(tmpdir(), 'gigahost-mcp-')), 'an empty folder');

try {
  await mkdir(folder);
  const packed = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const [{ filename, files, unpackedSize, size }] = Object.values(JSON.parse(packed.stdout));
  const names = files
    .map(({ path }) => path)
    .filter(path => !/^dist\/lib\/[\w-]+\.js$/.test(path))
    .sort();
  check(names.join() === EXPECTED.join(), `the package holds ${names.join(', ')}`);
  check(unpackedSize < MOST_BYTES, `${unpackedSize} bytes unpacked, ${size} packed`);

  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await npm(['install', '--no-audit', '--no-fund', '--offline', '--omit=optional', join(folder, filename)], {
    cwd: folder,
  });
  const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
  const installed = Object.keys(lock.packages).filter(Boolean);
  check(installed.join() === 'node_modules/gigahost-mcp', `installed: ${installed.join(', ')}`);

  const bin = join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'gigahost-mcp.cmd' : 'gigahost-mcp');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const printed = (await promisify(execFile)(bin, ['--version'])).stdout.trim();
  check(printed === version, `--version prints ${printed}`);

  for (const [name, client, Stdio] of [
    ['v1 client', new V1({ name: 'check', version }), V1Stdio],
    [
      'v2 client, 2026-07-28',
      new Modern({ name: 'check', version }, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
      ModernStdio,
    ],
  ]) {
    await client.connect(new Stdio({ command: bin, args: ['--sandbox'], cwd: folder, stderr: 'inherit' }));
    const { tools } = await client.listTools();
    const { content, isError } = await client.callTool({ name: 'get_server', arguments: { server: 'web01' } });
    check(!isError && content[0].text.startsWith('name: web01'), `${name}: ${tools.length} tools, get_server answers`);
    await client.close();
  }
} finally {
  await rm(join(folder, '..'), { recursive: true, force: true });
}

function check(good, what) {
  console.log(`${good ? 'ok     ' : 'problem'} ${what}`);
  if (!good) process.exitCode = 1;
}
