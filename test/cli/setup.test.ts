import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findClients, readEntry, type NamedEntry } from '../../src/clients/index.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { BIN } from '../support/connect.js';
import { spawnBin, type Ended } from '../support/raw.js';
import { openTerminal } from '../support/terminal.js';

let home: string;
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'gigahost setup-'))));
afterEach(() => rm(home, { recursive: true }));

const setup = (...args: string[]): Promise<Ended> => spawnBin(['setup', ...args], { HOME: home }).ended;
const atTerminal = (...args: string[]) => openTerminal(['setup', ...args], { HOME: home });

async function put(path: string, text = '{}'): Promise<string> {
  const file = join(home, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function entryIn(id: string, house = home): Promise<NamedEntry> {
  const found = (await findClients('linux', {}, house)).find(({ client }) => client.id === id);
  const entry = found && (await readEntry(found));
  if (!entry) throw new Error(`${id} has no entry of ours`);
  return entry;
}

/** A real client started from what was written, with what such a client hands on. */
async function talkThrough({ command, args, env }: NamedEntry, house = home) {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command,
      args: [...args],
      env: { PATH: '/bin', HOME: house, ...env },
      stderr: 'ignore',
    }),
  );
  return {
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    servers: () => client.callTool({ name: 'list_servers', arguments: {} }),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

const EVERY = [
  'claude-desktop',
  'claude-code',
  'vscode',
  'vscode-insiders',
  'vscodium',
  'cursor',
  'windsurf',
  'zed',
  'codex',
  'gemini',
];

describe('every client, set up at once', () => {
  let house: string;
  let said: Ended;
  beforeAll(async () => {
    house = await mkdtemp(join(tmpdir(), 'gigahost setup-'));
    const args = ['setup', '--client', EVERY.join(','), '--sandbox', '--read-only', '--yes'];
    said = await spawnBin(args, { HOME: house }).ended;
  });
  afterAll(() => rm(house, { recursive: true }));

  test.for(EVERY)('%s starts the server by what was written into its file', async id => {
    expect(said).toMatchObject({ code: 0, stderr: '' });
    const entry = await entryIn(id, house);
    expect(entry).toMatchObject({ name: 'gigahost', args: [BIN, '--sandbox', '--read-only'] });
    await using mcp = await talkThrough(entry, house);
    const tools = await mcp.tools();
    expect(tools).toContain('list_servers');
    expect(tools).not.toContain('reboot_server');
    expect(said.stdout).toContain(`has ${tools.length} tools`);
  });

  test('what to do next is said for each', () => {
    expect(
      said.stdout.match(/^(Restart|Begin a new session in) .*, then ask: which servers do I have\?$/gm),
    ).toHaveLength(EVERY.length);
  });
});

test('the written server answers about servers of the sandbox', async () => {
  await setup('--client', 'cursor', '--sandbox', '--only-servers', 'web*', '--yes');
  await using mcp = await talkThrough(await entryIn('cursor'));
  expect(JSON.stringify(await mcp.servers())).toContain('web01');
});

test('without --client, --yes means every assistant that is there, and a second run changes nothing', async () => {
  const zed = await put('.config/zed/settings.json', '{\n  // dark\n  "theme": "One Dark",\n}\n');
  const codex = await put('.codex/config.toml', 'model = "m" # mine\n');
  const first = await setup('--sandbox', '--yes');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(await readFile(zed, 'utf8')).toMatch(/^\{\n {2}\/\/ dark\n {2}"theme": "One Dark",\n {2}"context_servers"/);
  expect(await readFile(codex, 'utf8')).toMatch(/^model = "m" # mine\n\n\[mcp_servers\.gigahost\]\n/);
  expect((await stat(join(home, '.local/state/gigahost-mcp'))).mode & 0o777).toBe(0o700);
  const [held, files] = [await readFile(zed, 'utf8'), await readdir(dirname(zed))];

  const second = await setup('--sandbox', '--yes');
  expect(second).toMatchObject({ code: 0, stderr: '' });
  expect(second.stdout.match(/It is set up already/g)).toHaveLength(2);
  expect(second.stdout.match(/It works/g)).toHaveLength(2);
  expect([await readFile(zed, 'utf8'), await readdir(dirname(zed))]).toEqual([held, files]);
});

test('--dry-run shows what would change, hides secrets that stand near, and writes nothing', async () => {
  const text = '{\n  "mcpServers": {\n    "other": { "command": "x", "env": { "OTHER_TOKEN": "s3cret" } }\n  }\n}\n';
  const file = await put('.gemini/settings.json', text);
  const { code, stdout } = await setup('--sandbox', '--dry-run');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\+ {4}"gigahost": \{$/m);
  expect(stdout).toContain('"OTHER_TOKEN": …');
  expect(stdout).not.toContain('s3cret');
  expect(stdout).not.toContain('It works');
  expect(stdout).toMatch(/\nNothing was written\.\n$/);
  expect(await readFile(file, 'utf8')).toBe(text);
  expect(await readdir(dirname(file))).toEqual(['settings.json']);
});

test('--undo brings the files back, and takes only the entry out of one that was changed since', async () => {
  const zed = await put('.config/zed/settings.json', '{ "zoom": 1 }');
  const codex = await put('.codex/config.toml', 'model = "a"\n');
  await setup('--client', 'zed,codex,cursor', '--sandbox', '--yes');
  await writeFile(codex, (await readFile(codex, 'utf8')).replace('"a"', '"b"'));

  const dry = await setup('--undo', '--dry-run');
  expect(dry.stdout).toContain(`Setup changed ${zed}`);
  expect(dry.stdout).toMatch(/\nNothing was written\.\n$/);
  expect(await readFile(zed, 'utf8')).toContain('gigahost');
  expect(await setup('--undo')).toMatchObject({ code: 2, stderr: expect.stringMatching(/--yes/) as unknown });

  const { code, stdout } = await setup('--undo', '--yes');
  expect(code).toBe(0);
  expect(await readFile(zed, 'utf8')).toBe('{ "zoom": 1 }');
  expect(await readFile(codex, 'utf8')).toBe('model = "b"\n');
  expect(await readdir(join(home, '.cursor'))).toEqual([]);
  expect(stdout).toMatch(/changed since, so only the entry "gigahost" was taken out/);
  expect((await setup('--undo', '--yes')).stdout).toBe('There is nothing that setup wrote.\n');
});

test('what the README says under "One minute" does what it says', async () => {
  const [, section = ''] = /\n## One minute\n([^]*?)\n## /.exec(await readFile('README.md', 'utf8')) ?? [];
  const commands = [...section.matchAll(/^node dist\/main\.js (setup .*? --yes|setup .* other .*?)(?: {2,}#.*)?$/gm)];
  const [some, other, undo] = commands.map(([, words = '']) =>
    spawnBin.bind(null, words.trim().split(/ +/), { HOME: home }),
  );
  expect(commands).toHaveLength(3);
  expect(await some?.().ended).toMatchObject({ code: 0, stderr: '' });
  expect(await entryIn('claude-desktop')).toEqual(await entryIn('vscode'));
  expect(JSON.parse((await other?.().ended)?.stdout ?? '')).toHaveProperty('mcpServers.gigahost');
  expect(await undo?.().ended).toMatchObject({ code: 0, stderr: '' });
  await expect(entryIn('vscode')).rejects.toThrow(/no entry of ours/);
  for (const [, name = ''] of section.matchAll(
    /(Claude \w+|VS Code Insiders|VS Code|VSCodium|Cursor|Windsurf|Zed|Codex|Gemini CLI)[,)]/g,
  ))
    expect((await findClients('linux', {}, home)).map(({ client }) => client.name)).toContain(name);
});

test('a list of changes that is broken stops before anything is written', async () => {
  const cursor = await put('.cursor/mcp.json');
  const list = await put('.local/state/gigahost-mcp/setup.json', '{');
  for (const args of [
    ['--sandbox', '--yes'],
    ['--undo', '--yes'],
  ]) {
    const { code, stderr } = await setup(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(`${list}, which lists what setup changed, cannot be understood`);
  }
  expect(await readFile(cursor, 'utf8')).toBe('{}');
  expect(await readdir(dirname(cursor))).toEqual(['mcp.json']);
});

test('a broken file is told with what to paste, the others are set up, and the exit code says so', async () => {
  const broken = await put('.cursor/mcp.json', '{\n  "mcpServers": {\n');
  await put('.gemini/settings.json');
  const { code, stdout, stderr } = await setup('--sandbox', '--yes');
  expect(code).toBe(1);
  expect(stderr).toContain(`Cursor: ${broken}\nIt cannot be read: there is a fault at line 3, column 1`);
  expect(stderr).toMatch(/The file was left as it is\.\nTo set it up by hand/);
  expect(stdout).toMatch(/"mcpServers": \{\n {4}"gigahost": \{/);
  expect(await readFile(broken, 'utf8')).toBe('{\n  "mcpServers": {\n');
  expect(await entryIn('gemini')).toMatchObject({ name: 'gigahost' });
});

test('a name that is another program’s is not taken over; --name finds another', async () => {
  const file = await put('.cursor/mcp.json', '{ "mcpServers": { "gigahost": { "command": "other" } } }');
  const refused = await setup('--sandbox', '--yes');
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/another program \(other\).*--name/) as unknown,
  });
  expect(await setup('--sandbox', '--yes', '--name', 'giga')).toMatchObject({ code: 0 });
  const { mcpServers } = JSON.parse(await readFile(file, 'utf8')) as { mcpServers: Record<string, unknown> };
  expect(mcpServers).toMatchObject({ gigahost: { command: 'other' }, giga: { args: [BIN, '--sandbox'] } });
});

test('for an assistant we do not know, and where none is found, what to paste is printed', async () => {
  for (const args of [
    ['--client', 'other', '--sandbox'],
    ['--yes', '--sandbox'],
  ]) {
    const { code, stdout } = await setup(...args);
    expect(code).toBe(0);
    const { mcpServers } = JSON.parse(stdout) as { mcpServers: { gigahost: { command: string; args: string[] } } };
    expect(mcpServers.gigahost.args).toEqual([BIN, '--sandbox']);
  }
  expect(await readdir(home)).toEqual([]);
});

test.for<[string[], RegExp]>([
  [['--sandbox'], /no terminal to ask on.*--client \(claude-desktop, .*\).*--yes/],
  [['--client', 'cursor', '--sandbox'], /no terminal to ask on/],
  [['--client', 'cursor', '--sandbox', '--yes', '--name', 'my server'], /--name is "my server"/],
  [['--client', 'emacs', '--sandbox', '--yes'], /no assistant "emacs".*claude-desktop/],
  [['--client', 'cursor', '--toolsets', 'nonsense', '--yes'], /--toolsets is "nonsense"/],
  [['--client', 'cursor', '--sandbox', '--tools', 'no_such', '--yes'], /There is no tool "no_such"/],
])('%j is refused with words, and nothing is written', async ([args, words]) => {
  const { code, stderr } = await setup(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
  expect(await readdir(home)).toEqual([]);
});

test('settings in the environment, which a program with a window does not have, go along', async () => {
  const config = await put('team.json', '{ "readOnly": true }');
  const env = { HOME: home, GIGAHOST_MAX_TARGETS: '3', XDG_STATE_HOME: join(home, 'st ate') };
  const relative = spawnBin(['setup', '--client', 'cursor', '--yes', '--sandbox', '--config', config], env);
  expect(await relative.ended).toMatchObject({ code: 0, stderr: '' });
  expect(await entryIn('cursor')).toMatchObject({
    args: [BIN, '--config', config, '--sandbox'],
    env: { GIGAHOST_MAX_TARGETS: '3', GIGAHOST_KEYCHAIN: 'off', XDG_STATE_HOME: join(home, 'st ate') },
  });
});

test('a person marks the assistants, sees the change and says yes; no writes nothing', async () => {
  const [cursor, gemini] = [await put('.cursor/mcp.json'), await put('.gemini/settings.json')];
  const refusing = atTerminal('--sandbox');
  await expect.poll(refusing.screen, { timeout: 10_000 }).toMatch(/Which assistants.*\n.*Cursor.*\n.*Gemini CLI/s);
  refusing.type('\r');
  await expect.poll(refusing.screen, { timeout: 10_000 }).toMatch(/Write this\?/);
  refusing.type('n');
  expect(await refusing.ended).toBe(0);
  expect(refusing.screen()).toMatch(/Nothing was written/);
  expect([await readFile(cursor, 'utf8'), await readFile(gemini, 'utf8')]).toEqual(['{}', '{}']);

  const seen = atTerminal('--sandbox', '--lang', 'nb');
  await expect.poll(seen.screen, { timeout: 10_000 }).toMatch(/Hvilke assistenter.*Gemini CLI/s);
  // The first is marked and the cursor is on it: space takes the mark away.
  seen.type(' ');
  seen.type('\r');
  await expect.poll(seen.screen, { timeout: 10_000 }).toMatch(/Skal dette skrives\?/);
  expect(seen.screen()).toMatch(/\+ {4}"gigahost"/);
  seen.type('y');
  expect(await seen.ended).toBe(0);
  expect(seen.screen()).toMatch(/Det virker/);
  expect(await readFile(cursor, 'utf8')).toBe('{}');
  expect(await entryIn('gemini')).toMatchObject({ args: [BIN, '--sandbox', '--lang', 'nb'] });
});

test('a person who leaves leaves all as it was', async () => {
  const file = await put('.cursor/mcp.json');
  const seen = atTerminal('--sandbox');
  await expect.poll(seen.screen, { timeout: 10_000 }).toMatch(/Which assistants/);
  seen.type('\x03');
  expect(await seen.ended).toBe(0);
  expect(seen.screen()).toMatch(/Nothing was written/);
  expect(await readFile(file, 'utf8')).toBe('{}');
});

describe('with an account', () => {
  let gigahost: Sandbox;
  beforeEach(async () => void (gigahost = await startSandbox()));
  afterEach(() => gigahost.close());

  const account = () => ({ HOME: home, GIGAHOST_BASE_URL: gigahost.url });
  const setupWith = (env: Record<string, string>, ...args: string[]): Promise<Ended> =>
    spawnBin(['setup', '--client', 'cursor', ...args], { ...account(), ...env }).ended;
  const configOf = () => readFile(join(home, '.cursor/mcp.json'), 'utf8');

  test('a key in the environment is tried, kept, and found by the server; the configuration does not hold it', async () => {
    const { code, stdout } = await setupWith({ GIGAHOST_API_KEY: gigahost.apiKey }, '--yes');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Gigahost takes it/);
    expect(await configOf()).not.toContain(gigahost.apiKey);
    await using mcp = await talkThrough(await entryIn('cursor'));
    expect(JSON.stringify(await mcp.servers())).toContain('web01');

    // From now on there is something kept: nothing has to be given.
    expect(await setupWith({}, '--yes')).toMatchObject({ code: 0, stderr: '' });
  });

  test('a key that Gigahost refuses is not written anywhere', async () => {
    const { code, stderr } = await setupWith({ GIGAHOST_API_KEY: `flux_live_${'0'.repeat(64)}` }, '--yes');
    expect(code).toBe(1);
    expect(stderr).toMatch(/Gigahost refuses it/);
    expect(await readdir(home)).not.toContain('.cursor');
  });

  test('a file that holds the key is named by its absolute path', async () => {
    const file = await put('my key', gigahost.apiKey);
    expect(await setupWith({ GIGAHOST_API_KEY_FILE: file }, '--yes')).toMatchObject({ code: 0, stderr: '' });
    const entry = await entryIn('cursor');
    expect(entry.env).toMatchObject({ GIGAHOST_API_KEY_FILE: file, GIGAHOST_BASE_URL: gigahost.url });
    await using mcp = await talkThrough(entry);
    expect(JSON.stringify(await mcp.servers())).toContain('web01');
  });

  test('--credentials-in-config puts the key there, says so, and does not show it', async () => {
    const { code, stdout, stderr } = await setupWith(
      { GIGAHOST_API_KEY: gigahost.apiKey },
      '--yes',
      '--credentials-in-config',
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/in plain text/);
    expect(stdout).not.toContain(gigahost.apiKey);
    expect((await entryIn('cursor')).env).toMatchObject({ GIGAHOST_API_KEY: gigahost.apiKey });
  });

  test('without credentials and a terminal it says how to give some', async () => {
    const { code, stderr } = await setupWith({}, '--yes');
    expect(code).toBe(2);
    expect(stderr).toMatch(/gigahost-mcp login.*GIGAHOST_API_KEY_FILE.*--sandbox/);
    expect(await readdir(home)).toEqual([]);
  });

  test('a person is asked for the key, which is not shown, and a wrong one is asked for again', async () => {
    await put('.cursor/mcp.json');
    const seen = openTerminal(['setup', '--client', 'cursor'], account());
    const shows = (words: RegExp) => expect.poll(seen.screen, { timeout: 20_000 }).toMatch(words);
    await shows(/Which account\?/);
    seen.type('\r');
    await shows(/API key, or nothing.*: $/);
    seen.type(`flux_live_${'0'.repeat(64)}\r`);
    await shows(/Gigahost refuses it[^]*Which account\?/);
    seen.type('\r');
    await shows(/Gigahost refuses it[^]*API key, or nothing.*: $/);
    seen.type(`${gigahost.apiKey}\r`);
    await shows(/Write this\?/);
    seen.type('y');
    expect(await seen.ended).toBe(0);
    expect(seen.screen()).toMatch(/It works/);
    expect(seen.raw()).not.toContain(gigahost.apiKey);
    expect(await configOf()).not.toContain(gigahost.apiKey);
    await using mcp = await talkThrough(await entryIn('cursor'));
    expect(JSON.stringify(await mcp.servers())).toContain('web01');
  });

  test('a person can take the sandbox first', async () => {
    const seen = openTerminal(['setup', '--client', 'cursor'], account());
    await expect.poll(seen.screen, { timeout: 20_000 }).toMatch(/Which account\?[^]*The sandbox/);
    seen.type('\x1b[B');
    seen.type('\r');
    await expect.poll(seen.screen, { timeout: 20_000 }).toMatch(/Write this\?/);
    seen.type('y');
    expect(await seen.ended).toBe(0);
    expect(await entryIn('cursor')).toMatchObject({ args: [BIN, '--sandbox'] });
  });
});
