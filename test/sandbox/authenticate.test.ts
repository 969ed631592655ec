import { expect, test } from 'vitest';
import { basic, open, signIn, START, type Row } from './support/open.js';

const credentials = { username: 'demo@example.no', password: 'sandbox' };

test('signing in gives a token, its end in quoted seconds, and a flag beside meta and data', async () => {
  await using gigahost = await open({ tokenTtlSeconds: 600 });
  const { body, data } = await gigahost.call<Row>('POST', '/authenticate', { authorization: null, body: credentials });
  expect(body.success).toBe(true);
  expect(data).toMatchObject({ token_expire: String(START / 1000 + 600), customer_id: '19998' });
  const { status } = await gigahost.get('/servers', { authorization: `Bearer ${String(data.token)}` });
  expect(status).toBe(200);
  expect(gigahost.sandbox.world.tokensIssued).toBe(1);
});

test('a wrong password is refused with 401', async () => {
  await using gigahost = await open();
  const body = { ...credentials, password: 'guess' };
  const answer = await gigahost.call('POST', '/authenticate', { authorization: null, body });
  expect(answer).toMatchObject({ status: 401, data: [], meta: { status: 401 } });
});

test('with two-factor on, a missing or wrong code is refused with 401', async () => {
  await using gigahost = await open({ twoFactorCode: '012345' });
  for (const code of [undefined, '999999', 12345]) {
    const body = { ...credentials, code };
    const { status } = await gigahost.call('POST', '/authenticate', { authorization: null, body });
    expect(status).toBe(401);
  }
  expect(await signIn(gigahost, '012345')).toMatch(/^Bearer \w+$/);
});

test('a two-factor code can change from one sign-in to the next', async () => {
  let code = '111111';
  await using gigahost = await open({ twoFactorCode: () => code });
  await signIn(gigahost, '111111');
  code = '222222';
  const body = { ...credentials, code: '111111' };
  const { status } = await gigahost.call('POST', '/authenticate', { authorization: null, body });
  expect(status).toBe(401);
});

test('a token stops working when its time is up', async () => {
  await using gigahost = await open({ tokenTtlSeconds: 600 });
  const authorization = await signIn(gigahost);
  gigahost.advance(599_000);
  expect((await gigahost.get('/servers', { authorization })).status).toBe(200);
  gigahost.advance(1000);
  expect((await gigahost.get('/servers', { authorization })).status).toBe(401);
});

test('tokens can be ended early, and a new sign-in works again', async () => {
  await using gigahost = await open();
  const before = await signIn(gigahost);
  gigahost.sandbox.expireTokens();
  expect((await gigahost.get('/servers', { authorization: before })).status).toBe(401);
  const after = await signIn(gigahost);
  expect((await gigahost.get('/servers', { authorization: after })).status).toBe(200);
});

test('name and password work as HTTP Basic, in any letter case of the name', async () => {
  await using gigahost = await open({ password: 'kaffe:bønner' });
  const right = basic('Demo@Example.no', 'kaffe:bønner');
  expect((await gigahost.get('/servers', { authorization: right })).status).toBe(200);
  expect((await gigahost.get('/servers', { authorization: basic('demo@example.no', 'x') })).status).toBe(401);
});

test('without credentials, or with unknown ones, the answer is 401 even where nothing is', async () => {
  await using gigahost = await open();
  for (const authorization of [null, 'Bearer flux_live_0', 'Bearer ', 'Digest x'])
    for (const path of ['/servers', '/nowhere']) {
      const { status } = await gigahost.get(path, { authorization });
      expect(status).toBe(401);
    }
});
