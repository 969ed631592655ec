import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const SDK = '@modelcontextprotocol/server';
/** Who may import whom: arrows run one way, towards the client, which knows nothing of MCP. */
const MAP: Readonly<Record<string, { readonly areas: readonly string[]; readonly packages: readonly string[] }>> = {
  client: { areas: [], packages: ['zod', 'undici', 'otpauth', 'big.js'] },
  inventory: {
    areas: ['client'],
    packages: ['zod', 'ipaddr.js', 'big.js', '@nictool/dns-resource-record', 'dnsz'],
  },
  credentials: { areas: ['client'], packages: ['zod', '@napi-rs/keyring'] },
  store: { areas: ['inventory'], packages: ['@redis/client'] },
  guard: {
    areas: ['toolsets.ts', 'lang', 'store', 'inventory', 'client', 'once.ts'],
    packages: ['big.js', 'picomatch'],
  },
  words: { areas: ['guard', 'store', 'inventory', 'client'], packages: ['zod'] },
  tools: { areas: ['toolsets.ts', 'words', 'guard', 'inventory', 'client'], packages: ['zod', 'minisearch'] },
  resources: { areas: ['toolsets.ts', 'words', 'guard', 'inventory', 'client'], packages: [] },
  prompts: { areas: ['lang', 'words', 'inventory', 'client'], packages: [] },
  sandbox: { areas: [], packages: ['fast-png'] },
  'catalogue.ts': { areas: ['tools', 'resources', 'prompts'], packages: [] },
  'config.ts': { areas: ['config', 'toolsets.ts', 'lang', 'client', 'guard'], packages: [] },
  config: { areas: ['toolsets.ts', 'lang', 'guard', 'client'], packages: ['env-paths', 'minisearch', 'zod'] },
  lang: { areas: [], packages: [] },
  'toolsets.ts': { areas: [], packages: [] },
  'log.ts': { areas: ['config.ts', 'once.ts'], packages: ['pino'] },
  'once.ts': { areas: [], packages: [] },
  'version.ts': { areas: [], packages: [] },
  hosts: {
    areas: [
      'catalogue.ts',
      'config.ts',
      'config',
      'lang',
      'log.ts',
      'once.ts',
      'version.ts',
      'sandbox',
      'tools',
      'resources',
      'prompts',
      'words',
      'guard',
      'store',
      'inventory',
      'credentials',
      'client',
    ],
    packages: [SDK, `${SDK}/stdio`, 'jose', 'lru-cache', 'prom-client', 'proxy-addr', 'rate-limiter-flexible'],
  },
  clients: { areas: [], packages: ['@decimalturn/toml-patch', 'jsonc-parser', 'zod'] },
  doctor: {
    areas: [
      'catalogue.ts',
      'clients',
      'hosts',
      'config',
      'config.ts',
      'lang',
      'once.ts',
      'toolsets.ts',
      'version.ts',
      'tools',
      'words',
      'guard',
      'credentials',
      'client',
    ],
    packages: [],
  },
  cli: {
    areas: [
      'clients',
      'doctor',
      'hosts',
      'config',
      'config.ts',
      'lang',
      'log.ts',
      'version.ts',
      'tools',
      'words',
      'guard',
      'credentials',
      'client',
    ],
    packages: ['@clack/prompts', 'commander', 'cli-table3', 'diff', 'jsonc-parser', 'picocolors'],
  },
  'main.ts': { areas: ['cli'], packages: [] },
};

interface Source {
  readonly file: string;
  readonly area: string;
  readonly text: string;
  /** Areas and packages it imports, its own area and `node:` left out. */
  readonly imports: readonly string[];
}

const areaOf = (file: string): string => file.split('/')[0] ?? file;

async function sources(): Promise<Source[]> {
  const found: Source[] = [];
  for (const file of (await readdir('src', { recursive: true })).filter(name => name.endsWith('.ts'))) {
    const text = await readFile(join('src', file), 'utf8');
    const named = [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, name = '']) => name);
    const imports = named
      .map(name => (name.startsWith('.') ? areaOf(join(dirname(file), name).replace(/\.js$/, '.ts')) : name))
      .filter(name => name !== areaOf(file) && !name.startsWith('node:') && !name.startsWith('..'));
    found.push({ file, area: areaOf(file), text, imports });
  }
  return found;
}

const all = await sources();

test('the sources were found and every area is on the map', () => {
  expect(all.length).toBeGreaterThan(100);
  expect([...new Set(all.map(({ area }) => area))].filter(area => !(area in MAP))).toEqual([]);
});

test('every import follows the map', () => {
  const strays = all.flatMap(({ file, area, imports }) => {
    const { areas = [], packages = [] } = MAP[area] ?? {};
    return imports.filter(name => !areas.includes(name) && !packages.includes(name)).map(name => `${file} → ${name}`);
  });
  expect(strays).toEqual([]);
});

test('one file knows undici, one the sandbox, one the environment, one writes the log', () => {
  const holding = (pattern: RegExp, besides: readonly string[] = []) =>
    all.flatMap(({ file, text }) => (pattern.test(text) && !besides.includes(areaOf(file)) ? [file] : []));
  expect(holding(/from 'undici'|import\('undici'/)).toEqual(['client/pools.ts']);
  expect(holding(/sandbox\/index/)).toEqual(['hosts/ground.ts']);
  expect(holding(/process\.env\b/)).toEqual(['main.ts']);
  expect(holding(/process\.exit\(/)).toEqual(['main.ts']);
  expect(holding(/\bconsole\.(log|error|warn|info|debug)\b|process\.stdout\b/, ['cli', 'main.ts'])).toEqual([]);
});
