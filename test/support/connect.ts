import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio';
import type { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as V1Stdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import { createTalker, type Talking, type TalkOptions } from './client.js';
import { startDns, type DnsServer } from './dns.js';

export * from './client.js';

/** The bin as it is shipped. */
export const BIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface ConnectOptions extends TalkOptions {
  /** Talk to this one instead of a sandbox of its own. */
  readonly sandbox?: Sandbox;
  readonly sandboxOptions?: SandboxOptions;
  readonly args?: readonly string[];
  /** Over the environment that points at the sandbox with a key of full rights; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Connected extends Talking, AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly stateDir: string;
  /** What the server wrote to stderr so far. */
  stderr(): string;
}

/** What points a server at a sandbox, with a key of full rights, and at nothing else of this machine. */
export const environment = (sandbox: Sandbox, stateDir: string, dns: DnsServer) => ({
  PATH: process.env['PATH'],
  HOME: stateDir,
  GIGAHOST_BASE_URL: sandbox.url,
  GIGAHOST_API_KEY: sandbox.apiKey,
  GIGAHOST_STATE_DIR: stateDir,
  GIGAHOST_KEYCHAIN: 'off',
  GIGAHOST_RESOLVER: dns.address,
});

/** A real client, the shipped bin it spawned, and the sandbox that plays Gigahost, all over real pipes and sockets. */
export async function connect(options: ConnectOptions = {}): Promise<Connected> {
  const { generation = 'v1', args = [] } = options;
  const stateDir = await mkdtemp(join(tmpdir(), 'gigahost-mcp-test-'));
  const sandbox = options.sandbox ?? (await startSandbox(options.sandboxOptions));
  const dns = await startDns(name => sandbox.lookup(name));
  const env = {
    ...environment(sandbox, stateDir, dns),
    ...options.env,
  };
  const spawned = {
    command: process.execPath,
    args: [BIN, ...args],
    env: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    stderr: 'pipe' as const,
  };
  const talker = createTalker({ ...options, generation });
  const transport = generation === 'v1' ? new V1Stdio(spawned) : new ModernStdio(spawned);
  let errors = '';
  transport.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await (talker.client as V1Client).connect(transport);

  return {
    ...talker,
    sandbox,
    stateDir,
    stderr: () => errors,
    async [Symbol.asyncDispose]() {
      await talker.client.close();
      await dns[Symbol.asyncDispose]();
      if (!options.sandbox) await sandbox.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
