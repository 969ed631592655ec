// Figures of the HTTP host: throughput and latency beside a bare SDK handler with one trivial tool (same run,
// interleaved, each in a process of its own), memory over many calls, and what one more principal costs.
// `--long` also measures memory after 100,000 calls; `--only throughput,memory,principals` chooses parts.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { Client } from 'undici';
import { bundling, load } from './build.mjs';

const { values: flags } = parseArgs({
  options: { long: { type: 'boolean' }, only: { type: 'string', default: 'throughput,memory,principals' } },
});
const CONNECTIONS = [1, 16, 64];
const ROUNDS = 5;
const ROUND_MS = 1000;
/** Requests before each measurement. */
const WARM = 2000;
const PRINCIPALS = 100;
/** Who calls where it does not matter: so many that none of them meets its limit. */
const CALLERS = 16;
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-bench-'));
const running = [];
const row = (...cells) => console.log(cells.map((cell, at) => String(cell).padEnd(at === 0 ? 34 : 15)).join(''));
const at = (values, share) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)];
const median = values => at(values, 0.5);
const mb = bytes => `${(bytes / 2 ** 20).toFixed(1)} MB`;

const parts = { throughput, memory, principals };
try {
  for (const part of flags.only.split(',')) await parts[part]();
} finally {
  for (const child of running) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
}

async function throughput() {
  const [bare, ours] = [await startBare(), await startOurs({ args: ['--sandbox'], count: CALLERS })];
  console.log(
    `HTTP, beside a bare SDK handler with one tool (median of ${ROUNDS} rounds of ${ROUND_MS} ms, interleaved)`,
  );
  for (const era of ['2026', '2025'])
    for (const what of ['tools/list', 'tools/call']) {
      console.log(`\n${what}, ${era} era`);
      row('', 'requests/s', 'p50', 'p99', 'CPU each', 'of bare, rate', 'by CPU');
      const [plain, product] = [messageOf(era, what, 'echo', { text: 'x' }), messageOf(era, what, 'list_changes')];
      for (const connections of CONNECTIONS) {
        const rounds = { bare: [], ours: [] };
        // Compiled and settled before it is measured, however busy the machine.
        for (const [server, message] of [
          [bare, plain],
          [ours, product],
        ])
          await press(server, message, connections, WARM);
        for (let round = 0; round < ROUNDS; round += 1) {
          const pair = [await press(bare, plain, connections), await press(ours, product, connections)];
          rounds.bare.push(pair[0]);
          rounds.ours.push(pair[1]);
        }
        const ratio = of =>
          `${(median(rounds.ours.map((ours, round) => of(ours, rounds.bare[round]))) * 100).toFixed(0)} %`;
        for (const [name, of] of Object.entries(rounds)) {
          const ms = share => `${median(of.map(({ times }) => at(times, share))).toFixed(2)} ms`;
          row(
            `  ${name === 'ours' ? 'gigahost-mcp' : 'bare'}, ${connections} connection${connections > 1 ? 's' : ''}`,
            median(of.map(({ rate }) => rate)).toFixed(0),
            ms(0.5),
            ms(0.99),
            `${median(of.map(({ cpu }) => cpu)).toFixed(2)} ms`,
            name === 'ours' ? ratio((ours, bare) => ours.rate / bare.rate) : '',
            name === 'ours' ? ratio((ours, bare) => bare.cpu / ours.cpu) : '',
          );
        }
      }
    }
  await stop(bare, ours);
}

async function memory() {
  const ours = await startOurs({ args: ['--sandbox'], count: CALLERS });
  const calls = ['2026', '2025'].map(era => messageOf(era, 'tools/call', 'list_changes'));
  console.log('\nMemory of the process over calls of both eras (heap after a collection)');
  row('', 'resident', 'heap');
  let done = 0;
  for (const goal of [1000, 10_000, ...(flags.long ? [100_000] : [])]) {
    await press(ours, calls, 16, goal - done);
    done = goal;
    const { rss, heapUsed } = await ours.memory();
    row(`  after ${goal.toLocaleString('en')} calls`, mb(rss), mb(heapUsed));
  }
  await stop(ours);
}

async function principals() {
  const { startSandbox } = await load('src/sandbox/index.ts');
  const sandbox = await startSandbox();
  const env = { GIGAHOST_BASE_URL: sandbox.url, GIGAHOST_API_KEY: sandbox.apiKey };
  const ours = await startOurs({ env, count: PRINCIPALS });
  const call = messageOf('2026', 'tools/call', 'list_servers');
  console.log('\nWhat one more principal costs (list_servers; heap after a collection)');
  row('', 'first call', 'later, median', 'heap', 'resident');
  // Code is loaded and compiled on the way of the first principal; what the others add is theirs.
  for (const count of [1, 2, PRINCIPALS]) {
    let first;
    for (let who = 0; who < count; who += 1) {
      const one = await press(ours, call, 1, 1, who);
      first = one.times[0];
    }
    const later = await press(ours, call, 1, 200, count - 1);
    const { rss, heapUsed } = await ours.memory();
    row(
      `  principal ${count}`,
      `${first.toFixed(1)} ms`,
      `${median(later.times).toFixed(2)} ms`,
      mb(heapUsed),
      mb(rss),
    );
  }
  await stop(ours);
  await sandbox.close();
}

/** A bare handler of the SDK, bundled as the product is. */
async function startBare() {
  const file = join(folder, 'bare.mjs');
  await build({
    ...bundling,
    minify: true,
    outfile: file,
    stdin: {
      resolveDir: bundling.absWorkingDir,
      contents: `
        import { createServer } from 'node:http';
        import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
        import { toNodeHandler } from '@modelcontextprotocol/node';
        import * as z from 'zod';
        const inputSchema = z.object({ text: z.string() });
        const handler = toNodeHandler(createMcpHandler(() => {
          const server = new McpServer({ name: 'bare', version: '1' });
          server.registerTool('echo', { description: 'Echo', inputSchema }, ({ text }) => ({ content: [{ type: 'text', text }] }));
          return server;
        }));
        const server = createServer((request, response) => void handler(request, response));
        server.listen(0, '127.0.0.1', () => console.error('serves MCP on http://127.0.0.1:' + server.address().port + '/mcp'));`,
    },
  });
  return start([file], {}, ['']);
}

async function startOurs({ args = [], env = {}, count }) {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  const file = join(folder, `config-${running.length}.json`);
  const hash = token => `sha256:${createHash('sha256').update(token).digest('hex')}`;
  const known = tokens.map((token, who) => ({ name: `p${who}`, role: 'viewer', tokens: [hash(token)] }));
  await writeFile(file, JSON.stringify({ principals: known }));
  const roomy = ['--requests-per-minute', '100000', '--concurrent-calls', '1000'];
  const quiet = ['--log-level', 'error'];
  const state = { GIGAHOST_STATE_DIR: join(folder, `state-${running.length}`), ...env };
  return start([main, 'http', '--config', file, '--listen', '127.0.0.1:0', ...roomy, ...quiet, ...args], state, tokens);
}

/** `memory` collects garbage first: what is told is what is held. */
async function start(args, env, tokens) {
  const probe =
    'process.on("message",what=>process.send(what==="cpu"?process.cpuUsage():(gc(),process.memoryUsage())))';
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(probe)}`, ...args],
    {
      env: { PATH: process.env.PATH, HOME: folder, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  running.push(child);
  let said = '';
  const url = await new Promise((resolve, reject) => {
    child.stderr.on('data', chunk => {
      said += chunk;
      const [, found] = /serves MCP on (http:\S+)/.exec(said) ?? [];
      if (found) resolve(new URL(found));
    });
    child.once('close', () => reject(new Error(said)));
  });
  const ask = what => {
    const told = new Promise(resolve => child.once('message', resolve));
    child.send(what);
    return told;
  };
  return { child, url, tokens, memory: () => ask('memory'), usage: () => ask('cpu') };
}

async function stop(...servers) {
  for (const { child } of servers) {
    const over = new Promise(resolve => child.once('close', resolve));
    child.kill('SIGKILL');
    await over;
  }
}

function messageOf(era, method, name, args = {}) {
  const modern = era === '2026';
  const version = modern ? '2026-07-28' : '2025-11-25';
  const isCall = method === 'tools/call';
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const params = { ...(isCall && { name, arguments: args }), ...(modern && { _meta }) };
  return {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': version,
      ...(modern && { 'mcp-method': method, ...(isCall && { 'mcp-name': name }) }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  };
}

/** Keeps `connections` busy for a while, or for `most` requests. */
async function press({ url, tokens, usage }, messages, connections, most = Infinity, who) {
  const variants = [messages].flat();
  const times = [];
  let sent = 0;
  const send = async (client, at) => {
    const { headers, body } = variants[at % variants.length];
    const authorization = `Bearer ${tokens[who ?? at % tokens.length]}`;
    const asked = { method: 'POST', path: url.pathname, headers: { ...headers, authorization }, body };
    const answer = await client.request(asked);
    const text = await answer.body.text();
    if (answer.statusCode !== 200 || text.includes('"isError":true')) throw new Error(`${answer.statusCode} ${text}`);
  };
  const clients = Array.from({ length: connections }, () => new Client(url.origin, { pipelining: 1 }));
  // Connected before the clock runs.
  if (most === Infinity) await Promise.all(clients.map(send));
  const before = await usage();
  const began = performance.now();
  const end = most === Infinity ? began + ROUND_MS : Infinity;
  const line = async client => {
    while (performance.now() < end && sent < most) {
      const started = performance.now();
      await send(client, sent++);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(clients.map(line));
  const rate = times.length / ((performance.now() - began) / 1000);
  const after = await usage();
  const cpu = (after.user + after.system - before.user - before.system) / 1000 / times.length;
  await Promise.all(clients.map(client => client.close()));
  return { rate, times, cpu };
}
