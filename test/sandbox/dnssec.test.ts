import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';

const dsOf = (gigahost: Gigahost, zone: string) => gigahost.get<Row>(`/dns/zones/${zone}/ds-records`);
const external = (gigahost: Gigahost, zone: string, ds_records: unknown) =>
  gigahost.call('POST', `/dns/zones/${zone}/ds-records/external`, { body: { ds_records } });
const sign = (gigahost: Gigahost, zone: string, enable: unknown) =>
  gigahost.call('PUT', `/dns/zones/${zone}/dnssec`, { body: { enable } });

const DS = { keyTag: 2371, alg: 13, digestType: 2, digest: 'ab'.repeat(32) };

test('the DS of a signed zone is one text', async () => {
  await using gigahost = await open();
  expect((await dsOf(gigahost, '3302')).data.ds_records).toMatch(/^41827 13 2 [0-9A-F]{64}$/);
  expect(await dsOf(gigahost, '3303')).toMatchObject({
    status: 400,
    meta: { message: 'DNSSEC is not enabled for this domain.' },
  });
});

test('DNSSEC is switched on and off, and twice on makes another key', async () => {
  await using gigahost = await open();
  expect((await sign(gigahost, '3303', 1)).status).toBe(200);
  const first = (await dsOf(gigahost, '3303')).data.ds_records;
  await sign(gigahost, '3303', 1);
  expect((await dsOf(gigahost, '3303')).data.ds_records).not.toBe(first);
  expect((await sign(gigahost, '3303', 0)).status).toBe(200);
  expect((await dsOf(gigahost, '3303')).status).toBe(400);
  expect((await sign(gigahost, '3303', true)).status).toBe(400);
});

test('a zone that is not registered here cannot be signed', async () => {
  await using gigahost = await open();
  expect(await sign(gigahost, '3301', 1)).toMatchObject({
    status: 403,
    meta: { message: 'DNSSEC can only be enabled for registered domains.' },
  });
});

test('for a domain elsewhere there are instructions instead of a DS', async () => {
  await using gigahost = await open();
  const body = { nameservers: ['ns1.dns.example', 'ns2.dns.example'] };
  await gigahost.call('PUT', '/dns/zones/3303/nameservers', { body });
  expect((await sign(gigahost, '3303', 1)).meta.message).toMatch(/submit the DS records/);
  expect((await dsOf(gigahost, '3303')).data.ds_records).toMatch(/kaffe-abonnement\.no/);
});

test('DS records handed in for a domain elsewhere replace those before', async () => {
  await using gigahost = await open();
  const stored = async () => (await gigahost.get<Row>('/dns/zones/3304/ds-records/external')).data.ds_records;
  expect(await stored()).toEqual([]);
  expect((await external(gigahost, '3304', [DS, { ...DS, digestType: 4 }])).status).toBe(200);
  expect((await external(gigahost, '3304', [{ ...DS, keyTag: 5 }])).status).toBe(200);
  expect(await stored()).toEqual([{ ...DS, keyTag: 5 }]);
});

test('one wrong DS among them refuses all', async () => {
  await using gigahost = await open();
  const message = async (wrong: Row) => (await external(gigahost, '3304', [DS, { ...DS, ...wrong }])).meta.message;
  expect(await message({ keyTag: 65_536 })).toBe('Invalid Key Tag: must be between 0-65535');
  expect(await message({ keyTag: '5' })).toBe('Invalid Key Tag: must be between 0-65535');
  expect(await message({ alg: 99 })).toBe('Invalid algorithm: 99');
  expect(await message({ digestType: 3 })).toBe('Invalid digest type: 3');
  expect(await message({ digest: 'xyz' })).toBe('Invalid digest: must be hexadecimal');
  expect((await external(gigahost, '3304', 'DS')).status).toBe(400);
  expect(gigahost.sandbox.world.dns.zone('kunde.example').externalDs).toEqual([]);
});

test('a zone on the nameservers of Gigahost takes and tells no external DS', async () => {
  await using gigahost = await open();
  const refusal = { status: 400, meta: { message: 'This endpoint is only for externally hosted domains.' } };
  expect(await external(gigahost, '3302', [DS])).toMatchObject(refusal);
  expect(await gigahost.get('/dns/zones/3302/ds-records/external')).toMatchObject(refusal);
});
