import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { basic, open, signIn, START, type Gigahost, type Row } from './support/open.js';

const OLD = { username: 'demo@example.no', password: 'sandbox' };

const statusOfSignIn = async ({ call }: Gigahost, body: Row): Promise<number> =>
  (await call('POST', '/authenticate', { authorization: null, body })).status;

test('a new password signs in, the old one and its sessions do not, and API keys go on working', async () => {
  await using gigahost = await open();
  const authorization = await signIn(gigahost);
  const body = { current: 'sandbox', new: 'bryggekaffe-14' };
  expect((await gigahost.call('POST', '/account/password', { authorization, body })).status).toBe(201);
  expect(await statusOfSignIn(gigahost, OLD)).toBe(401);
  expect(await statusOfSignIn(gigahost, { ...OLD, password: 'bryggekaffe-14' })).toBe(200);
  expect((await gigahost.get('/servers', { authorization })).status).toBe(401);
  expect((await gigahost.get('/servers', { authorization: basic(OLD.username, 'bryggekaffe-14') })).status).toBe(200);
  expect((await gigahost.get('/servers')).status).toBe(200);
});

test('a wrong current password and a weak or leaked new one are refused with 400', async () => {
  await using gigahost = await open();
  for (const [body, message] of [
    [{ current: 'guess', new: 'bryggekaffe-14' }, 'Current password is not correct.'],
    [{ current: 'sandbox', new: 'kaffe' }, 'Password is too weak.'],
    [{ current: 'sandbox', new: 'Password1' }, 'Password has been leaked.'],
    [{ current: 'sandbox' }, 'Invalid data received.'],
  ] as const) {
    const answer = await gigahost.call('POST', '/account/password', { body });
    expect(answer).toMatchObject({ status: 400, meta: { message } });
  }
  expect(await statusOfSignIn(gigahost, OLD)).toBe(200);
});

test('a forgotten password is replaced by one that comes by e-mail', async () => {
  await using gigahost = await open();
  const { outbox } = gigahost.sandbox.world.people;
  const reset = (body: Row) => gigahost.call('POST', '/account/reset', { authorization: null, body });
  const known = await reset({ username: 'DEMO@example.no' });
  const unknown = await reset({ username: 'nobody@example.no' });
  expect(known).toMatchObject({ status: 200, text: unknown.text });
  expect(outbox).toMatchObject([{ to: 'demo@example.no', hash: expect.stringMatching(/^[0-9a-f]{32}$/) as string }]);

  const hash = outbox[0]?.hash;
  expect((await reset({ hash })).status).toBe(400);
  expect((await reset({ stage: '2', hash: '0'.repeat(32) })).status).toBe(400);
  expect((await reset({ stage: '2', hash })).status).toBe(200);
  const password = outbox[1]?.password;
  expect(await statusOfSignIn(gigahost, OLD)).toBe(401);
  expect(await statusOfSignIn(gigahost, { ...OLD, password })).toBe(200);
});

test('two-factor sign-in is switched off with the current code, and no other code', async () => {
  await using gigahost = await open({ twoFactorCode: '012345' });
  const set = (code: unknown) => gigahost.call('POST', '/account/2fa', { body: { type: 'disable', code } });
  expect(await statusOfSignIn(gigahost, OLD)).toBe(401);
  expect((await set('999999')).meta.message).toBe('Invalid two-factor code.');
  expect((await set('kaffe')).meta.message).toBe('Invalid data received.');
  expect((await set('012345')).status).toBe(200);
  expect(await statusOfSignIn(gigahost, OLD)).toBe(200);
  expect((await gigahost.get<Row>('/account')).data.contacts).toMatchObject([{ contact_2fa: '0' }, {}, {}]);
});

test('it is switched on only for a secret the control panel has shown before', async () => {
  await using gigahost = await open({ twoFactorCode: '012345' });
  const jonas = gigahost.sandbox.world.people.contactNamed('jonas@example.no');
  if (!jonas) throw new Error('Jonas is gone.');
  jonas.password = 'grovmalt';
  const sign = { username: 'jonas@example.no', password: 'grovmalt' };
  const authorization = basic(sign.username, sign.password);
  const set = () => gigahost.call('POST', '/account/2fa', { authorization, body: { type: 'enable', code: '012345' } });
  expect((await set()).status).toBe(400);
  expect(await statusOfSignIn(gigahost, sign)).toBe(200);
  jonas.pendingTwoFactorSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  expect((await set()).status).toBe(200);
  expect(await statusOfSignIn(gigahost, sign)).toBe(401);
  expect(await statusOfSignIn(gigahost, { ...sign, code: '012345' })).toBe(200);
});

test('without a fixed code, the one an authenticator shows is right', async () => {
  await using gigahost = await open();
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(START / 30_000));
  // JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP in base32.
  const secret = Buffer.from('48656c6c6f21deadbeef48656c6c6f21deadbeef', 'hex');
  const digest = createHmac('sha1', secret).update(counter).digest();
  const number = digest.readUInt32BE((digest[19] ?? 0) & 15) & 0x7fffffff;
  const code = String(number % 1_000_000).padStart(6, '0');
  const set = () => gigahost.call('POST', '/account/2fa', { body: { type: 'disable', code } });
  gigahost.advance(60_000);
  expect((await set()).status).toBe(400);
  gigahost.advance(-60_000);
  expect((await set()).status).toBe(200);
});
