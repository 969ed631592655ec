import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { listServers, setServerName } from '../../src/client/api/servers.js';
import { rebootServer } from '../../src/client/api/power.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { clientOf, failure, loginOf } from './support/client.js';

const web01 = { params: { id: '18101' } };
const signIns = (gigahost: Sandbox) => gigahost.calls('POST', /^\/authenticate$/);

describe('a name and password', () => {
  test('become one session, however many calls begin at once', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    await Promise.all(Array.from({ length: 20 }, () => client.call(listServers, {})));
    expect(signIns(gigahost)).toHaveLength(1);
    const [token] = gigahost.world.tokens;
    expect(new Set(gigahost.calls('GET').map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${token?.secret}`]),
    );
  });

  test('go to the sign-in only, and the sign-in carries no Authorization header', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    await client.call(listServers, {});
    const [signIn] = gigahost.requests;
    expect(signIn).toMatchObject({ path: '/authenticate', authorization: undefined });
    expect(signIn?.body).toEqual({ username: gigahost.username, password: gigahost.password });
  });

  test('wire note 4.3: a session that ends within the minute is renewed before it does', async () => {
    await using gigahost = await startSandbox({ tokenTtlSeconds: 45 });
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    await client.call(listServers, {});
    await client.call(listServers, {});
    expect(gigahost.requests.map(({ path }) => path)).toEqual([
      '/authenticate',
      '/servers',
      '/authenticate',
      '/servers',
    ]);
  });

  test('wire note 4.3: a session that lasts longer than the minute is kept', async () => {
    await using gigahost = await startSandbox({ tokenTtlSeconds: 90 });
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    await client.call(listServers, {});
    await client.call(listServers, {});
    expect(signIns(gigahost)).toHaveLength(1);
  });

  test.each([['1759665600'], [1759665600], [''], ['2026-10-05 12:00:00'], [null], [undefined]])(
    'wire note 4.3: a session is used whatever its end is given as: %j',
    async token_expire => {
      await using gigahost = await startSandbox();
      await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
      const token = 'f'.repeat(64);
      gigahost.world.tokens.push({ secret: token, expiresAt: Infinity });
      gigahost.misbehave({ path: /authenticate/, fault: { kind: 'reply', body: { data: { token, token_expire } } } });
      await client.call(listServers, {});
      expect(gigahost.calls('GET')[0]?.authorization).toBe(`Bearer ${token}`);
    },
  );

  test('wire note 4.3: a 401 is answered with one renewal and the same read once more', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    await client.call(listServers, {});
    gigahost.expireTokens();
    expect((await client.call(listServers, {})).servers).not.toHaveLength(0);
    expect(gigahost.requests.map(({ path }) => path)).toEqual([
      '/authenticate',
      '/servers',
      '/servers',
      '/authenticate',
      '/servers',
    ]);
  });

  test('wire note 4.3: a 401 is answered so for a change too, which then happens once', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    await client.call(listServers, {});
    gigahost.expireTokens();
    const before = gigahost.world.server('web01').activity.length;
    await client.call(rebootServer, web01);
    expect(gigahost.calls('GET', /reboot/)).toHaveLength(2);
    expect(gigahost.world.server('web01').activity).toHaveLength(before + 1);
  });

  test('wire note 4.3: many calls that meet a 401 share one renewal', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    await client.call(listServers, {});
    gigahost.expireTokens();
    await Promise.all(Array.from({ length: 12 }, () => client.call(listServers, {})));
    expect(signIns(gigahost)).toHaveLength(2);
  });

  test('wire note 4.3: a second 401 is the end of it', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    gigahost.misbehave({ path: /reboot/, fault: { kind: 'status', status: 401 }, times: Infinity });
    expect(await failure(client.call(rebootServer, web01))).toMatchObject({
      kind: 'unauthorized',
      facts: { changed: 'nothing', status: 401 },
    });
    expect(gigahost.requests.map(({ path }) => path.split('/').at(-1))).toEqual([
      'authenticate',
      'reboot',
      'authenticate',
      'reboot',
    ]);
  });

  test('a renewed session serves the attempts that follow it', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    await client.call(listServers, {});
    gigahost.expireTokens();
    gigahost.misbehave({ path: /servers/, fault: { kind: 'status', status: 401 } });
    gigahost.misbehave({ path: /servers/, fault: { kind: 'status', status: 503 } });
    await client.call(listServers, {});
    await client.call(listServers, {});
    expect(signIns(gigahost)).toHaveLength(2);
  });

  test('a wrong password is tried once and not by later calls, and the words say what to fix', async () => {
    await using gigahost = await startSandbox();
    const credentials = { ...loginOf(gigahost), password: { value: 'not-the-password' } };
    await using client = clientOf(gigahost, { credentials });
    const first = await failure(client.call(listServers, {}));
    const second = await failure(client.call(rebootServer, web01));
    for (const error of [first, second]) {
      expect(error).toMatchObject({ kind: 'login_refused', facts: { changed: 'nothing', operation: 'sign in' } });
      expect(error.facts.hint).toMatch(/Check GIGAHOST_USERNAME and GIGAHOST_PASSWORD\..*GIGAHOST_TOTP_SECRET/);
    }
    expect(gigahost.requests).toHaveLength(1);
  });

  test('a wrong password is tried once by many calls at the same time', async () => {
    await using gigahost = await startSandbox();
    const credentials = { ...loginOf(gigahost), password: { value: 'not-the-password' } };
    await using client = clientOf(gigahost, { credentials });
    const errors = await Promise.all(Array.from({ length: 10 }, () => failure(client.call(listServers, {}))));
    expect(new Set(errors.map(({ kind }) => kind))).toEqual(new Set(['login_refused']));
    expect(gigahost.requests).toHaveLength(1);
  });

  test('a sign-in Gigahost had no time for is tried again by the next call', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    gigahost.misbehave({ path: /authenticate/, fault: { kind: 'status', status: 503 } });
    expect(await failure(client.call(rebootServer, web01))).toMatchObject({
      kind: 'unavailable',
      facts: { operation: 'sign in', changed: 'nothing', status: 503 },
    });
    await client.call(rebootServer, web01);
    expect(signIns(gigahost)).toHaveLength(2);
  });

  test.each([
    ['no token', { data: { token: '', token_expire: 0 } }],
    ['a token that cannot stand in a header', { data: { token: 'a\r\nb', token_expire: 0 } }],
    ['no data', { data: [] }],
  ])('a sign-in answered with %s changes nothing', async (_, body) => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    gigahost.misbehave({ path: /authenticate/, fault: { kind: 'reply', body } });
    expect(await failure(client.call(rebootServer, web01))).toMatchObject({
      kind: 'unexpected_response',
      facts: { operation: 'sign in', changed: 'nothing' },
    });
    expect(gigahost.requests).toHaveLength(1);
  });
});

describe('two-factor sign-in', () => {
  /** The secret of RFC 6238, appendix B. */
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const authenticator = new TOTP({ secret });

  afterEach(() => vi.useRealTimers());

  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
  ])('wire note 4.2: at second %i of RFC 6238 the code is %s, sent as text with its zeros', async (second, code) => {
    vi.useFakeTimers({ toFake: ['Date'], now: second * 1000 });
    await using gigahost = await startSandbox({ twoFactorCode: () => authenticator.generate() });
    const credentials = { ...loginOf(gigahost), totpSecret: { value: ' gezd gnbv gy3t qojq GEZD GNBV GY3T QOJQ ' } };
    await using client = clientOf(gigahost, { credentials });
    await client.call(listServers, {});
    expect(signIns(gigahost)[0]?.body).toMatchObject({ code });
  });

  test('a session with a TOTP secret renews itself with the code of the moment', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 59_000 });
    await using gigahost = await startSandbox({ twoFactorCode: () => authenticator.generate() });
    const credentials = { ...loginOf(gigahost), totpSecret: { value: secret } };
    await using client = clientOf(gigahost, { credentials });
    await client.call(listServers, {});
    vi.setSystemTime(1111111109_000);
    await client.call(listServers, {});
    expect(signIns(gigahost).map(({ body }) => (body as { code: string }).code)).toEqual(['287082', '081804']);
  });

  test('a TOTP secret that is none is told without sending anything', async () => {
    await using gigahost = await startSandbox();
    const credentials = { ...loginOf(gigahost), totpSecret: { value: 'not base32 !' } };
    await using client = clientOf(gigahost, { credentials });
    const error = await failure(client.call(listServers, {}));
    expect(error).toMatchObject({ kind: 'no_credentials', facts: { sent: false } });
    expect(error.facts.reason).toContain('GIGAHOST_TOTP_SECRET');
    expect(gigahost.requests).toEqual([]);
  });

  test('a one-off code opens one session, with its leading zeros', async () => {
    await using gigahost = await startSandbox({ twoFactorCode: '000123' });
    const credentials = { ...loginOf(gigahost), code: { value: '000123' } };
    await using client = clientOf(gigahost, { credentials });
    await client.call(listServers, {});
    await client.call(listServers, {});
    expect(signIns(gigahost).map(({ body }) => (body as { code: string }).code)).toEqual(['000123']);
  });

  test('wire note 4.2: a one-off code is not sent twice: when its session ends, the words ask for a new one', async () => {
    await using gigahost = await startSandbox({ twoFactorCode: '123456' });
    const credentials = { ...loginOf(gigahost), code: { value: '123456' } };
    await using client = clientOf(gigahost, { credentials });
    await client.call(listServers, {});
    gigahost.expireTokens();
    const error = await failure(client.call(listServers, {}));
    expect(error).toMatchObject({ kind: 'login_refused', facts: { changed: 'nothing' } });
    expect(error.facts.hint).toContain('GIGAHOST_2FA_CODE');
    expect(signIns(gigahost)).toHaveLength(1);
  });

  test('an account that wants a code says so when none is set', async () => {
    await using gigahost = await startSandbox({ twoFactorCode: '123456' });
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    const error = await failure(client.call(listServers, {}));
    expect(error.kind).toBe('login_refused');
    expect(error.facts.hint).toContain('set GIGAHOST_TOTP_SECRET');
  });
});

describe('an API key', () => {
  test('is used as it is, without a sign-in, even beside a name and password', async () => {
    await using gigahost = await startSandbox();
    const credentials = { ...loginOf(gigahost), apiKey: { value: ` ${gigahost.apiKey}\n` } };
    await using client = clientOf(gigahost, { credentials });
    await client.call(listServers, {});
    expect(gigahost.requests.map(({ authorization }) => authorization)).toEqual([`Bearer ${gigahost.apiKey}`]);
  });

  test('wire note 4.3: that is refused with 401 is not tried again', async () => {
    await using gigahost = await startSandbox();
    const credentials = { apiKey: { value: `flux_live_${'0'.repeat(64)}` } };
    await using client = clientOf(gigahost, { credentials });
    expect(await failure(client.call(listServers, {}))).toMatchObject({ kind: 'unauthorized' });
    expect(gigahost.requests).toHaveLength(1);
  });

  test('that does not look like one is not sent anywhere', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: { apiKey: { value: 'sk-something-else' } } });
    const error = await failure(client.call(listServers, {}));
    expect(error).toMatchObject({ kind: 'no_credentials', facts: { sent: false } });
    expect(error.facts.reason).not.toContain('sk-something-else');
    expect(gigahost.requests).toEqual([]);
  });
});

describe('missing credentials', () => {
  test.each([
    ['nothing', {}, 'no Gigahost credentials are set'],
    ['blanks', { apiKey: { value: ' ' } }, 'no Gigahost credentials are set'],
    ['no password', { username: { value: 'a' } }, 'GIGAHOST_PASSWORD is not'],
    ['no name', { password: { value: 'a' } }, 'GIGAHOST_USERNAME is not'],
    [
      'a file that is not there',
      { apiKey: { file: '/nowhere/key' } },
      'the file that GIGAHOST_API_KEY_FILE names cannot be read (ENOENT)',
    ],
  ])('with %s set, a call says what is missing and sends nothing', async (_, credentials, words) => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials });
    const error = await failure(client.call(listServers, {}));
    expect(error).toMatchObject({ kind: 'no_credentials', facts: { changed: 'nothing', sent: false } });
    expect(error.facts.reason).toContain(words);
    expect(gigahost.requests).toEqual([]);
  });
});

describe('credentials in files', () => {
  async function folder() {
    const path = await mkdtemp(join(tmpdir(), 'gigahost-'));
    return {
      file: async (name: string, text: string) => {
        await writeFile(join(path, name), text);
        return { file: join(path, name) };
      },
      [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
    };
  }

  test('a key is read from its file again for each call, so it can be rotated', async () => {
    await using gigahost = await startSandbox();
    await using files = await folder();
    await using client = clientOf(gigahost, {
      credentials: { apiKey: await files.file('key', `${gigahost.apiKey}\n`) },
    });
    await client.call(listServers, {});
    const rotated = gigahost.addApiKey(null);
    await files.file('key', rotated);
    await client.call(listServers, {});
    expect(gigahost.requests.map(({ authorization }) => authorization)).toEqual([
      `Bearer ${gigahost.apiKey}`,
      `Bearer ${rotated}`,
    ]);
  });

  test('a wrong password in a file is tried again once it is another', async () => {
    await using gigahost = await startSandbox({ password: ' with blanks ' });
    await using files = await folder();
    const credentials = {
      username: await files.file('name', `${gigahost.username}\n`),
      password: await files.file('password', 'wrong\n'),
    };
    await using client = clientOf(gigahost, { credentials });
    expect(await failure(client.call(listServers, {}))).toMatchObject({ kind: 'login_refused' });
    await files.file('password', ' with blanks \r\n');
    await client.call(listServers, {});
    await client.call(setServerName, { ...web01, body: { name: 'shop' } });
    expect(signIns(gigahost).map(({ body }) => (body as { password: string }).password)).toEqual([
      'wrong',
      ' with blanks ',
    ]);
  });

  test('another name in its file gets a session of its own', async () => {
    await using gigahost = await startSandbox();
    await using files = await folder();
    const credentials = { ...loginOf(gigahost), username: await files.file('name', gigahost.username) };
    await using client = clientOf(gigahost, { credentials });
    await client.call(listServers, {});
    await files.file('name', 'somebody@example.no');
    expect(await failure(client.call(listServers, {}))).toMatchObject({ kind: 'login_refused' });
    expect(gigahost.requests.map(({ path }) => path)).toEqual(['/authenticate', '/servers', '/authenticate']);
  });
});

describe('what has to be kept out of logs', () => {
  test('is every credential and token, and not the name or a word too short to be scrubbed', async () => {
    await using gigahost = await startSandbox({ password: 'a-long-password', twoFactorCode: '123456' });
    const heard = new Set<string>();
    const credentials = { ...loginOf(gigahost), code: { value: '123456' } };
    await using client = clientOf(gigahost, { credentials, onSecret: value => heard.add(value) });
    await client.call(listServers, {});
    expect(heard).toEqual(new Set(['a-long-password', '123456', gigahost.world.tokens[0]?.secret]));
  });

  test('is the TOTP secret, though not a password of four letters', async () => {
    await using gigahost = await startSandbox({ password: 'demo' });
    const heard = new Set<string>();
    const credentials = { ...loginOf(gigahost), totpSecret: { value: 'GEZDGNBVGY3TQOJQ' } };
    await using client = clientOf(gigahost, { credentials, onSecret: value => heard.add(value) });
    await client.call(listServers, {});
    expect(heard).toEqual(new Set(['GEZDGNBVGY3TQOJQ', gigahost.world.tokens[0]?.secret]));
  });

  test('is known before the first request goes out', async () => {
    await using gigahost = await startSandbox();
    const heard = new Set<string>();
    await using client = clientOf(gigahost, { onSecret: value => heard.add(value) });
    gigahost.misbehave({ fault: { kind: 'status', status: 401 } });
    await failure(client.call(listServers, {}));
    expect(heard).toEqual(new Set([gigahost.apiKey]));
  });
});
