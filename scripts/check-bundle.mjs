// Packs the bundle, validates it, unpacks it as a host would, and starts it with what a person may have filled in, put into
// its manifest by the official code for that. Fails on a needless file or more than 1.5 MB.
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { bundle } from './bundle.mjs';
import { withMcpb } from './mcpb.mjs';

const EXPECTED = ['LICENSE', 'dist', 'icon.png', 'manifest.json', 'package.json'];
const MOST_BYTES = 1_500_000;
const scratch = await mkdtemp(join(tmpdir(), 'gigahost-mcp-'));
// A blank and letters beyond ASCII, as in the path of many a home.
const folder = join(scratch, 'Bjørn Æsen');

try {
  await mkdir(folder);
  await withMcpb(checkAll);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function checkAll(mcpb) {
  const packed = await bundle(mcpb, folder);
  const { size } = await stat(packed);
  check(size < MOST_BYTES, `the bundle has ${size} bytes`);

  const extensionPath = join(folder, 'extensions', 'gigahost mcp');
  const unpacked = await mcpb.unpackExtension({ mcpbPath: packed, outputDir: extensionPath, silent: true });
  const found = (await readdir(extensionPath)).sort();
  check(unpacked && found.join() === EXPECTED.join(), `it unpacks to ${found.join(', ')}`);
  check(mcpb.validateManifest(extensionPath), 'the official validator accepts it');

  const manifest = JSON.parse(await readFile(join(extensionPath, 'manifest.json'), 'utf8'));
  /** Starts it as a host would, and returns what `work` does with it. */
  async function started(userConfig, work) {
    const config = await mcpb.getMcpConfigForManifest({
      manifest,
      extensionPath,
      systemDirs: {},
      userConfig,
      pathSeparator: sep,
    });
    const unfilled = JSON.stringify(config).match(/\$\{[^}]*\}/g) ?? [];
    check(unfilled.length === 0, `every placeholder is filled in ${unfilled.join()}`);
    const env = {
      ...config.env,
      // The Node that runs this check is the one that is found.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      GIGAHOST_STATE_DIR: join(folder, 'state'),
    };
    const client = new Client({ name: 'check', version: manifest.version });
    await client.connect(new StdioClientTransport({ ...config, env, cwd: folder, stderr: 'inherit' }));
    try {
      const { tools } = await client.listTools();
      await work({
        names: tools.map(({ name }) => name),
        call: async (name, args = {}) => client.callTool({ name, arguments: args }),
      });
    } finally {
      await client.close();
    }
  }

  const shown = manifest.tools.map(({ name }) => name);
  await started({}, async ({ names, call }) => {
    check(names.join() === shown.join(), `nothing filled in: the ${names.length} tools that the manifest shows`);
    const { isError, content } = await call('list_servers');
    check(isError && content[0].text.includes('GIGAHOST_API_KEY'), 'a call says what to set');
  });
  await started({ sandbox: true, api_key: '', only_servers: 'web*', lang: 'nb' }, async ({ names, call }) => {
    const { isError, content } = await call('get_server', { server: 'web01' });
    check(!isError && content[0].text.startsWith('name: web01'), `sandbox: ${names.length} tools, get_server answers`);
    const other = await call('get_server', { server: 'db01' });
    check(other.isError, 'only web*: another server is out of reach');
  });
  await started({ sandbox: true, read_only: true, toolsets: 'servers,dns', max_spend: '500 NOK' }, ({ names }) =>
    check(names.includes('list_servers') && !names.includes('reboot_server'), `read only: ${names.length} tools`),
  );
}

function check(good, what) {
  console.log(`${good ? 'ok     ' : 'problem'} ${what}`);
  if (!good) process.exitCode = 1;
}
