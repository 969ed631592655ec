// Packs the package, installs the tarball into an empty folder as a user would, without anything optional, and speaks to it
// with real clients of both generations. Fails on a needless file, a script that an installation would run, a dependency
// that is needed, or more than 3.5 MB.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client as Modern } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio';
import { Client as V1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as V1Stdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { npm } from './npm.mjs';

const EXPECTED = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'config.schema.json',
  'dist/NOTICES.txt',
  'dist/main.js',
  'mcp.json',
  'package.json',
];
const MOST_BYTES = 3_500_000;
const root = fileURLToPath(new URL('..', import.meta.url));
// A blank and letters beyond ASCII, as in the path of many a home.
const folder = join(await mkdtemp(join(tmpdir(), 'gigahost-mcp-')), 'Bjørn Æsen');

try {
  await mkdir(folder);
  const packed = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const [{ filename, files, unpackedSize, size }] = Object.values(JSON.parse(packed.stdout));
  const names = files
    .map(({ path }) => path)
    .filter(path => !/^(?:dist\/lib\/[\w-]+\.js|docs\/[\w-]+\.(?:md|svg))$/.test(path))
    .sort();
  check(names.join() === EXPECTED.join(), `the package holds ${names.join(', ')}`);
  check(unpackedSize < MOST_BYTES, `${unpackedSize} bytes unpacked, ${size} packed`);

  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const quietly = ['--no-audit', '--no-fund', '--prefer-offline'];
  await npm(['install', ...quietly, '--omit=optional', join(folder, filename)], { cwd: folder });
  const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
  const needed = Object.keys(packages).filter(path => path !== '' && !packages[path].optional);
  check(needed.join() === 'node_modules/gigahost-mcp', `needed: ${needed.join(', ')}`);
  const hidden = await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8');
  const present = Object.keys(JSON.parse(hidden).packages);
  check(present.join() === needed.join(), `it starts from what is there: ${present.join(', ')}`);
  check(!packages['node_modules/gigahost-mcp'].hasInstallScript, 'nothing runs when it is installed');

  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const printed = (await npm(['exec', '--no', '--', 'gigahost-mcp', '--version'], { cwd: folder })).stdout.trim();
  check(printed === version, `npx gigahost-mcp --version prints ${printed}`);

  const bin = join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'gigahost-mcp.cmd' : 'gigahost-mcp');
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
