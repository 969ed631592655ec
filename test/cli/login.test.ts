import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import { connect } from '../support/connect.js';
import { spawnBin } from '../support/raw.js';
import { openTerminal } from '../support/terminal.js';

const NO_KEY = `flux_live_${'0'.repeat(64)}`;

async function open(options?: SandboxOptions) {
  const sandbox = await startSandbox(options);
  const stateDir = await mkdtemp(join(tmpdir(), 'gigahost-mcp-login-'));
  const env = { HOME: stateDir, GIGAHOST_STATE_DIR: stateDir, GIGAHOST_BASE_URL: sandbox.url };
  return {
    sandbox,
    stateDir,
    file: join(stateDir, 'credentials.json'),
    bin: (...args: string[]) => spawnBin(args, env),
    terminal: (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
      openTerminal(args, { ...env, ...more }),
    held: async () => JSON.parse(await readFile(join(stateDir, 'credentials.json'), 'utf8')) as unknown,
    left: () => readdir(stateDir),
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await rm(stateDir, { recursive: true });
    },
  };
}
const accountOf = ({ url }: Sandbox, credentials: object) => ({ version: 1, accounts: { [url]: credentials } });
type Seen = ReturnType<typeof openTerminal>;
const asked = (seen: Seen, question: RegExp) => expect.poll(seen.screen, { timeout: 10_000 }).toMatch(question);

/** Answers each question once it is on the screen. */
async function answer(seen: Seen, answers: readonly (readonly [question: RegExp, text: string])[]): Promise<number> {
  for (const [question, text] of answers) {
    await asked(seen, question);
    seen.type(`${text}\r`);
  }
  return seen.ended;
}
const KEY = /API key, or nothing .*: $/;
const USER = /User name: $/;
const PASSWORD = /Password \(not shown\): $/;
const SECOND = /Two-factor sign-in: .*: $/;

describe('login on a terminal', () => {
  test('an API key is tried, told about and kept, and never shown', async () => {
    await using at = await open();
    const { apiKey } = at.sandbox;
    const seen = at.terminal(['login']);
    expect(await answer(seen, [[KEY, apiKey]])).toBe(0);
    const screen = seen.screen();
    expect(screen).toMatch(/Gigahost takes it: account Fjordkaffe AS \(customer \d+\)\./);
    expect(screen).toMatch(/It may read: the account, servers, DNS zones, web hosting, billing and invoices\./);
    expect(screen).toContain(`Kept in the file ${at.file}.`);
    expect(screen).not.toContain(apiKey);
    expect(await at.held()).toEqual(accountOf(at.sandbox, { apiKey }));
    expect(at.sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);

    await using talk = await connect({
      sandbox: at.sandbox,
      env: { GIGAHOST_API_KEY: undefined, GIGAHOST_STATE_DIR: at.stateDir },
    });
    expect(await talk.call('list_servers')).toMatchObject({ isError: false });
  });

  test('what a key may not read is said', async () => {
    await using at = await open();
    const key = at.sandbox.addApiKey({ dns: { mode: 'r', all: true } });
    const seen = at.terminal(['login']);
    expect(await answer(seen, [[KEY, key]])).toBe(0);
    expect(seen.screen()).toContain('the key may not read whose account it is');
    expect(seen.screen()).toMatch(/It may read: DNS zones\./);
    expect(seen.screen()).toMatch(/It may not read: the account, servers, web hosting, billing and invoices\./);
  });

  test('a name and password sign in once, and servers go on with that session', async () => {
    await using at = await open();
    const { username, password } = at.sandbox;
    const seen = at.terminal(['login']);
    const typed = [
      [KEY, 'not a key'],
      [KEY, ''],
      [USER, username],
      [PASSWORD, password],
      [SECOND, ''],
    ] as const;
    await asked(seen, KEY);
    seen.type('not a key\r');
    await asked(seen, /That is no API key: [^]*API key, or nothing .*: $/);
    expect(await answer(seen, typed.slice(1))).toBe(0);
    expect(seen.screen()).toMatch(/It may do all that this user may \(access: admin\)\./);
    expect(seen.screen()).not.toMatch(new RegExp(`(not shown\\): |\\s)${password}\\s`));
    expect(await at.held()).toEqual(accountOf(at.sandbox, { username, password }));
    expect(await at.bin('call', 'list_servers').ended).toMatchObject({ code: 0 });
    expect(at.sandbox.calls('POST', /authenticate/)).toHaveLength(1);
  });

  test('a session that was kept before does not stand in for a wrong password', async () => {
    await using at = await open();
    const { username, password } = at.sandbox;
    const typed = (secret: string) =>
      [
        [KEY, ''],
        [USER, username],
        [PASSWORD, secret],
        [SECOND, ''],
      ] as const;
    expect(await answer(at.terminal(['login']), typed(password))).toBe(0);
    const seen = at.terminal(['login']);
    expect(await answer(seen, typed('wrong-password'))).toBe(1);
    expect(seen.screen()).toMatch(/Gigahost refuses it \("Invalid username or password\.", HTTP 401\)/);
    expect(await at.held()).toEqual(accountOf(at.sandbox, { username, password }));
  });

  test('with a two-factor code the session works, and it is said that it cannot be renewed', async () => {
    await using at = await open({ twoFactorCode: '012345' });
    const { username, password } = at.sandbox;
    const seen = at.terminal(['login']);
    const typed = [
      [KEY, ''],
      [USER, username],
      [PASSWORD, password],
      [SECOND, 'not a secret!'],
    ] as const;
    for (const [question, text] of typed) {
      await asked(seen, question);
      seen.type(`${text}\r`);
    }
    await asked(seen, /neither a code of six digits nor a base32 secret[^]*Two-factor sign-in: .*: $/);
    seen.type('012345\r');
    expect(await seen.ended).toBe(0);
    expect(seen.screen()).toContain('cannot be renewed without another one');
    expect(await at.held()).toEqual(accountOf(at.sandbox, { username, password }));
    expect(await at.bin('call', 'list_servers').ended).toMatchObject({ code: 0 });
    at.sandbox.expireTokens();
    const { code, stderr } = await at.bin('call', 'list_servers').ended;
    expect(code).toBe(1);
    expect(stderr).toContain('gigahost-mcp login');
  });

  test('the secret that codes are made of renews sessions', async () => {
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    await using at = await open({ twoFactorCode: () => new TOTP({ secret }).generate() });
    const { username, password } = at.sandbox;
    const seen = at.terminal(['login']);
    const typed = [
      [KEY, ''],
      [USER, username],
      [PASSWORD, password],
      [SECOND, secret],
    ] as const;
    expect(await answer(seen, typed)).toBe(0);
    expect(await at.held()).toEqual(accountOf(at.sandbox, { username, password, totpSecret: secret }));
    at.sandbox.expireTokens();
    expect(await at.bin('call', 'list_servers').ended).toMatchObject({ code: 0 });
  });

  test.for([
    ['Ctrl-C', '\u0003'],
    ['the end of input', '\u0004'],
  ])('%s leaves it, and nothing is kept', async ([, keys = '']) => {
    await using at = await open();
    const seen = at.terminal(['login']);
    await asked(seen, KEY);
    seen.type(keys);
    expect(await seen.ended).toBe(1);
    expect(seen.screen()).toContain('Left. Nothing was kept.');
    expect(await at.left()).toEqual([]);
    expect(at.sandbox.requests).toEqual([]);
  });

  test('credentials that are set win, and that is said', async () => {
    await using at = await open();
    const seen = at.terminal(['login'], { GIGAHOST_API_KEY: NO_KEY });
    expect(await answer(seen, [[KEY, at.sandbox.apiKey]])).toBe(0);
    expect(seen.screen()).toContain('they win over what is kept');
  });

  test('with --lang nb it asks and tells in Norwegian', async () => {
    await using at = await open();
    const seen = at.terminal(['login', '--lang', 'nb']);
    await asked(seen, /API-nøkkel, eller Enter for brukernavn og passord \(vises ikke\): $/);
    seen.type(`${at.sandbox.apiKey}\r`);
    expect(await seen.ended).toBe(0);
    expect(seen.screen()).toContain(`Lagret i filen ${at.file}.`);
  });
});

describe('login for scripts', () => {
  test('a key comes on standard input or in a file', async () => {
    await using at = await open();
    const { apiKey } = at.sandbox;
    const piped = at.bin('login', '--stdin');
    piped.child.stdin.end(`${apiKey}\n`);
    const ended = await piped.ended;
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^Gigahost takes it: account Fjordkaffe AS/);
    expect(await at.held()).toEqual(accountOf(at.sandbox, { apiKey }));

    const other = at.sandbox.addApiKey(null);
    await writeFile(join(at.stateDir, 'key'), `${other}\r\n`);
    expect(await at.bin('login', '--api-key-file', join(at.stateDir, 'key')).ended).toMatchObject({ code: 0 });
    expect(await at.held()).toEqual(accountOf(at.sandbox, { apiKey: other }));
  });

  test('a key that Gigahost refuses is not kept; nor is one where Gigahost cannot be asked', async () => {
    await using at = await open();
    const refused = at.bin('login', '--stdin');
    refused.child.stdin.end(NO_KEY);
    const first = await refused.ended;
    expect(first).toMatchObject({ code: 1, stdout: '' });
    expect(first.stderr).toMatch(/^Gigahost refuses it .*Nothing was kept\.\n$/);

    await at.sandbox.close();
    const unreachable = at.bin('login', '--stdin');
    unreachable.child.stdin.end(at.sandbox.apiKey);
    const second = await unreachable.ended;
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(
      /^Gigahost could not be asked \(.*ECONNREFUSED.*Nothing was kept; try again later\.\n$/,
    );
    expect(await at.left()).toEqual([]);
  });

  test.for([
    ['no terminal', ['login'], /^There is no terminal to ask on\. For scripts: --api-key-file FILE, or --stdin\.\n$/],
    [
      'a file that is not there',
      ['login', '--api-key-file', '/nowhere/key'],
      /^\/nowhere\/key cannot be read \(ENOENT\)/,
    ],
    ['both', ['login', '--stdin', '--api-key-file', '/nowhere/key'], /^Give --api-key-file or --stdin, not both/],
    ['something that is no key', ['login', '--stdin'], /^Standard input does not hold a Gigahost API key/],
    ['the sandbox', ['login', '--stdin', '--sandbox'], /^The sandbox needs no credentials/],
    ['a key as an argument', ['login', NO_KEY], /too many arguments/],
    ['a key as the value of a flag', ['login', '--api-key', NO_KEY], /unknown option '--api-key'/],
  ] as const)('%s ends it with 2 and words, and nothing is kept', async ([, args, words]) => {
    await using at = await open();
    const command = at.bin(...args);
    command.child.stdin.end('hunter2');
    const ended = await command.ended;
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(words);
    expect(ended.stderr).not.toContain('hunter2');
    expect(await at.left()).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('what cannot be kept safely is not kept', async () => {
    await using at = await open();
    await writeFile(at.file, '{"version":1,"accounts":{}}');
    await chmod(at.file, 0o644);
    const command = at.bin('login', '--stdin');
    command.child.stdin.end(at.sandbox.apiKey);
    const { code, stdout, stderr } = await command.ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Gigahost takes it, but it could not be kept: Others can read /);
    expect(await readFile(at.file, 'utf8')).toBe('{"version":1,"accounts":{}}');
  });
});

describe('logout', () => {
  test('forgets the credentials and the session, and says so; without any it is no error', async () => {
    await using at = await open();
    const { username, password, url } = at.sandbox;
    const typed = [
      [KEY, ''],
      [USER, username],
      [PASSWORD, password],
      [SECOND, ''],
    ] as const;
    expect(await answer(at.terminal(['login']), typed)).toBe(0);
    expect(await at.left()).toHaveLength(2);
    const ended = await at.bin('logout').ended;
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^The credentials in the file .*credentials\.json are forgotten\./);
    expect(ended.stdout).toContain('Its session is forgotten too.');
    expect(await at.left()).toEqual([]);
    expect(await at.bin('logout').ended).toMatchObject({
      code: 0,
      stdout: `No credentials were kept for ${url}.\n`,
      stderr: '',
    });
    const after = await at.bin('call', 'list_servers').ended;
    expect(after.code).toBe(1);
    expect(after.stderr).toContain('no Gigahost credentials are set');
  });

  test('one user who takes over from another leaves no session of theirs', async () => {
    await using at = await open();
    const { username, password, apiKey } = at.sandbox;
    const typed = [
      [KEY, ''],
      [USER, username],
      [PASSWORD, password],
      [SECOND, ''],
    ] as const;
    expect(await answer(at.terminal(['login']), typed)).toBe(0);
    expect(await answer(at.terminal(['login']), [[KEY, apiKey]])).toBe(0);
    expect(await at.left()).toEqual(['credentials.json']);
  });

  test.skipIf(process.platform === 'win32')('what cannot be forgotten is said, and exits with 1', async () => {
    await using at = await open();
    await writeFile(at.file, 'not ours', { mode: 0o600 });
    const { code, stdout, stderr } = await at.bin('logout').ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Nothing was forgotten: .* does not hold what gigahost-mcp keeps there/);
  });
});
