import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, test } from 'vitest';
import { SETTING_ROWS } from '../src/config/describe.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = await readFile(`${root}README.md`, 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(([, text = '']) => text);
const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: root });

interface Entry {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

test('its tables, and config.schema.json, are those of the catalogue and the settings', async () => {
  await expect(node('scripts/readme.mjs', '--check')).resolves.toMatchObject({ stderr: '' });
});

test('its first two commands are there to be run', async () => {
  const { scripts } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
  const [first = ''] = blocks('sh');
  const named = [...first.matchAll(/^npm install && npm (?:run )?(\w+)/gm)].map(([, name = '']) => name);
  expect(named).toEqual(['demo', 'test']);
  for (const name of named) expect(scripts).toHaveProperty(name);
});

test('the terminal commands it shows work as shown', async () => {
  const shown = blocks('sh').flatMap(block =>
    [...block.matchAll(/^node (dist\/main\.js call .*)$/gm)].map(([, words = '']) => words),
  );
  expect(shown.length).toBeGreaterThan(2);
  for (const words of shown) expect((await node(...words.split(' '))).stdout).not.toBe('');
});

test('mcp.json starts a working server as it stands', async () => {
  const { mcpServers } = JSON.parse(await readFile(`${root}mcp.json`, 'utf8')) as { mcpServers: Record<string, Entry> };
  const [entry] = Object.values(mcpServers);
  const client = new Client({ name: 'test', version: '1' });
  const { command = '', args = [] } = entry ?? {};
  await client.connect(new StdioClientTransport({ command, args: [...args], cwd: root, stderr: 'ignore' }));
  const answer = await client.callTool({ name: 'list_servers', arguments: {} });
  await client.close();
  expect(answer.isError).toBeFalsy();
});

const isOfClient = (shown: object): boolean => 'mcpServers' in shown || 'servers' in shown;

test('every configuration of a client it shows is JSON, starts the built file, and sets what the server reads', async () => {
  const shown = blocks('json').map(text => JSON.parse(text) as Record<string, Record<string, Entry>>);
  const known = SETTING_ROWS.flatMap(({ env }) => [env, `${env}_FILE`]);
  const ofClients = shown.filter(isOfClient);
  expect(ofClients).toHaveLength(3);
  for (const configuration of ofClients) {
    const [entry] = Object.values(configuration['mcpServers'] ?? configuration['servers'] ?? {});
    expect(entry?.command).toBe('node');
    const [file = ''] = entry?.args ?? [];
    await access(file.replace('/path/to/gigahost-mcp/', root));
    expect(known).toEqual(expect.arrayContaining(Object.keys(entry?.env ?? {})));
  }
});

test('the configuration file it shows is accepted, and names the schema that is there', async () => {
  const shown = blocks('json').filter(text => !isOfClient(JSON.parse(text) as object));
  expect(shown).toHaveLength(1);
  const [text = ''] = shown;
  await access((JSON.parse(text) as { $schema: string }).$schema.replace('/path/to/gigahost-mcp/', root));
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-readme-'));
  const file = join(folder, 'shown.json');
  await writeFile(file, text);
  await expect(node('dist/main.js', 'call', '--sandbox', '--config', file)).resolves.toMatchObject({ stderr: '' });
  await rm(folder, { recursive: true });
});
