import { access, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from '@decimalturn/toml-patch';
import { expect } from 'vitest';
import { readPrincipals } from '../../../src/config/principals.js';
import { configSchema } from '../../../src/config/schema.js';
import { CLIENTS } from '../../../src/clients/table.js';
import { BIN } from '../../support/connect.js';
import type { Block } from './pages.js';
import { expectKnownVariables } from './run-command.js';
import { run } from './run-bin.js';
import type { Scene } from './scene.js';
import { expectStarts, programOf, toolsAt } from './talk.js';

/** An entry of a client. */
interface Entry {
  readonly type?: string;
  readonly command?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Table = Readonly<Record<string, unknown>>;

const KEYS = new Set(CLIENTS.map(({ key }) => key));
const OWN = configSchema()['properties'] as Table;
const fitsSchema = new Ajv({ strict: false }).compile(configSchema());

/** Uses a configuration as the program does that it is for: a client, or ours. */
export async function useConfiguration({ language, text }: Block, scene: Scene): Promise<void> {
  const held = (language === 'toml' ? parse(text) : JSON.parse(text)) as Table;
  const [key] = Object.keys(held).filter(name => KEYS.has(name));
  if (key !== undefined) return useInClient(held, key, scene);
  if (Object.keys(held).every(name => name in OWN)) return useAsFile(text, scene);
  throw new Error(`nobody knows what this configures: ${text}`);
}

async function useInClient(held: Table, key: string, { world, env, folder }: Scene): Promise<void> {
  const entries = Object.values(held[key] as Readonly<Record<string, Entry>>);
  expect(entries.length).toBeGreaterThan(0);
  expectInputsDeclared(held);
  for (const shown of entries) {
    const entry = JSON.parse(world.filled(JSON.stringify(shown))) as Entry;
    if (entry.url !== undefined) {
      expect([undefined, 'http']).toContain(entry.type);
      expect(await toolsAt(entry.url, entry.headers ?? {})).toContain('list_servers');
      continue;
    }
    expect([undefined, 'stdio']).toContain(entry.type);
    expectKnownVariables(entry.env ?? {});
    const { GIGAHOST_BASE_URL = '' } = world.account;
    await expectStarts(
      programOf(entry.command ?? '', entry.args ?? []),
      { ...env, GIGAHOST_BASE_URL, ...entry.env },
      folder,
    );
  }
}

/** What VS Code is to ask for is declared, and typed unseen. */
function expectInputsDeclared({ inputs = [], ...rest }: Table): void {
  const used = [...JSON.stringify(rest).matchAll(/\$\{input:([\w-]+)\}/g)].map(([, id]) => id);
  const secret = { type: 'promptString', password: true };
  expect(inputs).toMatchObject(used.map(id => ({ id, ...secret })));
}

async function useAsFile(text: string, scene: Scene): Promise<void> {
  const held = JSON.parse(scene.world.filled(text)) as Table;
  const file = join(scene.folder, 'shown.json');
  await writeFile(file, JSON.stringify(held));
  if (typeof held['$schema'] === 'string') await access(held['$schema']);
  expect(fitsSchema(held), JSON.stringify(fitsSchema.errors)).toBe(true);
  const { code, said } = await run(
    [BIN, 'call', 'list_servers', '--sandbox', '--config', file],
    scene.env,
    dirname(file),
  );
  expect(code, said).toBe(0);
  // Read where they are of use, over HTTP; every variable they name is set.
  readPrincipals(held['principals'], file, new Proxy({}, { get: () => 'set' }));
}
