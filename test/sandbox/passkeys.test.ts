import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';

const post = ({ call }: Gigahost, body: Row) => call<Row>('POST', '/account/passkey', { body });

async function finishBody(gigahost: Gigahost): Promise<Row> {
  const { data } = await post(gigahost, { step: 'begin' });
  const clientData = JSON.stringify({ type: 'webauthn.create', challenge: data.challenge });
  return {
    step: 'finish',
    name: 'MacBook',
    clientDataJSON: Buffer.from(clientData).toString('base64url'),
    attestationObject: 'o2NmbXRkbm9uZQ',
  };
}

const namesOf = async ({ get }: Gigahost) =>
  ((await get<Row>('/account')).data.passkeys as Row[]).map(row => row.passkey_name);

test('a passkey is registered by answering a challenge, once', async () => {
  await using gigahost = await open();
  const body = await finishBody(gigahost);
  expect((await post(gigahost, { ...body, clientDataJSON: 'e30' })).status).toBe(400);
  expect((await post(gigahost, { ...body, name: 'x'.repeat(65) })).status).toBe(400);
  expect((await post(gigahost, body)).status).toBe(200);
  expect((await post(gigahost, body)).status).toBe(400);
  expect(await namesOf(gigahost)).toEqual(['YubiKey 5C', 'Telefon', 'MacBook']);
});

test('a challenge lasts a minute', async () => {
  await using gigahost = await open();
  const body = await finishBody(gigahost);
  gigahost.advance(60_000);
  expect(await post(gigahost, body)).toMatchObject({ status: 400, meta: { message: 'Challenge has expired.' } });
  expect((await post(gigahost, { step: 'middle' })).status).toBe(400);
});

test('a removed passkey is gone', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', '/account/passkey/22')).status).toBe(200);
  expect((await gigahost.call('DELETE', '/account/passkey/22')).status).toBe(404);
  expect(await namesOf(gigahost)).toEqual(['YubiKey 5C']);
});
