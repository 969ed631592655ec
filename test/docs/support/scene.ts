import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../../src/sandbox/index.js';
import { serve } from '../../support/http.js';
import { ROOT } from './pages.js';

/** What the pages speak of as if it were there: an account with a key, and a server of the team. */
export interface World extends AsyncDisposable {
  /** Variables that point at the account. */
  readonly account: Readonly<Record<string, string>>;
  /** A text of a page with its placeholders filled in. @throws where something is left that nobody can have. */
  readonly filled: (text: string) => string;
}

export async function openWorld(): Promise<World> {
  const sandbox = await startSandbox();
  const team = await serve({ principals: [{ name: 'kari', role: 'admin' }], sandbox });
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-docs-'));
  const key = join(folder, 'key');
  await writeFile(key, sandbox.apiKey, { mode: 0o600 });
  const token = team.tokens['kari'] ?? '';
  const placeholders: readonly (readonly [string, string])[] = [
    ['/path/to/gigahost-mcp/', ROOT],
    ['/path/to/a/file/with/the/key', key],
    ['/path/to/key', key],
    ['${input:gigahost-key}', sandbox.apiKey],
    ['${env:GIGAHOST_API_KEY}', sandbox.apiKey],
    ['${input:gigahost-token}', token],
    ['${env:GIGAHOST_MCP_TOKEN}', token],
    ['ghm_…', token],
    ['https://mcp.example.no/', `${team.url}/`],
    ['http://127.0.0.1:3000/', `${team.url}/`],
  ];
  return {
    account: { GIGAHOST_BASE_URL: sandbox.url, GIGAHOST_API_KEY: sandbox.apiKey },
    filled(text) {
      const full = placeholders.reduce((all, [placeholder, value]) => all.replaceAll(placeholder, value), text);
      const [left] = /\$\{.*?\}|\/path\/to\S*|\S*…\S*|\S*example\.no\/\S*/.exec(full) ?? [];
      if (left !== undefined) throw new Error(`nobody can fill in ${left}`);
      return full;
    },
    async [Symbol.asyncDispose]() {
      await team[Symbol.asyncDispose]();
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Where the commands of one block are run, one after the other, with what they leave. */
export interface Scene extends AsyncDisposable {
  readonly world: World;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the commands that make tokens printed, and for which role. */
  readonly tokens: { readonly token: string; readonly role: string }[];
  /** To be stopped when the block is over. */
  readonly running: (() => Promise<void>)[];
}

/** A home with an assistant in it, and nothing else. */
export async function openScene(world: World): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-docs-'));
  await mkdir(join(folder, '.cursor'));
  const running: (() => Promise<void>)[] = [];
  return {
    world,
    folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, GIGAHOST_KEYCHAIN: 'off' },
    tokens: [],
    running,
    async [Symbol.asyncDispose]() {
      for (const stop of running) await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
