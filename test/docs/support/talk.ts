import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect } from 'vitest';
import { BIN } from '../../support/connect.js';

const NAMED = { name: 'docs', version: '1' };

/** The program behind a command as it is shown; npx would bring the same one. */
export function programOf(command: string, args: readonly string[]): readonly string[] {
  if (command === 'node') return args;
  if (command === 'gigahost-mcp') return [BIN, ...args];
  const [name, ...rest] = args.filter(word => word !== '-y');
  if (command === 'npx' && name === 'gigahost-mcp') return [BIN, ...rest];
  throw new Error(`${command} ${args.join(' ')} does not start this server`);
}

/** Starts a server as an assistant does; it has tools, and one of them works. */
export async function expectStarts(args: readonly string[], env: Readonly<Record<string, string>>, cwd: string) {
  const client = new Client(NAMED);
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [...args], env: { ...env }, cwd, stderr: 'ignore' }),
  );
  const { tools } = await client.listTools();
  expect(tools.length).toBeGreaterThan(30);
  expect((await client.callTool({ name: 'list_servers', arguments: {} })).isError).toBeFalsy();
  await client.close();
}

/** The names of the tools that somebody with these headers has at that address. */
export async function toolsAt(url: string, headers: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const client = new ModernClient(NAMED);
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  const { tools } = await client.listTools();
  await client.close();
  return tools.map(({ name }) => name);
}
