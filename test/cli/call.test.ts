import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERY_SETTING } from '../../src/config.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { spawnBin, type Ended } from '../support/raw.js';
import { openTerminal } from '../support/terminal.js';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-cli-'))));
afterAll(() => rm(folder, { recursive: true }));

const bin = (...args: string[]): Promise<Ended> => spawnBin(args, { HOME: folder, GIGAHOST_STATE_DIR: folder }).ended;
const call = (...args: string[]): Promise<Ended> => bin('call', ...args, '--sandbox');

describe('on a pipe', () => {
  test('a tool prints what a model would read, and exits with 0', async () => {
    const { stdout, stderr, code } = await call('get_server', 'server=web01');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(/^name: web01\nid: 18101\n/);
    expect(stdout).not.toContain('\u001b');
  });

  test('the demo account is signed in to by name: API keys and activity are within reach', async () => {
    const account = (...args: string[]) => call(...args, '--toolsets', 'account');
    const made = await account('create_api_key', 'label=drift', 'permissions=dns:write', 'zones=fjordkaffe.example');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toMatch(/^The API key "drift" /);
    expect((await account('list_activity')).code).toBe(0);
  });

  test('--json prints the structured answer', async () => {
    const { stdout, code } = await call('list_servers', 'query=web', 'limit=1', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      total: 2,
      rows: [['web01', '18101', 'vps', 'running']].map(row => expect.arrayContaining(row) as unknown),
    });
  });

  test.for([
    ['an error of the tool', 1, ['get_server', 'server=nope'], /No server is called "nope"\. There are: /],
    ['a tool that does not exist', 2, ['get_sever', 'server=web01'], /There is no tool "get_sever".*get_server/],
    ['a word that is no argument', 2, ['get_server', 'web01'], /"web01" is not name=value\. It takes: server/],
    ['an argument given twice', 2, ['get_server', 'server=web01', 'server=web02'], /server is given twice/],
    ['an argument the tool does not have', 2, ['get_server', 'sever=web01'], /unknown argument "sever"/],
    ['an argument that is missing', 2, ['get_server'], /get_server was not called: server/],
    ['a number that is none', 2, ['list_servers', 'limit=many'], /limit must be a number/],
    ['an option that does not exist', 2, ['list_servers', '--quiet'], /unknown option '--quiet'/],
    [
      'a confirmation mode that does not exist',
      2,
      ['list_servers', '--confirm', 'never'],
      /--confirm is "never"; it can be auto, elicit/,
    ],
  ] as const)('%s exits with %i and says what would be right, on stderr', async ([, code, args, words]) => {
    const ended = await call(...args);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(words);
  });

  test('what needs a yes is refused where nobody can be asked, and done where the operator says so', async () => {
    await using sandbox = await startSandbox();
    const env = { GIGAHOST_BASE_URL: sandbox.url, GIGAHOST_API_KEY: sandbox.apiKey, GIGAHOST_STATE_DIR: folder };
    const refused = await spawnBin(['call', 'reboot_server', 'server=web01'], env).ended;
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/Nothing changed\. There is no terminal to ask a person on/);
    expect(refused.stderr).not.toMatch(/confirmation_code/);
    expect(sandbox.calls('GET', /reboot/)).toHaveLength(0);
    const done = await spawnBin(['call', 'reboot_server', 'server=web01', '--dangerously-skip-confirmation'], env)
      .ended;
    expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/is rebooting web01/) as unknown });
    expect(sandbox.calls('GET', /reboot/)).toHaveLength(1);
  });

  test('a picture is saved, never over another file, under the name given or its own', async () => {
    const file = join(folder, 'graph.png');
    const saved = await call('get_traffic_graph', 'server=web01', 'period=week', '--output', file);
    expect(saved).toMatchObject({ code: 0, stdout: expect.stringContaining(`Saved as ${file}`) as unknown });
    expect((await readFile(file)).subarray(1, 4).toString()).toBe('PNG');
    const before = await stat(file);
    const refused = await call('get_traffic_graph', 'server=web01', '--output', file);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('exists already') as unknown });
    expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
    const json = await call('get_traffic_graph', 'server=web01', '--json', '--output', join(folder, 'other.png'));
    expect(JSON.parse(json.stdout)).toMatchObject({ saved_as: [join(folder, 'other.png')], mime_type: 'image/png' });
  });

  test('a place for a picture that a tool does not give is answered, not ignored', async () => {
    const ended = await call('get_power_state', 'server=web01', '--output', join(folder, 'none.png'));
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^web01 is powered on/) as unknown });
    expect(ended.stderr).toMatch(/get_power_state gives no picture; nothing was saved as .*none\.png/);
  });

  test('without credentials it says what to set', async () => {
    const ended = await bin('call', 'list_servers');
    expect(ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('GIGAHOST_API_KEY') as unknown,
    });
  });

  test('a command takes its settings from a configuration file as the server does', async () => {
    const file = join(folder, 'gigahost.json');
    await writeFile(file, JSON.stringify({ sandbox: true, logLevel: 'error' }));
    expect(await bin('call', 'get_server', 'server=web01', '--config', file)).toMatchObject({ code: 0, stderr: '' });
    await writeFile(file, JSON.stringify({ sandbox: 'yes' }));
    const words = `${file}: sandbox is "yes"; it can be true, false.\n`;
    for (const args of [
      ['call', 'get_server', 'server=web01', '--config', file],
      ['--config', file],
    ])
      expect(await bin(...args)).toMatchObject({ code: 2, stdout: '', stderr: words });
  });

  test('help names every flag, and the variable that says the same', async () => {
    const [all, http] = await Promise.all([bin('--help'), bin('http', '--help')]);
    for (const [, { flag, env, host }] of EVERY_SETTING.filter(([, setting]) => setting.flag !== undefined)) {
      const said = (host === 'http' ? http : all).stdout.replace(/\s+/g, ' ');
      expect(said).toContain(` --${flag} `);
      if (env) expect(said).toContain(`(${env})`);
    }
  });

  test('help and version work everywhere', async () => {
    for (const args of [['--version'], ['call', '--version'], ['call', 'get_server', '--version']])
      expect(await bin(...args)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as unknown,
      });
    for (const args of [['--help'], ['call', '--help'], ['call', '-h']])
      expect(await bin(...args)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Usage: gigahost-mcp /) as unknown,
      });
    expect(await bin('call')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('reinstall_server') as unknown,
    });
    expect(await bin('call', 'reinstall_server', '--help')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/os \| yes \| string \| id, name or slug such as debian-13/) as unknown,
    });
    expect(await bin('serve')).toMatchObject({ code: 2, stdout: '' });
  });

  test.for([
    [{ GIGAHOST_BASE_URL: 'http://example.no' }, /must be https/],
    [{ GIGAHOST_BASE_URL: 'nonsense' }, /not an address/],
    [{ GIGAHOST_BASE_URL: 'https://user:pass@example.no' }, /without credentials/],
    [
      { GIGAHOST_BASE_URL: 'https://u:hunter2@example.no:999999' },
      /^GIGAHOST_BASE_URL is not an address; one begins with https:\/\/\.$/m,
    ],
    [{ GIGAHOST_RESOLVER: 'dns.example.no' }, /must be an IP address/],
    [{ GIGAHOST_STATE_DIR: 'relative' }, /absolute path/],
    [{ GIGAHOST_API_KEY: 'a', GIGAHOST_API_KEY_FILE: '/b' }, /not both/],
    [{ GIGAHOST_TIMEOUT_SECONDS: 'soon' }, /number of seconds/],
    [{ GIGAHOST_TOKEN_CACHE: 'maybe' }, /on, off/],
    [{ GIGAHOST_LOG_LEVEL: 'loud' }, /error, warn, info, debug/],
    [{ GIGAHOST_CONFIG: '/nowhere/gigahost.json' }, /\/nowhere\/gigahost\.json cannot be read/],
  ] as const)('a setting that cannot be used (%o) ends it with 2 and one line', async ([env, words]) => {
    const ended = await spawnBin([], env).ended;
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(words);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('on a terminal', () => {
  const terminal = (...args: string[]) =>
    openTerminal(['call', ...args, '--sandbox'], { GIGAHOST_STATE_DIR: folder }, folder);

  test('a list is a table with aligned columns and colour', async () => {
    const seen = terminal('list_servers');
    expect(await seen.ended).toBe(0);
    const lines = seen.screen().replaceAll('\r', '').split('\n');
    const [head = '', ...rows] = lines.filter(line => /\bid\b|web0/.test(line));
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row.indexOf('vps')).toBe(head.indexOf('type'));
    expect(seen.raw()).toContain('\u001b[32mrunning');
    expect(seen.screen()).not.toContain('|');
  });

  test('NO_COLOR is heeded', async () => {
    const seen = openTerminal(['call', 'list_servers', '--sandbox'], { NO_COLOR: '1' });
    expect(await seen.ended).toBe(0);
    expect(seen.raw()).not.toContain('\u001b[3');
  });

  test('work that waits shows a line of progress, and the answer after it', async () => {
    const seen = terminal('create_snapshot', 'server=web01', 'name=safe');
    expect(await seen.ended).toBe(0);
    expect(seen.screen()).toMatch(/Snapshot "safe" of web01: pending after \d s/);
    expect(seen.screen()).toMatch(/The snapshot "safe" \(id \d+, .*\) of web01 is completed/);
  });

  test('a change asks first: the plan, then the name to type', async () => {
    const seen = terminal('delete_snapshot', 'server=web01', 'snapshot=before-upgrade');
    await expect.poll(seen.screen, { timeout: 10_000 }).toMatch(/Type before-upgrade to confirm: /);
    expect(seen.screen()).toMatch(/Delete the snapshot "before-upgrade" \(id 3101\) of web01/);
    seen.type('before-upgrade\r');
    expect(await seen.ended).toBe(0);
    expect(seen.screen()).toMatch(/is deleted; 1 remains/);
  });

  test.for([
    ['no', 'no\r', /said no/],
    ['just Enter', '\r', /said no/],
    ['end of input', '\u0004', /closed without an answer/],
    ['Ctrl-C', '\u0003', /closed without an answer|cancelled/],
  ] as const)('%s is no yes', async ([, keys, words]) => {
    const seen = terminal('reboot_server', 'server=web01');
    await expect.poll(seen.screen, { timeout: 10_000 }).toMatch(/Do it\? Type yes: /);
    seen.type(keys);
    await seen.ended;
    expect(seen.screen()).toMatch(words);
    expect(seen.screen()).toMatch(/Nothing changed/);
  });

  test('a picture without a name is saved beside the person, each time under a new one', async () => {
    for (const name of ['web01-bits-day.png', 'web01-bits-day-2.png']) {
      const seen = terminal('get_traffic_graph', 'server=web01');
      expect(await seen.ended).toBe(0);
      expect((await readFile(join(folder, name))).length).toBeGreaterThan(1000);
    }
  });
});
