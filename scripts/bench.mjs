// Prints the figures that docs/figures.md quotes. Everything that is compared is measured in the same run, interleaved.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { build } from 'esbuild';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { Pool } from 'undici';
import { bundling, load } from './build.mjs';

const STARTS = 21;
const CALLS = 300;
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-bench-'));
const tokens = value => encode(typeof value === 'string' ? value : JSON.stringify(value)).length;
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const row = (...cells) => console.log(cells.map((cell, at) => String(cell).padEnd(at === 0 ? 46 : 16)).join(''));

try {
  await starts();
  await context();
  await overhead();
} finally {
  await rm(folder, { recursive: true });
}

async function starts() {
  const bare = join(folder, 'bare.mjs');
  await build({
    ...bundling,
    minify: true,
    outfile: bare,
    stdin: {
      resolveDir: bundling.absWorkingDir,
      contents: `
        import { McpServer } from '@modelcontextprotocol/server';
        import { serveStdio } from '@modelcontextprotocol/server/stdio';
        import * as z from 'zod';
        const inputSchema = z.object({ text: z.string() });
        serveStdio(() => {
          const server = new McpServer({ name: 'bare', version: '1' });
          server.registerTool('echo', { description: 'Echo', inputSchema }, ({ text }) => ({ content: [{ type: 'text', text }] }));
          return server;
        });`,
    },
  });
  const times = { node: [], bare: [], ours: [] };
  let peak = 0;
  for (let round = 0; round < STARTS; round += 1) {
    times.node.push(await untilExit(['-e', '0']));
    times.bare.push((await untilListed([bare])).ms);
    const ours = await untilListed([main, '--sandbox']);
    times.ours.push(ours.ms);
    peak = Math.max(peak, ours.peakMb);
  }
  const [node, bareMs, ours] = [median(times.node), median(times.bare), median(times.ours)];
  const ratios = times.ours.map((ms, round) => ms / times.bare[round]);
  console.log(`Cold start, from spawn to the answer of the first tools/list (median of ${STARTS})`);
  row('  node -e 0', `${node.toFixed(0)} ms`);
  row('  bare SDK v2 server, bundled, one tool', `${bareMs.toFixed(0)} ms`);
  row('  gigahost-mcp', `${ours.toFixed(0)} ms`, `${median(ratios).toFixed(2)} x bare`);
  row('  peak memory until then', peak > 0 ? `${peak.toFixed(0)} MB` : 'not told by this system');
}

async function context() {
  const { catalogue } = await load('src/catalogue.ts');
  const { DEFAULT_TOOLSETS } = await load('src/toolsets.ts');
  const { tools } = await catalogue();
  const cost = ({ name, description, inputSchema }) => tokens({ name, description, inputSchema });
  const sum = some => some.reduce((total, tool) => total + cost(tool), 0);
  // Those of four eyes are listed only where something waits for a second person.
  const byDefault = tools.filter(({ toolset, fourEyes }) => DEFAULT_TOOLSETS.includes(toolset) && !fourEyes);
  console.log('\ntools/list in tokens (name, description, input schema; o200k)');
  for (const [toolset, some] of Object.entries(bySet(tools))) row(`  ${toolset}`, sum(some), `${some.length} tools`);
  row('  by default', sum(byDefault), `${byDefault.length} tools`);
  row('  by default with --read-only', sum(byDefault.filter(({ effect }) => effect === 'read')));
  row('  all', sum(tools), `${tools.length} tools`);
}

function bySet(tools) {
  const sets = {};
  for (const tool of tools) (sets[tool.toolset] ??= []).push(tool);
  return sets;
}

async function overhead() {
  const { startSandbox } = await load('src/sandbox/index.ts');
  const sandbox = await startSandbox({ extraServers: 43, extraRecords: 500 });
  const headers = { authorization: `Bearer ${sandbox.apiKey}` };
  const { origin, pathname } = new URL(sandbox.url);
  const pool = new Pool(origin);
  const plain = async path =>
    (await pool.request({ method: 'GET', path: pathname.replace(/\/$/, '') + path, headers })).body.json();

  const client = new Client({ name: 'bench', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [main],
    env: {
      PATH: process.env.PATH,
      GIGAHOST_BASE_URL: sandbox.url,
      GIGAHOST_API_KEY: sandbox.apiKey,
      GIGAHOST_STATE_DIR: folder,
    },
  });
  await client.connect(transport);
  const answerOf = async (name, args = {}) => {
    const result = await client.callTool({ name, arguments: args });
    if (result.isError) throw new Error(result.content[0].text);
    return result;
  };
  const list = () => answerOf('list_servers');

  const isPicture = key => /_icon$|^os_icon|logo/.test(key);
  const beside = (what, raw, ...pages) => {
    const bare = JSON.parse(JSON.stringify(raw, (key, value) => (isPicture(key) ? undefined : value)));
    const [all, wanted] = [tokens(raw), tokens(bare)];
    const whole = part => pages.reduce((sum, page) => sum + tokens(part(page)), 0);
    const [text, structured] = [whole(page => page.content[0].text), whole(page => page.structuredContent)];
    console.log(`\n${what}, in tokens${pages.length > 1 ? ` (${pages.length} pages)` : ''}`);
    row('  raw reply of the API', all);
    if (all !== wanted) row('  the same without its base64 pictures', wanted);
    row('  text', text, `${(text / wanted).toFixed(3)} of that`);
    row('  structured content', structured, `${(structured / wanted).toFixed(3)} of that`);
  };
  beside('list_servers for 50 servers', await plain('/servers'), await list());
  row('  peak memory of the process after that', `${(await peakMb(transport.pid)).toFixed(0)} MB`);
  const { id, name, records } = sandbox.world.dns.zones.find(zone => zone.records.length >= 500);
  const pages = [];
  do
    pages.push(await answerOf('list_dns_records', { zone: name, cursor: pages.at(-1)?.structuredContent.next_cursor }));
  while (pages.at(-1).structuredContent.next_cursor);
  beside(`list_dns_records for ${records.length} records`, await plain(`/dns/zones/${id}/records`), ...pages);
  beside('get_server', await plain('/servers/18101'), await answerOf('get_server', { server: '18101' }));

  const { createClient } = await load('src/client/index.ts');
  const { listServers } = await load('src/client/api/servers.ts');
  const { getServerPowerState } = await load('src/client/api/power.ts');
  const api = createClient({
    baseUrl: sandbox.url,
    credentials: { apiKey: { value: sandbox.apiKey } },
    timeoutMs: 30_000,
    userAgent: 'bench',
    stateDir: undefined,
  });
  console.log(`\nTime added to a request (median of ${CALLS}, interleaved with plain undici)`);
  await compare(
    'power state, through our client',
    () => plain('/servers/18101/powerstate'),
    () => api.call(getServerPowerState, { params: { id: '18101' } }),
  );
  const plainList = () => plain('/servers');
  await compare('list of 50 servers, through our client', plainList, () => api.call(listServers, {}));
  await compare('list_servers, from an MCP client over stdio', plainList, list);
  await api.close();
  row('  peak memory of the process after all that', `${(await peakMb(transport.pid)).toFixed(0)} MB`);
  await client.close();
  await pool.close();
  await sandbox.close();
}

async function compare(what, plain, ours) {
  const times = { plain: [], ours: [] };
  for (let round = 0; round < CALLS + 50; round += 1) {
    const pair = [await timed(() => plain()), await timed(ours)];
    if (round < 50) continue;
    times.plain.push(pair[0]);
    times.ours.push(pair[1]);
  }
  const [before, after] = [median(times.plain), median(times.ours)];
  row(`  ${what}`, `${after.toFixed(2)} ms`, `${(after - before).toFixed(2)} ms added`);
}

async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function untilExit(args) {
  return timed(() => new Promise(resolve => spawn(process.execPath, args).once('close', resolve)));
}

async function untilListed(args) {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const send = message => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const started = performance.now();
  send({
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
  });
  let buffer = '';
  let greeted = false;
  for await (const chunk of child.stdout) {
    buffer += chunk;
    if (!greeted && buffer.includes('"id":1')) {
      greeted = true;
      send({ method: 'notifications/initialized' });
      send({ id: 2, method: 'tools/list' });
    }
    if (buffer.endsWith('\n') && buffer.includes('"id":2')) break;
  }
  const ms = performance.now() - started;
  const result = { ms, peakMb: await peakMb(child.pid) };
  child.kill();
  return result;
}

/** Highest resident size so far, where the system tells (Linux); else 0. */
async function peakMb(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}
