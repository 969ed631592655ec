import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { connect } from '../support/connect.js';
import { serve } from '../support/http.js';
import { CA, startProxy, startTls, type ProxyOptions } from '../support/proxy.js';
import { spawnBin } from '../support/raw.js';

type Variables = Readonly<Record<string, string | undefined>>;
const HOST = 'api.gigahost.test';
const REBOOT = ['reboot_server', 'server=web01', '--dangerously-skip-confirmation'];

/** Gigahost as it is from within a company: behind TLS, under a name that only the proxy can find. */
async function open(options: Omit<ProxyOptions, 'to'> = {}) {
  const sandbox = await startSandbox();
  const tls = await startTls(sandbox.url);
  const proxy = await startProxy({ to: tls.port, ...options });
  const env: Variables = {
    GIGAHOST_BASE_URL: `https://${HOST}/api/v0`,
    GIGAHOST_API_KEY: sandbox.apiKey,
    GIGAHOST_CA_FILE: CA,
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
  };
  return {
    sandbox,
    tls,
    proxy,
    env,
    call: (args: readonly string[], more: Variables = {}) => call(args, { ...env, ...more }),
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await tls[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
}

const call = (args: readonly string[], env: Variables) =>
  spawnBin(
    ['call', ...args, '--journal', 'off'],
    Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  ).ended;
const reboots = (sandbox: Sandbox) => sandbox.calls('GET', /reboot/).length;

describe('through a proxy', () => {
  test('reads and changes reach Gigahost, each kind over connections of its own', async () => {
    await using at = await open();
    const ended = await at.call(REBOOT);
    expect(ended).toMatchObject({ code: 0 });
    expect(reboots(at.sandbox)).toBe(1);
    expect(new Set(at.proxy.asked.map(({ target }) => target))).toEqual(new Set([`${HOST}:443`]));
    expect(at.proxy.asked.length).toBeGreaterThanOrEqual(2);
    expect(at.proxy.asked[0]?.authorization).toBeUndefined();
  });

  test('an address without a scheme and the lower-case variable work as elsewhere', async () => {
    await using at = await open();
    const variables = { https_proxy: `127.0.0.1:${at.proxy.port}`, HTTPS_PROXY: 'http://127.0.0.1:1' };
    expect(await at.call(['list_servers'], variables)).toMatchObject({ code: 0 });
  });

  test('its user name and password are sent to it alone', async () => {
    await using at = await open();
    const HTTPS_PROXY = `http://kari:h%40mmerfest-9600@127.0.0.1:${at.proxy.port}`;
    expect(await at.call(['list_servers'], { HTTPS_PROXY })).toMatchObject({ code: 0 });
    const token = Buffer.from('kari:h@mmerfest-9600').toString('base64');
    expect(at.proxy.asked[0]?.authorization).toBe(`Basic ${token}`);
  });

  test('a password with a bare % in it is taken as it stands', async () => {
    await using at = await open();
    const HTTPS_PROXY = `http://kari:100%sikkert-9600@127.0.0.1:${at.proxy.port}`;
    expect(await at.call(['list_servers'], { HTTPS_PROXY })).toMatchObject({ code: 0 });
    const token = Buffer.from('kari:100%sikkert-9600').toString('base64');
    expect(at.proxy.asked[0]?.authorization).toBe(`Basic ${token}`);
  });

  test('its password is struck out of every answer', async () => {
    await using at = await open();
    Object.assign(at.sandbox.world.server('web01'), { label: 'h@mmerfest-9600' });
    const HTTPS_PROXY = `http://kari:h%40mmerfest-9600@127.0.0.1:${at.proxy.port}`;
    await using talk = await connect({ sandbox: at.sandbox, env: { ...at.env, HTTPS_PROXY } });
    const { text } = await talk.call('get_server', { server: 'web01' });
    expect(text).toContain('[hidden]');
    expect(text).not.toContain('h@mmerfest');
  });
});

describe('a proxy that stands in the way', () => {
  test.for([
    [407, '', /asks for a user name and password \(407\)/],
    [407, 'kari:h%40mmerfest-9600@', /does not take the user name and password it was given \(407\)/],
    [403, '', /refuses to connect \(403\)/],
  ] as const)('one that answers %i is asked once, and named without its password', async ([status, user, words]) => {
    await using at = await open({ answer: () => status });
    const { port } = at.proxy;
    const ended = await at.call(['list_servers'], { HTTPS_PROXY: `http://${user}127.0.0.1:${port}` });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`the proxy 127.0.0.1:${port} `);
    expect(ended.stderr).toMatch(words);
    expect(ended.stderr).toContain('nothing was sent');
    expect(ended.stderr).not.toMatch(/mmerfest/);
    expect(at.proxy.asked).toHaveLength(1);
    expect(at.sandbox.requests).toEqual([]);
  });

  test.for([
    ['hangs up', undefined],
    ['answers 503', 503],
  ] as const)('a change that it did not let through was not sent: one that %s', async ([, status]) => {
    let isUp = true;
    await using at = await open({ answer: () => (isUp ? 200 : status) });
    await using talk = await connect({
      sandbox: at.sandbox,
      env: at.env,
      args: ['--dangerously-skip-confirmation'],
    });
    // Reads keep the connection they have; a change needs one of its own.
    expect(await talk.call('get_server', { server: 'web01' })).toMatchObject({ isError: false });
    isUp = false;
    const ended = await talk.call('reboot_server', { server: 'web01' });
    expect(ended.isError).toBe(true);
    expect(ended.text).toContain(`the proxy 127.0.0.1:${at.proxy.port} `);
    expect(ended.text).toMatch(/nothing was sent.*Nothing changed\./);
    expect(reboots(at.sandbox)).toBe(0);
    isUp = true;
    expect(await talk.call('reboot_server', { server: 'web01' })).toMatchObject({ isError: false });
    expect(reboots(at.sandbox)).toBe(1);
  });

  test('one that is not there is named', async () => {
    await using at = await open();
    const ended = await at.call(['list_servers'], { HTTPS_PROXY: 'http://127.0.0.1:1' });
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stderr).toMatch(/the proxy 127\.0\.0\.1:1 cannot be used \(ECONNREFUSED\); nothing was sent/);
  });

  test.for(['socks5://127.0.0.1:1080', 'http://', 'http://kari:hunter2@[/'])(
    '%s is refused at the start',
    async proxy => {
      await using at = await open();
      const ended = await at.call(['list_servers'], { HTTPS_PROXY: proxy });
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).toMatch(/^HTTPS_PROXY is not a proxy that can be used;/);
      expect(ended.stderr).not.toContain('hunter2');
    },
  );
});

describe('past a proxy', () => {
  test.for([
    ['the name', HOST],
    ['what it is under', 'gigahost.test'],
    ['that with a dot', 'example.no, .gigahost.test'],
    ['that with an asterisk', '*.gigahost.test'],
    ['its port', `${HOST}:443`],
    ['everything', '*'],
  ])('NO_PROXY with %s is heeded', async ([, NO_PROXY = '']) => {
    await using at = await open();
    const ended = await at.call(['list_servers'], { NO_PROXY });
    // The name is known to the proxy alone.
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stderr).toMatch(/no connection to Gigahost \((ENOTFOUND|EAI_AGAIN)\)/);
    expect(at.proxy.asked).toEqual([]);
  });

  test.for([
    ['another port', `${HOST}:8443`],
    ['a name that ends alike', 'host.test'],
  ])('NO_PROXY with %s is about something else', async ([, NO_PROXY = '']) => {
    await using at = await open();
    expect(await at.call(['list_servers'], { NO_PROXY })).toMatchObject({ code: 0 });
  });

  test('what is on this machine is reached directly', async () => {
    await using at = await open();
    for (const GIGAHOST_BASE_URL of [at.sandbox.url, `https://localhost:${at.tls.port}/api/v0`])
      expect(await at.call(['list_servers'], { GIGAHOST_BASE_URL, HTTP_PROXY: at.env['HTTPS_PROXY'] })).toMatchObject({
        code: 0,
      });
    expect(at.proxy.asked).toEqual([]);
  });
});

describe('a CA of its own', () => {
  const direct = async (at: Awaited<ReturnType<typeof open>>, more: Variables) =>
    at.call(['list_servers'], {
      GIGAHOST_BASE_URL: `https://127.0.0.1:${at.tls.port}/api/v0`,
      GIGAHOST_CA_FILE: undefined,
      ...more,
    });

  test('is trusted by either variable, and not without', async () => {
    await using at = await open();
    const refused = await direct(at, {});
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toMatch(
      /no connection to Gigahost \((SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE)\)/,
    );
    expect(at.sandbox.requests).toEqual([]);
    expect(await direct(at, { GIGAHOST_CA_FILE: CA })).toMatchObject({ code: 0 });
    expect(await direct(at, { NODE_EXTRA_CA_CERTS: CA })).toMatchObject({ code: 0 });
    const both = { GIGAHOST_CA_FILE: CA.replace('ca.pem', 'cert.pem'), NODE_EXTRA_CA_CERTS: CA };
    expect(await direct(at, both)).toMatchObject({ code: 0 });
  });

  test.for([
    ['/nowhere/ca.pem', /^The CA file \/nowhere\/ca\.pem cannot be read \(ENOENT\)\.\n$/],
    [CA.replace('ca.pem', 'key.pem'), /key\.pem holds no certificate as PEM/],
    ['ca.pem', /^GIGAHOST_CA_FILE is "ca\.pem"; it must be an absolute path\.\n$/],
  ] as const)('%s is refused at the start', async ([GIGAHOST_CA_FILE, words]) => {
    await using at = await open();
    const ended = await direct(at, { GIGAHOST_CA_FILE });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(words);
  });
});

describe('a certificate that is damaged', () => {
  const DAMAGED = '-----BEGIN CERTIFICATE-----\nMIIBroken\n-----END CERTIFICATE-----\n';
  const settings = async (at: Awaited<ReturnType<typeof open>>, text: string, name: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-ca-'));
    const file = join(folder, 'ca.pem');
    await writeFile(file, text);
    const ended = await at.call(['list_servers'], { [name]: file });
    await rm(folder, { recursive: true });
    return { file, ended };
  };

  test.for([
    ['alone', DAMAGED, 1],
    ['after one that is not', `${readFileSync(CA, 'utf8')}\n${DAMAGED}`, 2],
    ['cut off', readFileSync(CA, 'utf8').slice(0, 300), 1],
  ] as const)('is refused at the start: %s', async ([, text, which]) => {
    await using at = await open();
    const { file, ended } = await settings(at, text, 'GIGAHOST_CA_FILE');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toBe(`Certificate ${which} in the CA file ${file} is damaged.\n`);
  });

  test('is left out where Node was given it', async () => {
    await using at = await open();
    const { ended } = await settings(at, DAMAGED, 'NODE_EXTRA_CA_CERTS');
    expect(ended).toMatchObject({ code: 0 });
  });
});

test('a server over HTTP is ready where Gigahost is reached through the proxy', async () => {
  await using at = await open();
  await using server = await serve({
    principals: [{ name: 'ada', role: 'admin' }],
    sandbox: at.sandbox,
    env: at.env,
  });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(at.proxy.asked).toHaveLength(1);
});
