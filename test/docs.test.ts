import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { EVERY_SETTING } from '../src/config.js';
import { SETTING_ROWS } from '../src/config/describe.js';
import { readPrincipals } from '../src/config/principals.js';
import { BIN } from './support/connect.js';
import { read } from './support/config.js';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-docs-'))));
afterAll(() => rm(folder, { recursive: true }));

const blocksIn = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);

/** Runs the commands that make tokens and serve, as they stand; the port is a free one. */
async function followed(commands: string, file: string) {
  const env = { PATH: process.env['PATH'], HOME: folder, GIGAHOST_STATE_DIR: folder, GIGAHOST_LISTEN: '0' };
  const lines = commands.trim().split('\n');
  const argsOf = (line: string): string[] =>
    line
      .replace(/^(gigahost-mcp|node dist\/main\.js) /, '')
      .replace('team.json', join(folder, file))
      .split(' ');
  const tokens: string[] = [];
  for (const line of lines.slice(0, -1)) {
    const { stdout } = await promisify(execFile)(process.execPath, [BIN, ...argsOf(line)], { env });
    tokens.push(stdout.trim());
  }
  const server = spawn(process.execPath, [BIN, ...argsOf(lines.at(-1) ?? '')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const over = new Promise(resolve => server.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    server.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, found] = /serves MCP on (\S+)\n/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    void over.then(() => reject(new Error(said)));
  });
  return { url, tokens, stop: () => (server.kill(), over) };
}

describe.for([
  ['README.md', /## Use it in a team[^]*?(?=\n## )/],
  ['docs/chat-ops.md', /## Five minutes[^]*?(?=\n## )/],
] as const)('%s', ([file, section]) => {
  test('leads from nothing to a server that two people of different roles use', async () => {
    const text = await readFile(file, 'utf8');
    const [commands = ''] = blocksIn(section.exec(text)?.[0] ?? '', 'sh');
    const { url, tokens, stop } = await followed(commands, `${file.replace(/\W/g, '-')}.json`);
    try {
      const mayRename = await Promise.all(
        tokens.map(async token => {
          const client = new Client({ name: 'docs', version: '1' });
          const requestInit = { headers: { Authorization: `Bearer ${token}` } };
          await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
          const { tools } = await client.listTools();
          await client.close();
          return tools.some(({ name }) => name === 'rename_server');
        }),
      );
      expect(mayRename).toEqual([true, false]);
    } finally {
      await stop();
    }
  });
});

test('every flag and every configuration that the operator’s page shows is right', async () => {
  const text = await readFile('docs/chat-ops.md', 'utf8');
  const known = new Set(EVERY_SETTING.flatMap(([, { flag }]) => (flag === undefined ? [] : [`--${flag}`])));
  for (const [flag] of text.matchAll(/--[a-z][a-z-]+/g)) expect([...known, '--role']).toContain(flag);
  const configs = blocksIn(text, 'json').map(block => JSON.parse(block) as Record<string, unknown>);
  const [file] = configs.filter(config => 'principals' in config);
  expect(read({ holds: file }).maxSpend.perDay).toEqual({ amount: '2000', currency: 'NOK' });
  const principals = readPrincipals(file?.['principals'], 'docs', { KARI_GIGAHOST_KEY: 'set' });
  expect(principals.map(({ principal: { name, role } }) => `${name} ${role}`)).toEqual([
    'kari admin',
    'deploy-bot operator',
  ]);
});

test.for(['Dockerfile', 'compose.yaml', 'deploy/gigahost-mcp.service'])(
  '%s sets nothing that is no setting',
  async file => {
    const text = await readFile(file, 'utf8');
    const known = new Set([
      ...SETTING_ROWS.flatMap(({ env }) => [env, `${env}_FILE`]),
      ...EVERY_SETTING.flatMap(([, { flag }]) => (flag === undefined ? [] : [`--${flag}`])),
    ]);
    const named = [...text.matchAll(/\bGIGAHOST_[A-Z_]+/g)].map(([variable]) => variable);
    expect(named.length).toBeGreaterThan(2);
    for (const variable of named) expect(known).toContain(variable);
  },
);
