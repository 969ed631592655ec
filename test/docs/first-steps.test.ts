import { readFile } from 'node:fs/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, test } from 'vitest';
import { readPrincipals } from '../../src/config/principals.js';
import { read } from '../support/config.js';
import { pageNamed, ROOT, type Block } from './support/pages.js';
import { commandsIn } from './support/shell.js';

const blocksOf = (file: string, language: string): readonly Block[] =>
  pageNamed(file).blocks.filter(block => block.language === language);

test('the first two commands of the README are there to be run, and are run before a change goes in', async () => {
  const { scripts } = JSON.parse(await readFile(`${ROOT}package.json`, 'utf8')) as { scripts: Record<string, string> };
  const [first] = blocksOf('README.md', 'sh');
  const named = [...(first?.text ?? '').matchAll(/^npm install && npm (?:run )?(\w+)/gm)].map(([, name = '']) => name);
  expect(named).toEqual(['demo', 'test']);
  for (const name of named) expect(scripts).toHaveProperty(name);
  const gate = await readFile(`${ROOT}.ci/run`, 'utf8');
  expect(gate).toMatch(/^npm install && npm test$/m);
  expect(gate).toMatch(/^npm run demo$/m);
});

test('the pages show what a person needs to begin: a terminal, three clients by hand, a file', () => {
  const lines = blocksOf('docs/clients.md', 'sh').flatMap(({ text }) => commandsIn(text));
  expect(lines.filter(({ words }) => words[1] === 'dist/main.js' && words[2] === 'call').length).toBeGreaterThan(2);
  const shown = blocksOf('docs/clients.md', 'json').map(({ text }) => JSON.parse(text) as object);
  expect(shown.filter(held => 'mcpServers' in held || 'servers' in held).length).toBeGreaterThanOrEqual(3);
  expect(blocksOf('docs/configuration.md', 'json')).toHaveLength(1);
});

test('mcp.json starts a working server as it stands', async () => {
  const { mcpServers } = JSON.parse(await readFile(`${ROOT}mcp.json`, 'utf8')) as {
    mcpServers: Record<string, { readonly command: string; readonly args: readonly string[] }>;
  };
  const [entry] = Object.values(mcpServers);
  const client = new Client({ name: 'test', version: '1' });
  const { command = '', args = [] } = entry ?? {};
  await client.connect(new StdioClientTransport({ command, args: [...args], cwd: ROOT, stderr: 'ignore' }));
  const answer = await client.callTool({ name: 'list_servers', arguments: {} });
  await client.close();
  expect(answer.isError).toBeFalsy();
});

test.for([
  ['README.md', 'Use it in a team'],
  ['docs/chat-ops.md', 'Five minutes'],
] as const)('%s leads from nothing to a server that two people of different roles use', ([file, under]) => {
  const [block] = blocksOf(file, 'sh').filter(candidate => candidate.under === under);
  const lines = commandsIn(block?.text ?? '').map(({ words }) => words.slice(words[0] === 'node' ? 2 : 1).join(' '));
  expect(lines).toEqual([
    'token create kari --role admin --config team.json',
    'token create ola --role viewer --config team.json',
    'http --config team.json --sandbox',
  ]);
});

test('the principals that the page for operators shows are read as it says', () => {
  const shown = blocksOf('docs/chat-ops.md', 'json').map(({ text }) => JSON.parse(text) as Record<string, unknown>);
  const [file] = shown.filter(config => 'principals' in config);
  expect(read({ holds: file }).maxSpend.perDay).toEqual({ amount: '2000', currency: 'NOK' });
  const principals = readPrincipals(file?.['principals'], 'docs', { KARI_GIGAHOST_KEY: 'set' });
  expect(principals.map(({ principal: { name, role } }) => `${name} ${role}`)).toEqual([
    'kari admin',
    'deploy-bot operator',
  ]);
});
