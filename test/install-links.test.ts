import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, test } from 'vitest';
import { startSandbox } from '../src/sandbox/index.js';
import { BIN } from './support/connect.js';

/** What an assistant is to keep and start. */
interface Entry {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly inputs?: readonly { readonly id: string; readonly type: string; readonly password?: boolean }[];
}

const readme = await readFile(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
const links = [...readme.matchAll(/\[!\[Install in ([^\]]+)\]\([^)]+\)\]\(([^)]+)\)/g)].map(
  ([, client = '', link = '']) => [client, link] as const,
);
const [deepLink = ''] = /cursor:\/\/[^`]+/.exec(readme) ?? [];

/** As VS Code reads it behind its redirect, or Cursor. */
function entryOf(link: string): Entry {
  const { protocol, searchParams } = new URL(link);
  const target = searchParams.get('url');
  if (target !== null) {
    const [, scheme, json = ''] = /^(vscode|vscode-insiders):mcp\/install\?(.*)$/.exec(target) ?? [];
    expect(scheme).toBeDefined();
    return JSON.parse(decodeURIComponent(json)) as Entry;
  }
  expect(['https:', 'cursor:']).toContain(protocol);
  const config = Buffer.from(searchParams.get('config') ?? '', 'base64').toString();
  return { name: searchParams.get('name') ?? '', ...(JSON.parse(config) as Omit<Entry, 'name'>) };
}

test('there is one for each of three clients, and one that opens Cursor itself', () => {
  expect(links.map(([client]) => client)).toEqual(['VS Code', 'VS Code Insiders', 'Cursor']);
  expect(decodeURIComponent(links[1]?.[1] ?? '')).toContain('vscode-insiders:');
  expect(deepLink).toMatch(/^cursor:\/\/anysphere\.cursor-deeplink\/mcp\/install\?/);
});

test.for([...links, ['Cursor itself', deepLink] as const])(
  '%s starts the package, with the key, and gets its tools',
  async ([, link]) => {
    await using sandbox = await startSandbox();
    const { name, command, args, env, inputs = [] } = entryOf(link);
    expect([name, command, ...args.slice(0, 2)]).toEqual(['gigahost', 'npx', '-y', 'gigahost-mcp']);
    // What the client puts in for its placeholders.
    const filled = Object.entries(env).map(([variable, text]) => {
      const [, input] = /^\$\{input:(.+)\}$/.exec(text) ?? [];
      if (input === undefined) expect(text).toBe(`\${env:${variable}}`);
      else expect(inputs).toMatchObject([{ id: input, type: 'promptString', password: true }]);
      return [variable, sandbox.apiKey] as const;
    });
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [BIN, ...args.slice(2)],
        env: { ...Object.fromEntries(filled), GIGAHOST_BASE_URL: sandbox.url },
        stderr: 'ignore',
      }),
    );
    const { tools } = await client.listTools();
    expect(tools.length).toBeGreaterThan(30);
    expect(await client.callTool({ name: 'list_servers', arguments: {} })).not.toMatchObject({ isError: true });
    await client.close();
  },
);
