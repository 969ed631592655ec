// Runs the protocol's official conformance suite: against the product as it is, for what needs no fixture, and against the
// same host with test fixtures beside it, for every scored scenario of both eras. It wants Node 22 and the suite:
//   node scripts/conformance.mjs <folder with node_modules of node-<platform>@22 and @modelcontextprotocol/conformance>
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundling } from './build.mjs';

const [, , modules] = process.argv;
if (!modules) throw new Error('Name the folder that Node 22 and the suite are installed in.');
const system = `${process.platform}-${process.arch}`;
const node22 = resolve(modules, `node_modules/node-${system}/bin/node`);
const suite = resolve(modules, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** What asks for no tool, resource or prompt by name. */
const WITHOUT_FIXTURES = {
  '2026-07-28': [
    'tools-list',
    'resources-list',
    'prompts-list',
    'caching',
    'sep-2164-resource-not-found',
    'dns-rebinding-protection',
    'server-sse-multiple-streams',
    'input-required-result-unsupported-methods',
    'http-header-validation',
  ],
  '2025-11-25': [
    'server-initialize',
    'ping',
    'tools-list',
    'resources-list',
    'prompts-list',
    'dns-rebinding-protection',
    'server-sse-multiple-streams',
    'server-session-lifecycle',
  ],
};

const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-conformance-'));
let failed = 0;
try {
  const fixtures = join(folder, 'server.mjs');
  await build({
    ...bundling,
    entryPoints: ['test/conformance/server.ts'],
    outdir: folder,
    splitting: true,
    outExtension: { '.js': '.mjs' },
  });
  const product = [
    main,
    'http',
    '--sandbox',
    '--auth',
    'none',
    '--listen',
    '0',
    '--sessions',
    '--requests-per-minute',
    '100000',
  ];
  await against(product, async (url, revision) => {
    const results = await scenarios(url, revision);
    for (const name of WITHOUT_FIXTURES[revision]) say('product', revision, name, results.get(name) === 'passed');
  });
  await against([fixtures], async (url, revision) => {
    for (const [name, result] of await scenarios(url, revision))
      if (result !== 'not scored') say('with fixtures', revision, name, result === 'passed');
  });
} finally {
  await rm(folder, { recursive: true });
}
console.log(failed === 0 ? 'Every scenario passed.' : `${failed} failed.`);
process.exitCode = failed === 0 ? 0 : 1;

function say(what, revision, name, passed) {
  if (!passed) failed += 1;
  console.log(`${passed ? '✓' : '✗'} ${revision} ${what}: ${name}`);
}

async function against(args, work) {
  for (const revision of Object.keys(WITHOUT_FIXTURES)) {
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const over = new Promise(done => server.once('close', done));
    try {
      let said = '';
      const url = await new Promise((found, lost) => {
        server.stderr.on('data', chunk => {
          said += chunk;
          const [, address] = /serves MCP on (\S+)\n/.exec(said) ?? [];
          if (address) found(address);
        });
        void over.then(() => lost(new Error(said)));
      });
      await work(url, revision);
    } finally {
      server.kill();
      await over;
    }
  }
}

/** Each scenario of a revision with what came of it: `passed`, `failed` or `not scored`. */
async function scenarios(url, revision) {
  const run = spawn(node22, [suite, 'server', '--url', url, '--requirements', revision, '-o', join(folder, 'out')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  run.stdout.on('data', chunk => (said += chunk));
  await new Promise(done => run.once('close', done));
  const [, summary = ''] = said.replace(/\x1b\[[0-9;]*m/g, '').split('=== SUMMARY ===');
  const [scored, unscored = ''] = summary.split(/^Not scored/m);
  const results = new Map();
  for (const [, mark, name] of scored.matchAll(/^([✓✗]) (\S+): /gm))
    results.set(name, mark === '✓' ? 'passed' : 'failed');
  if (results.size === 0) throw new Error(`The suite ran nothing:\n${said}`);
  for (const [, , name] of unscored.matchAll(/^ +([✓✗]) (\S+) /gm))
    if (!WITHOUT_FIXTURES[revision].includes(name)) results.set(name, 'not scored');
  return results;
}
