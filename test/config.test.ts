import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EVERY_SETTING, type Config, type HttpConfig } from '../src/config.js';
import { userStateDir } from '../src/config/state-dir.js';
import { TOOLSETS } from '../src/toolsets.js';
import { CA } from './support/proxy.js';
import { folder, read, refusal, type Given } from './support/config.js';

const STATE_DIR = userStateDir({});
const NOK = (amount: string) => ({ amount, currency: 'NOK' });
const api = ({ upstream }: Config) => (upstream.kind === 'api' ? upstream : expect.fail('it is the sandbox'));

/** A value as it is given, and what the server makes of it. Flag, environment and file each say something else. */
interface Row {
  readonly of: (config: Config) => unknown;
  readonly flag?: readonly [readonly string[], unknown];
  readonly env?: readonly [string, unknown];
  readonly file?: readonly [unknown, unknown];
  readonly otherwise: unknown;
}
const ROWS: Readonly<Record<string, Row>> = {
  sandbox: {
    of: ({ upstream }) => upstream.kind,
    flag: [['--sandbox'], 'sandbox'],
    env: ['off', 'api'],
    file: [true, 'sandbox'],
    otherwise: 'api',
  },
  baseUrl: {
    of: config => api(config).baseUrl,
    env: ['https://a.example.no/api/', 'https://a.example.no/api'],
    file: ['http://127.0.0.1:8080/v0', 'http://127.0.0.1:8080/v0'],
    otherwise: 'https://api.gigahost.no/api/v0',
  },
  caFile: {
    of: config => api(config).route.ca,
    env: [CA, [readFileSync(CA, 'utf8')]],
    file: [CA, [readFileSync(CA, 'utf8')]],
    otherwise: undefined,
  },
  readOnly: {
    of: ({ readOnly }) => readOnly,
    flag: [['--read-only'], true],
    env: ['no', false],
    file: [true, true],
    otherwise: false,
  },
  toolsets: {
    of: ({ toolsets }) => toolsets,
    flag: [
      ['--toolsets', 'servers, billing'],
      ['servers', 'billing'],
    ],
    env: ['all', 'all'],
    file: [['account'], ['account']],
    otherwise: undefined,
  },
  tools: {
    of: ({ tools }) => tools,
    flag: [
      ['--tools', 'get_server,list_servers,'],
      ['get_server', 'list_servers'],
    ],
    env: ['get_account', ['get_account']],
    file: [['list_invoices'], ['list_invoices']],
    otherwise: [],
  },
  excludeTools: {
    of: ({ excludeTools }) => excludeTools,
    flag: [['--exclude-tools', 'reinstall_server'], ['reinstall_server']],
    env: ['mount_iso', ['mount_iso']],
    file: [['reboot_server'], ['reboot_server']],
    otherwise: [],
  },
  onlyServers: {
    of: ({ onlyServers }) => onlyServers,
    flag: [
      ['--only-servers', 'web*,18103'],
      ['web*', '18103'],
    ],
    env: ['db?', ['db?']],
    file: [['a, b'], ['a, b']],
    otherwise: [],
  },
  onlyZones: {
    of: ({ onlyZones }) => onlyZones,
    flag: [
      ['--only-zones', '*.no,kunde.example'],
      ['*.no', 'kunde.example'],
    ],
    env: ['7001', ['7001']],
    file: [['*.no'], ['*.no']],
    otherwise: [],
  },
  maxTargets: {
    of: ({ maxTargets }) => maxTargets,
    flag: [['--max-targets', '3'], 3],
    env: ['25', 25],
    file: [1000, 1000],
    otherwise: 10,
  },
  confirm: {
    of: ({ confirm }) => confirm,
    flag: [['--confirm', 'elicit'], 'elicit'],
    env: ['auto', 'auto'],
    file: ['elicit', 'elicit'],
    otherwise: 'auto',
  },
  dangerouslySkipConfirmation: {
    of: ({ confirm }) => confirm,
    flag: [['--dangerously-skip-confirmation', '--confirm', 'elicit'], 'skip'],
    otherwise: 'auto',
  },
  maxSpend: {
    of: ({ maxSpend }) => maxSpend.perDay,
    flag: [['--max-spend', '500'], NOK('500')],
    env: ['499.50 NOK', NOK('499.50')],
    file: ['40eur', { amount: '40', currency: 'EUR' }],
    otherwise: null,
  },
  maxSpendEach: {
    of: ({ maxSpend }) => maxSpend.each,
    flag: [['--max-spend-each', '0'], NOK('0')],
    env: ['200.5 nok', NOK('200.5')],
    file: ['1 NOK', NOK('1')],
    otherwise: null,
  },
  secrets: {
    of: ({ secrets }) => secrets,
    flag: [['--secrets', 'page'], 'page'],
    env: ['file', 'file'],
    file: ['page', 'page'],
    otherwise: 'file',
  },
  dangerouslyInlineSecrets: {
    of: ({ secrets }) => secrets,
    flag: [['--dangerously-inline-secrets', '--secrets', 'page'], 'inline'],
    otherwise: 'file',
  },
  journal: {
    of: ({ journal }) => journal,
    flag: [['--journal', 'off'], null],
    env: ['/a/changes.jsonl', '/a/changes.jsonl'],
    file: ['off', null],
    otherwise: join(STATE_DIR, 'journal.jsonl'),
  },
  stateDir: {
    of: ({ stateDir, journal }) => [stateDir, journal],
    env: ['/a', ['/a', '/a/journal.jsonl']],
    file: ['/b', ['/b', '/b/journal.jsonl']],
    otherwise: [STATE_DIR, join(STATE_DIR, 'journal.jsonl')],
  },
  files: {
    of: ({ files }) => files,
    flag: [['--files', '/a'], '/a'],
    env: ['/b', '/b'],
    file: ['/c', '/c'],
    otherwise: existsSync(join(homedir(), 'Downloads')) ? join(homedir(), 'Downloads') : join(STATE_DIR, 'files'),
  },
  maxFileMb: {
    of: ({ maxFileMb }) => maxFileMb,
    flag: [['--max-file-mb', '3'], 3],
    env: ['25', 25],
    file: [1000, 1000],
    otherwise: 200,
  },
  tokenCache: { of: ({ tokenCache }) => tokenCache, env: ['on', true], file: [false, false], otherwise: true },
  keychain: { of: ({ keychain }) => keychain, env: ['off', 'off'], file: ['auto', 'auto'], otherwise: 'auto' },
  timeoutSeconds: { of: ({ timeoutMs }) => timeoutMs, env: ['2.5', 2500], file: [60, 60_000], otherwise: 30_000 },
  questionSeconds: { of: ({ questionMs }) => questionMs, env: ['3600', 3_600_000], file: [1, 1000], otherwise: 45_000 },
  resolver: {
    of: ({ resolver }) => resolver,
    env: ['192.0.2.1', '192.0.2.1'],
    file: ['::1', '::1'],
    otherwise: undefined,
  },
  lang: {
    of: ({ lang }) => lang,
    flag: [['--lang', 'nb'], 'nb'],
    env: ['nb', 'nb'],
    file: ['nb', 'nb'],
    otherwise: 'en',
  },
  logLevel: {
    of: ({ logLevel }) => logLevel,
    flag: [['--log-level', 'debug'], 'debug'],
    env: ['error', 'error'],
    file: ['info', 'info'],
    otherwise: 'warn',
  },
};

const http =
  <K extends keyof HttpConfig>(key: K) =>
  (config: Config): HttpConfig[K] =>
    config.http[key];

/** Those of `gigahost-mcp http` alone. */
const HTTP_ROWS: Readonly<Record<string, Row>> = {
  listen: {
    of: http('listen'),
    flag: [['--listen', '[::1]:0'], { host: '::1', port: 0 }],
    env: ['8080', { host: '127.0.0.1', port: 8080 }],
    file: ['0.0.0.0:3001', { host: '0.0.0.0', port: 3001 }],
    otherwise: { host: '127.0.0.1', port: 3000 },
  },
  publicUrl: {
    of: http('publicUrl'),
    flag: [['--public-url', 'https://a.example.no/'], 'https://a.example.no'],
    env: ['https://b.example.no', 'https://b.example.no'],
    file: ['http://localhost:3000', 'http://localhost:3000'],
    otherwise: undefined,
  },
  allowedHosts: listed('--allowed-hosts', http('allowedHosts'), 'example.no'),
  allowedOrigins: {
    of: http('allowedOrigins'),
    flag: [
      ['--allowed-origins', 'https://a.example.no,http://localhost:8080/'],
      ['https://a.example.no', 'http://localhost:8080'],
    ],
    env: ['https://b.example.no', ['https://b.example.no']],
    file: [['https://c.example.no'], ['https://c.example.no']],
    otherwise: [],
  },
  tlsCert: {
    of: ({ http: { tls } }) => tls.cert,
    flag: [['--tls-cert', '/a'], '/a'],
    env: ['/b', '/b'],
    file: ['/c', '/c'],
    otherwise: undefined,
  },
  tlsKey: {
    of: ({ http: { tls } }) => tls.key,
    flag: [['--tls-key', '/a'], '/a'],
    env: ['/b', '/b'],
    file: ['/c', '/c'],
    otherwise: undefined,
  },
  trustProxy: listed('--trust-proxy', http('trustProxy'), '10.0.0.0/8'),
  auth: chosen('--auth', http('auth'), 'oauth', 'none', 'token', 'token'),
  credentials: chosen('--credentials', http('credentials'), 'header', 'principal', 'header', 'principal'),
  oauthIssuer: {
    of: ({ http: { oauth } }) => oauth.issuer,
    flag: [['--oauth-issuer', 'https://a.example.no'], 'https://a.example.no'],
    env: ['https://b.example.no', 'https://b.example.no'],
    file: ['https://c.example.no', 'https://c.example.no'],
    otherwise: undefined,
  },
  oauthAudience: chosen('--oauth-audience', ({ http: { oauth } }) => oauth.audience, 'a', 'b', 'c', undefined),
  oauthRoles: chosen('--oauth-roles', ({ http: { oauth } }) => oauth.roles, 'a', 'b', 'c', undefined),
  sessions: {
    of: http('sessions'),
    flag: [['--sessions'], true],
    env: ['no', false],
    file: [true, true],
    otherwise: false,
  },
  store: chosen('--store', http('store'), 'redis://127.0.0.1:1', 'memory', 'redis://127.0.0.1:2', 'memory'),
  fourEyes: {
    of: http('fourEyes'),
    flag: [['--four-eyes', 'purchase'], ['purchase']],
    env: ['all', ['disrupt', 'destroy', 'purchase']],
    file: [
      ['destroy', 'purchase'],
      ['destroy', 'purchase'],
    ],
    otherwise: [],
  },
  requestsPerMinute: counted('--requests-per-minute', http('requestsPerMinute'), 300),
  concurrentCalls: counted('--concurrent-calls', http('concurrentCalls'), 20),
  concurrentUpstream: counted('--concurrent-upstream', http('concurrentUpstream'), 10),
  connections: counted('--connections', http('connections'), 1000),
  drainSeconds: {
    of: http('drainMs'),
    flag: [['--drain-seconds', '1'], 1000],
    env: ['2.5', 2500],
    file: [3, 3000],
    otherwise: 25_000,
  },
};

function listed(flag: string, of: Row['of'], word: string): Row {
  return {
    of,
    flag: [
      [flag, `${word},x`],
      [word, 'x'],
    ],
    env: [word, [word]],
    file: [[word], [word]],
    otherwise: [],
  };
}

function chosen(flag: string, of: Row['of'], ...[a, b, c, otherwise]: readonly unknown[]): Row {
  return { of, flag: [[flag, String(a)], a], env: [String(b), b], file: [c, c], otherwise };
}

function counted(flag: string, of: Row['of'], otherwise: number): Row {
  return { of, flag: [[flag, '7'], 7], env: ['8', 8], file: [9, 9], otherwise };
}

const ALL_ROWS = { ...ROWS, ...HTTP_ROWS };

test('every setting is on the table, given every way it can be', () => {
  const ways = (flag: unknown, env: unknown, file: unknown) => ({ flag: !!flag, env: !!env, file: !!file });
  expect(
    Object.fromEntries(Object.entries(ALL_ROWS).map(([key, row]) => [key, ways(row.flag, row.env, row.file)])),
  ).toEqual(
    Object.fromEntries(
      EVERY_SETTING.filter(([key]) => key !== 'config').map(([key, { flag, env, inFile }]) => [
        key,
        ways(flag, env, inFile !== false),
      ]),
    ),
  );
});

test.for(Object.entries(ALL_ROWS))(
  '%s comes from its flag, else its variable, else the file, else holds what is said',
  ([key, { of, flag, env, file, otherwise }]) => {
    const [, { env: variable = '' } = {}] = EVERY_SETTING.find(([name]) => name === key) ?? [];
    const args = flag?.[0] ?? [];
    const inEnv = env ? { [variable]: env[0] } : {};
    const holds = file ? { [key]: file[0] } : {};
    const last = file ? file[1] : otherwise;
    const middle = env ? env[1] : last;
    const first = flag ? flag[1] : middle;
    expect(of(read())).toEqual(otherwise);
    expect(of(read({ args }))).toEqual(flag ? flag[1] : otherwise);
    expect(of(read({ env: inEnv }))).toEqual(env ? env[1] : otherwise);
    expect(of(read({ holds, env: { [variable]: '' } }))).toEqual(last);
    expect(of(read({ holds, env: inEnv }))).toEqual(middle);
    expect(of(read({ holds, env: inEnv, args }))).toEqual(first);
  },
);

test('a flag is the key of its setting in kebab-case, so that every parser of command lines makes the key of it', () => {
  for (const [key, { flag }] of EVERY_SETTING)
    if (flag) expect(flag.replace(/-./g, dash => dash.slice(1).toUpperCase())).toBe(key);
});

test('what loosens a guard is a flag and nothing else', () => {
  const dangerous = EVERY_SETTING.filter(([, { flag }]) => flag?.startsWith('dangerously-'));
  expect(dangerous).toHaveLength(2);
  for (const [key, { env, inFile }] of dangerous) expect([key, env, inFile]).toEqual([key, undefined, false]);
  const env = { GIGAHOST_DANGEROUSLY_SKIP_CONFIRMATION: '1', GIGAHOST_DANGEROUSLY_INLINE_SECRETS: '1' };
  expect(read({ env })).toMatchObject({ confirm: 'auto', secrets: 'file' });
});

test.for([
  ...['1', 'true', 'on', 'yes', 'ON', 'True'].map(word => [word, true] as const),
  ...['0', 'false', 'off', 'no', 'OFF', 'No'].map(word => [word, false] as const),
])('%s in the environment is %s', ([word, meant]) => {
  expect(read({ env: { GIGAHOST_READ_ONLY: word, GIGAHOST_TOKEN_CACHE: word } })).toMatchObject({
    readOnly: meant,
    tokenCache: meant,
  });
});

test.runIf(process.platform === 'linux')('on Linux, state is kept where the user keeps state', () => {
  expect(read({ env: { XDG_STATE_HOME: folder } }).stateDir).toBe(join(folder, 'gigahost-mcp'));
});

test('a credential is in the environment, or in a file that is named there or in the configuration file', () => {
  const holds = {
    apiKeyFile: '/b',
    usernameFile: '/b',
    passwordFile: '/b',
    totpSecretFile: '/b',
    twoFactorCodeFile: '/b',
  };
  const all = <T>(source: T) => ({
    apiKey: source,
    username: source,
    password: source,
    totpSecret: source,
    code: source,
  });
  const names = ['API_KEY', 'USERNAME', 'PASSWORD', 'TOTP_SECRET', '2FA_CODE'].map(name => `GIGAHOST_${name}`);
  const direct = Object.fromEntries(names.map(name => [name, 'v']));
  const named = Object.fromEntries(names.map(name => [`${name}_FILE`, 'a']));
  expect(api(read()).credentials).toEqual(all(undefined));
  expect(api(read({ holds })).credentials).toEqual(all({ file: '/b' }));
  expect(api(read({ holds, env: named })).credentials).toEqual(all({ file: 'a' }));
  expect(api(read({ holds, env: direct })).credentials).toEqual(all({ value: 'v' }));
});

const NAMES = TOOLSETS.join(', ');
const AMOUNT = 'it must be an amount with at most two decimals and a currency, such as "500 NOK".';
const PERIOD = 'it must be a number of seconds above 0, up to 3600.';
const env = (name: string, text: string): Given => ({ env: { [`GIGAHOST_${name}`]: text } });

test.for<[Given, string]>([
  [{ args: ['--confirm', 'never'] }, '--confirm is "never"; it can be auto, elicit.'],
  [env('CONFIRM', 'skip'), 'GIGAHOST_CONFIRM is "skip"; it can be auto, elicit.'],
  [{ args: ['--secrets', 'inline'] }, '--secrets is "inline"; it can be file, page.'],
  [
    env('LOG_LEVEL', 'loud\nand clear'),
    'GIGAHOST_LOG_LEVEL is "loud\\nand clear"; it can be error, warn, info, debug.',
  ],
  [env('MAX_TARGETS', '0'), 'GIGAHOST_MAX_TARGETS is "0"; it must be a whole number from 1 to 1000.'],
  [{ args: ['--max-targets', '1e2'] }, '--max-targets is "1e2"; it must be a whole number from 1 to 1000.'],
  [env('READ_ONLY', 'maybe'), 'GIGAHOST_READ_ONLY is "maybe"; it can be on, off (or true, false, yes, no, 1, 0).'],
  [{ args: ['--toolsets', 'servers,dsn'] }, `A name in --toolsets is "dsn"; it can be all, or some of ${NAMES}.`],
  [env('TOOLSETS', 'all,servers'), `A name in GIGAHOST_TOOLSETS is "all"; it can be all, or some of ${NAMES}.`],
  [{ args: ['--toolsets', ','] }, `--toolsets is ","; it can be all, or some of ${NAMES}.`],
  [{ args: ['--tools', ''] }, '--tools is ""; it must name at least one, such as list_servers,get_server.'],
  [env('ONLY_SERVERS', ' '), 'GIGAHOST_ONLY_SERVERS is " "; it must name at least one, such as web*,18103.'],
  [{ args: ['--journal', 'changes.jsonl'] }, '--journal is "changes.jsonl"; it must be off or an absolute path.'],
  [env('STATE_DIR', './state'), 'GIGAHOST_STATE_DIR is "./state"; it must be an absolute path.'],
  [{ args: ['--files', 'Downloads'] }, '--files is "Downloads"; it must be an absolute path.'],
  [{ args: ['--max-spend', '500.005 NOK'] }, `--max-spend is "500.005 NOK"; ${AMOUNT}`],
  [{ args: ['--max-spend', '500,50'] }, `--max-spend is "500,50"; ${AMOUNT}`],
  [{ args: ['--max-spend-each=-5'] }, `--max-spend-each is "-5"; ${AMOUNT}`],
  [env('MAX_SPEND_EACH', '500 kroner'), `GIGAHOST_MAX_SPEND_EACH is "500 kroner"; ${AMOUNT}`],
  [env('TIMEOUT_SECONDS', 'soon'), `GIGAHOST_TIMEOUT_SECONDS is "soon"; ${PERIOD}`],
  [env('QUESTION_SECONDS', '3601'), `GIGAHOST_QUESTION_SECONDS is "3601"; ${PERIOD}`],
  [env('QUESTION_SECONDS', '0'), `GIGAHOST_QUESTION_SECONDS is "0"; ${PERIOD}`],
  [env('BASE_URL', 'nonsense'), 'GIGAHOST_BASE_URL is not an address; one begins with https://.'],
  [
    env('BASE_URL', 'http://example.no'),
    'GIGAHOST_BASE_URL must be https: credentials would travel in the clear. Plain http works on loopback only.',
  ],
  [
    env('BASE_URL', 'https://me:secret@example.no'),
    'GIGAHOST_BASE_URL must be an address only, without credentials, query or fragment.',
  ],
  [
    { env: { GIGAHOST_API_KEY: 'a', GIGAHOST_API_KEY_FILE: '/b' } },
    'Set GIGAHOST_API_KEY or GIGAHOST_API_KEY_FILE, not both.',
  ],
  [{ args: ['--config', ''] }, '--config is ""; it must name a file.'],
])('%o is refused in one line that says what would be right', ([given, words]) => {
  expect(refusal(given)).toBe(words);
});
