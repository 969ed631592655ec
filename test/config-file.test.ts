import { readFile, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.js';
import { CREDENTIALS } from '../src/config/credentials.js';
import { configSchema } from '../src/config/schema.js';
import { EVERY_SETTING } from '../src/config/settings.js';
import { TOOLSETS } from '../src/toolsets.js';
import { file, folder, read, refusal, write } from './support/config.js';

const published = JSON.parse(await readFile('config.schema.json', 'utf8')) as Record<string, unknown>;
const accepts = new Ajv({ strict: true, allErrors: true }).compile(published);

const RIGHT: readonly unknown[] = [
  {},
  { $schema: './config.schema.json' },
  ...Object.values(CREDENTIALS).map(({ fileKey }) => ({ [fileKey]: '/path/to/a/file' })),
  { sandbox: true, readOnly: false, tokenCache: true },
  { baseUrl: 'https://api.example.no/v0' },
  { baseUrl: 'http://[::1]:8080' },
  { toolsets: 'all', tools: ['get_server'], excludeTools: ['mount_iso', 'reinstall_server'] },
  { toolsets: [...TOOLSETS] },
  { onlyServers: ['web*', '18103'] },
  { confirm: 'elicit', secrets: 'page', logLevel: 'debug' },
  { maxSpend: '500 NOK', maxSpendEach: '0.5' },
  { journal: 'off', stateDir: '/state' },
  { journal: '/a/changes.jsonl' },
  { files: '/a/files', maxFileMb: 1000 },
  { timeoutSeconds: 0.5, questionSeconds: 3600, resolver: '192.0.2.1:53' },
];

const WRONG: readonly (readonly [unknown, string])[] = [
  [{ $schema: 5 }, '$schema is 5; it must be text: where the schema is.'],
  [
    { apiKeyFile: 'flux_live_secret' },
    'apiKeyFile must be the absolute path of a file that holds the secret, not the secret.',
  ],
  [{ passwordFile: null }, 'passwordFile must be the absolute path of a file that holds the secret, not the secret.'],
  [{ readOnly: 'yes' }, 'readOnly is "yes"; it can be true, false.'],
  [{ tokenCache: 1 }, 'tokenCache is 1; it can be true, false.'],
  [{ baseUrl: 5 }, 'baseUrl is 5; it must be an address that begins with https://.'],
  [
    { baseUrl: 'http://example.no' },
    'baseUrl must be https: credentials would travel in the clear. Plain http works on loopback only.',
  ],
  [{ baseUrl: 'https://example.no/?a=b' }, 'baseUrl must be an address only, without credentials, query or fragment.'],
  [{ toolsets: 'servers' }, `toolsets is "servers"; it can be all, or some of ${TOOLSETS.join(', ')} in a list.`],
  [{ toolsets: [] }, `toolsets is a list; it can be all, or some of ${TOOLSETS.join(', ')} in a list.`],
  [{ tools: 'a,b' }, 'tools is "a,b"; it must be a list of at least one text, such as ["list_servers","get_server"].'],
  [{ onlyServers: [] }, 'onlyServers is a list; it must be a list of at least one text, such as ["web*","18103"].'],
  [
    { onlyServers: [18103] },
    'onlyServers is a list; it must be a list of at least one text, such as ["web*","18103"].',
  ],
  [
    { tools: ['get_server', 5] },
    'tools is a list; it must be a list of at least one text, such as ["list_servers","get_server"].',
  ],
  [{ onlyServers: [' '] }, 'onlyServers is a list; it must be a list of at least one text, such as ["web*","18103"].'],
  [{ confirm: 'skip' }, 'confirm is "skip"; it can be auto, elicit.'],
  [{ confirm: {} }, 'confirm is an object; it can be auto, elicit.'],
  [{ secrets: 'inline' }, 'secrets is "inline"; it can be file, page.'],
  [
    { maxSpend: 500 },
    'maxSpend is 500; it must be an amount with at most two decimals and a currency, such as "500 NOK".',
  ],
  [{ journal: 'changes.jsonl' }, 'journal is "changes.jsonl"; it must be off or an absolute path.'],
  [{ journal: false }, 'journal is false; it must be off or an absolute path.'],
  [{ timeoutSeconds: '30' }, 'timeoutSeconds is "30"; it must be a number of seconds above 0, up to 3600.'],
  [{ questionSeconds: 0 }, 'questionSeconds is 0; it must be a number of seconds above 0, up to 3600.'],
  [{ resolver: '' }, 'resolver is ""; it must be an IP address, or one with a port such as 192.0.2.53:5353.'],
];

describe('the server and the schema that editors use are of one mind', () => {
  test.for(RIGHT)('%o is accepted', content => {
    expect(() => read({ holds: content })).not.toThrow();
    expect(accepts(content), JSON.stringify(accepts.errors)).toBe(true);
  });
  test.for(WRONG)('%o is refused with the name of the file and what would be right', ([content, words]) => {
    expect(refusal({ holds: content })).toBe(`${file}: ${words}`);
    expect(accepts(content)).toBe(false);
  });
  test.for(['readonly', 'maxspend', 'apiKey', 'dangerouslySkipConfirmation', 'config', 'constructor', '__proto__'])(
    'there is no key %s',
    key => {
      const text = `{ "${key}": true }`;
      expect(refusal({ holds: text })).toContain(file);
      expect(accepts(JSON.parse(text))).toBe(false);
    },
  );
});

test('the published schema is the one that is made of the settings', () => {
  expect(published).toEqual(configSchema());
});

test('the schema knows every setting, and every default it promises is one it accepts', () => {
  const properties = published['properties'] as Record<string, { default?: unknown; description?: string }>;
  const keys = EVERY_SETTING.filter(([, { inFile }]) => inFile !== false).map(([key]) => key);
  expect(Object.keys(properties)).toEqual(
    expect.arrayContaining([...keys, ...Object.values(CREDENTIALS).map(({ fileKey }) => fileKey)]),
  );
  for (const [key, { default: value, description }] of Object.entries(properties)) {
    expect(description, key).toMatch(/\w/);
    if (value !== undefined) expect(accepts({ [key]: value }), key).toBe(true);
  }
});

describe('a key that is no setting', () => {
  test.for([
    ['readonly', 'there is no setting "readonly"; it is spelt readOnly.'],
    ['max-spend', 'there is no setting "max-spend"; it is spelt maxSpend.'],
    ['GIGAHOST_ONLY_SERVERS', 'there is no setting "GIGAHOST_ONLY_SERVERS"; it is spelt onlyServers.'],
    [
      'dangerouslySkipConfirmation',
      'dangerouslySkipConfirmation may not stand here; it is given as --dangerously-skip-confirmation.',
    ],
    ['config', 'config may not stand here; it is given as --config or GIGAHOST_CONFIG.'],
  ] as const)('%s is refused with what to write instead', ([key, words]) => {
    expect(refusal({ holds: { [key]: true } })).toBe(`${file}: ${words}`);
  });
  test.for(['nonsense', 'constructor', '__proto__'])('like %s is answered with those there are', key => {
    const words = refusal({ holds: `{ "${key}": 1 }` });
    expect(words).toContain(`${file}: there is no setting "${key}"; there are $schema, apiKeyFile, `);
    for (const [name, { inFile }] of EVERY_SETTING) if (inFile !== false) expect(words).toContain(name);
  });
});

test.for(Object.entries(CREDENTIALS))('a secret itself is refused in the file (%s)', ([, { fileKey, env }]) => {
  const key = fileKey.replace(/File$/, '');
  const words = refusal({ holds: { [key]: 'flux_live_secret' } });
  expect(words).toBe(
    `${file}: a secret may not stand here (${key}): a configuration file is copied and shared. Put it into a file of its own and name that with ${fileKey}, or set ${env}.`,
  );
});

test.for(['api_key', 'GIGAHOST_API_KEY', 'api-key'])('a secret is known by its other names too (%s)', key => {
  expect(refusal({ holds: { [key]: 'flux_live_secret' } })).toMatch(/a secret may not stand here.*apiKeyFile/);
});

test('what is wrong in the file is refused also where a flag or a variable says otherwise', () => {
  const holds = { confirm: 'never' };
  expect(refusal({ holds, args: ['--confirm', 'auto'], env: { GIGAHOST_CONFIRM: 'auto' } })).toContain('"never"');
});

describe('a file that is no configuration', () => {
  test.for([
    ['{ "readOnly": true,\n  "confirm": \n}', ' is not JSON'],
    ['{\n  "readOnly": true\n  "confirm": "auto"\n}', ' is not JSON at line 3'],
    ['', ' is not JSON'],
    ['flux_live_0123456789abcdef', ' is not JSON'],
    ['[]', ' must hold one JSON object, such as { "readOnly": true }.'],
    ['null', ' must hold one JSON object, such as { "readOnly": true }.'],
    ['"flux_live_0123456789abcdef"', ' must hold one JSON object, such as { "readOnly": true }.'],
  ] as const)('%o is refused in one line that quotes none of it', ([text, words]) => {
    const said = refusal({ holds: text });
    expect(said).toContain(file + words);
    expect(said).not.toMatch(/\n|flux_live|confirm/);
  });

  test('a folder, and a file that is not there, are refused by name', async () => {
    await rm(file, { force: true });
    const missing = relative(process.cwd(), file);
    expect(refusal({ args: ['--config', missing] })).toBe(`The configuration file ${file} cannot be read (ENOENT).`);
    expect(refusal({ env: { GIGAHOST_CONFIG: folder } })).toBe(
      `The configuration file ${folder} cannot be read (EISDIR).`,
    );
  });
});

test('the file on the command line is read, and not the one in the environment', () => {
  write({ readOnly: true });
  expect(readConfig({ config: file }, { GIGAHOST_CONFIG: '/nowhere/gigahost.json' }).readOnly).toBe(true);
});

test('a file as Windows editors write it, with a byte order mark, is read', () => {
  expect(read({ holds: '\uFEFF{ "readOnly": true }' }).readOnly).toBe(true);
});
