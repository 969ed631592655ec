import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StreamableHTTPClientTransport as ModernHttp } from '@modelcontextprotocol/client';
import type { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1Http } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { newToken } from '../../src/hosts/http/tokens.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import { createTalker, type Talking, type TalkOptions } from './client.js';
import { BIN, environment } from './connect.js';
import { startDns } from './dns.js';

export interface ServeOptions {
  /** Entries of `principals` without tokens: each gets one, see `tokens`. */
  readonly principals?: readonly { readonly name: string; readonly role: string; readonly [key: string]: unknown }[];
  /** More of the configuration file. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly sandbox?: Sandbox;
  readonly sandboxOptions?: SandboxOptions;
  /** The address that others know it under, where that is not its own. */
  readonly publicUrl?: string;
  /** Another node of what that one serves: its configuration, tokens and Gigahost, and a state folder of its own. */
  readonly likeNode?: Served;
}

export interface Served extends AsyncDisposable {
  readonly options: ServeOptions;
  readonly configFile: string;
  /** Without a path. */
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly stateDir: string;
  /** The token of each principal, by name. */
  readonly tokens: Readonly<Record<string, string>>;
  stderr(): string;
  /** Sends a signal, and tells the exit code once it is over. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Resolves with the exit code when the process is over, whoever ended it. */
  readonly over: Promise<number | null>;
  /** A real client of its own, connected with these headers, or with the token of a principal. */
  connect(options?: HttpTalkOptions): Promise<Talking & AsyncDisposable>;
}

export interface HttpTalkOptions extends TalkOptions {
  /** Name of the principal whose token is sent. */
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where it is reached instead of its own address, without a path. */
  readonly at?: string;
}

/** The shipped bin as an HTTP server on a free port, and the sandbox that plays Gigahost. */
export async function serve({ likeNode, ...given }: ServeOptions = {}): Promise<Served> {
  const options: ServeOptions = { ...likeNode?.options, ...given };
  const stateDir = await mkdtemp(join(tmpdir(), 'gigahost-mcp-http-'));
  const sandbox = options.sandbox ?? likeNode?.sandbox ?? (await startSandbox(options.sandboxOptions));
  const dns = await startDns(name => sandbox.lookup(name));
  const { configFile, tokens } = likeNode ?? (await configure(stateDir, options));
  const env = {
    ...environment(sandbox, stateDir, dns),
    GIGAHOST_CONFIG: configFile,
    GIGAHOST_LISTEN: '0',
    GIGAHOST_PUBLIC_URL: options.publicUrl,
    ...options.env,
  };
  const child = spawn(process.execPath, [BIN, 'http', ...(options.args ?? [])], {
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  const over = new Promise<number | null>(resolve => child.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
      const [, found] = /serves MCP on (\S+)\/mcp\n/.exec(errors) ?? [];
      const [, listens] = /listens on (\S+)\n/.exec(errors) ?? [];
      if (found !== undefined) resolve(listens === undefined ? found : `http://${listens}`);
    });
    void over.then(code => reject(new Error(`it ended with ${code}: ${errors}`)));
  });

  return {
    url,
    options,
    configFile,
    sandbox,
    stateDir,
    tokens,
    over,
    stderr: () => errors,
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return over;
    },
    async connect({ as, headers = {}, at = url, ...talk } = {}) {
      const { generation = 'v1' } = talk;
      const talker = createTalker({ ...talk, generation });
      const requestInit = {
        headers: { ...(as !== undefined && { Authorization: `Bearer ${tokens[as]}` }), ...headers },
      };
      const endpoint = new URL(`${at}/mcp`);
      const transport =
        generation === 'v1' ? new V1Http(endpoint, { requestInit }) : new ModernHttp(endpoint, { requestInit });
      // The two generations differ in types that mean the same.
      await (talker.client as V1Client).connect(transport);
      return { ...talker, [Symbol.asyncDispose]: () => talker.client.close() };
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await over;
      await dns[Symbol.asyncDispose]();
      if (!options.sandbox && !likeNode) await sandbox.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

async function configure(
  folder: string,
  { principals = [], config }: ServeOptions,
): Promise<Pick<Served, 'configFile' | 'tokens'>> {
  const made = principals.map(principal => ({ principal, ...newToken() }));
  const configFile = join(folder, 'config.json');
  const held = made.map(({ principal, hash }) => ({ ...principal, tokens: [hash] }));
  await writeFile(configFile, JSON.stringify({ ...config, ...(held.length > 0 && { principals: held }) }));
  return { configFile, tokens: Object.fromEntries(made.map(({ principal, token }) => [principal.name, token])) };
}
