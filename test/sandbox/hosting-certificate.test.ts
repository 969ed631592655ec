import { expect, test } from 'vitest';
import { open, START, type Row } from './support/open.js';

const AT = '/webhosting/4101/ssl';
const DAY = 86_400;

test('the certificate of the demo ends in three weeks', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row>(AT);
  expect(data).toMatchObject({
    ssl: '1',
    pending: '0',
    certificate: {
      hostnames: ['fjordkaffe.no', 'www.fjordkaffe.no'],
      keysize: 'secp384r1',
      valid_to: String(START / 1000 + 21 * DAY),
    },
    hostnames: ['fjordkaffe.no', 'www.fjordkaffe.no', 'mail.fjordkaffe.no', 'ftp.fjordkaffe.no', 'meny.fjordkaffe.no'],
  });
});

test('a requested certificate is pending first and replaces the old one then', async () => {
  await using gigahost = await open();
  const body = { hostnames: ['fjordkaffe.no', 'MENY.fjordkaffe.no'], keysize: 'rsa_4096' };
  expect((await gigahost.call('POST', AT, { body })).status).toBe(200);
  expect((await gigahost.get(AT)).data).toMatchObject({ pending: '1', certificate: { keysize: 'secp384r1' } });
  expect((await gigahost.call('POST', AT, { body })).status).toBe(400);
  gigahost.advance(5000);
  expect((await gigahost.get(AT)).data).toMatchObject({
    pending: '0',
    certificate: {
      hostnames: ['fjordkaffe.no', 'meny.fjordkaffe.no'],
      keysize: 'rsa_4096',
      valid_to: String(START / 1000 + 5 + 90 * DAY),
    },
  });
});

test('host names of others, none at all and an odd key size are refused', async () => {
  await using gigahost = await open();
  const wrong = [
    { hostnames: [] },
    { hostnames: 'fjordkaffe.no' },
    { hostnames: ['fjordkaffe.no', 'example.no'] },
    { hostnames: ['ikkefjordkaffe.no'] },
    { hostnames: ['fjordkaffe.no', 7] },
    { hostnames: ['fjordkaffe.no'], keysize: 'rsa_2048' },
  ];
  for (const body of wrong) expect((await gigahost.call('POST', AT, { body })).status).toBe(400);
  expect((await gigahost.get(AT)).data).toMatchObject({ pending: '0' });
});

test('a removed certificate is gone', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', AT)).status).toBe(200);
  expect((await gigahost.get(AT)).data).toMatchObject({ ssl: '0', certificate: null });
  expect((await gigahost.call('DELETE', AT)).status).toBe(404);
});
