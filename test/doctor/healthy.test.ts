import { expect, test } from 'vitest';
import { BIN } from '../support/connect.js';
import { spawnBin } from '../support/raw.js';
import { openTerminal } from '../support/terminal.js';
import { certificateFile, proxyTo, tlsFront } from './front.js';
import { doctor, faultsOf, findingsOf, setUp, type Report } from './set-up.js';

/** What is said for a code, with all that it was found of. */
const said = (report: Report, code: string): string =>
  findingsOf(report)
    .filter(finding => finding.code === code)
    .map(({ says }) => says)
    .join('\n');

test('where all is in order it says so, and whose account, by no more than a first letter', async () => {
  await using on = await setUp();
  await on.cursor();
  const { code, report, stderr } = await doctor(on, { secrets: ['Fjordkaffe'] });
  expect({ code, faults: faultsOf(report), stderr }).toEqual({ code: 0, faults: [], stderr: '' });
  expect(report.checks.map(({ id }) => id)).toEqual([
    ...['program', 'configuration', 'secretFiles', 'state', 'proxy', 'connection', 'clock', 'account', 'permissions'],
    ...['tools', 'clients', 'support'],
  ]);
  expect(report.checks.every(({ status }) => status !== 'skipped')).toBe(true);
  expect(said(report, 'signedIn')).toMatch(/takes the API key from GIGAHOST_API_KEY_FILE: customer \d+, F…\.$/);
  expect(said(report, 'clientWorks')).toMatch(/^Cursor: "gigahost" starts and has \d+ tools\.$/);
  expect(said(report, 'configured')).toMatch(/variables: GIGAHOST_BASE_URL, GIGAHOST_KEYCHAIN, GIGAHOST_API_KEY_FILE/);
});

test('on a pipe it is plain lines that end in what to do first', async () => {
  await using on = await setUp();
  const { stdout, code } = await spawnBin(['doctor', '--toolsets', 'nonsense'], on.env).ended;
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ok {13}Connection {7}The API at 127\.0\.0\.1:\d+ answers, in \d+ ms\.$/m);
  expect(stdout).toMatch(/^problem {25}A name in --toolsets is "nonsense".*\n {32}-> Correct that/m);
  expect(stdout).toMatch(/\n\n1 problem.*\. First: Correct that.*\n$/);
  expect(stdout).not.toMatch(/[\x1b✓✗]/);
  expect(stdout).not.toContain('Fjordkaffe');
  expect(stdout).not.toContain(on.gigahost.apiKey);
});

test('the tools it counts are those that the server lists', async () => {
  await using on = await setUp();
  await on.cursor({ command: process.execPath, args: [BIN, '--read-only'] });
  const { report } = await doctor(on, { args: ['--read-only'] });
  const [, listed] = /has (\d+) tools/.exec(said(report, 'clientWorks')) ?? [];
  const [, counted, tokens, changing] =
    /(\d+) tools are on, .* about (\d+) tokens; \d+ are off \((\d+) that change/.exec(said(report, 'tools')) ?? [];
  expect(Number(listed)).toBeGreaterThan(5);
  expect(counted).toBe(listed);
  expect(Number(tokens)).toBeGreaterThan(1000);
  expect(Number(changing)).toBeGreaterThan(5);
});

test('a user name is shown by its first letter and domain, and a session that comes of the look is not kept', async () => {
  await using on = await setUp();
  const { username, password } = on.gigahost;
  const env = { GIGAHOST_API_KEY_FILE: undefined, GIGAHOST_USERNAME: username, GIGAHOST_PASSWORD: password };
  const { code, report } = await doctor(on, { env, secrets: [username] });
  expect(code).toBe(0);
  expect(faultsOf(report)).toEqual([]);
  expect(said(report, 'signedIn')).toContain('user d…@example.no');
});

test('kept credentials are found, and where they lie is said', async () => {
  await using on = await setUp();
  const { GIGAHOST_API_KEY_FILE: file = '', ...env } = on.env;
  expect(await spawnBin(['login', '--api-key-file', file], env).ended).toMatchObject({ code: 0 });
  const { report } = await doctor(on, { env: { GIGAHOST_API_KEY_FILE: undefined } });
  expect(faultsOf(report)).toEqual([]);
  expect(said(report, 'signedIn')).toMatch(/API key from the file .*\/credentials\.json/);
});

test('through a proxy and a CA of one’s own', async () => {
  await using on = await setUp();
  await using front = await tlsFront(on.gigahost, 'gigahost-test');
  await using proxy = await proxyTo(front.port);
  const env = {
    GIGAHOST_BASE_URL: 'https://gigahost.test/api/v0',
    GIGAHOST_CA_FILE: certificateFile('gigahost-test'),
    HTTPS_PROXY: `http://kari:hush%40hush@127.0.0.1:${proxy.port}`,
  };
  const { report } = await doctor(on, { env, secrets: ['hush'] });
  expect(faultsOf(report)).toEqual([]);
  expect(said(report, 'proxyUsed')).toContain(`127.0.0.1:${proxy.port}`);
  expect(new Set(proxy.asked)).toEqual(new Set(['gigahost.test:443']));
});

test('on the sandbox what needs an account is left out, and nothing is wrong', async () => {
  await using on = await setUp();
  const { code, report } = await doctor(on, { args: ['--sandbox'], env: { GIGAHOST_API_KEY_FILE: undefined } });
  expect(code).toBe(0);
  expect(faultsOf(report)).toEqual([]);
  expect(report.checks.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
    ...['secretFiles', 'proxy', 'connection', 'clock', 'account', 'permissions'],
  ]);
  expect(on.gigahost.requests).toEqual([]);
});

test('what an assistant fills in itself is not started', async () => {
  await using on = await setUp();
  await on.cursor({ command: 'node', args: ['${workspaceFolder}/gigahost-mcp/dist/main.js'] });
  expect(findingsOf((await doctor(on)).report)).toContainEqual(expect.objectContaining({ code: 'placeholders' }));
});

test('on a terminal there are signs and colours, and the language of --lang', async () => {
  await using on = await setUp();
  const seen = openTerminal(['doctor', '--lang', 'nb', '--toolsets', 'nonsense'], on.env);
  expect(await seen.ended).toBe(1);
  expect(seen.raw()).toContain('\x1b[32m✓');
  expect(seen.screen()).toMatch(/✓ {2}Klokke +Klokken stemmer/);
  expect(seen.screen()).toMatch(/✗ +A name in --toolsets is "nonsense"/);
  expect(seen.screen()).toMatch(/→ Rett det, eller ta det bort/);
  expect(seen.screen()).toMatch(/1 feil.*\. Først: Rett det/);
});

test('a wrong command line is 2', async () => {
  expect(await spawnBin(['doctor', '--nonsense']).ended).toMatchObject({ code: 2 });
});
