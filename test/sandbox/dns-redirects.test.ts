import { expect, test } from 'vitest';
import { open, START, type Gigahost, type Row } from './support/open.js';
import { recordRows } from './support/zones.js';

const redirect =
  (method: string, zone: string) =>
  (gigahost: Gigahost, body?: Row, query = '') =>
    gigahost.call<Row[]>(method, `/dns/zones/${zone}/redirect${query}`, body ? { body } : {});

async function addresses(gigahost: Gigahost, zone: string): Promise<unknown[][]> {
  return (await recordRows(gigahost, zone))
    .filter(row => row.record_type === 'A')
    .map(row => [row.record_name, row.record_value]);
}

async function emptyZone(gigahost: Gigahost): Promise<string> {
  await gigahost.call('POST', '/dns/zones', { body: { zone_name: 'omvei.example' } });
  return gigahost.sandbox.world.dns.zone('omvei.example').id;
}

const target_url = 'https://fjordkaffe.example/tilbud';

test('the redirects of a zone are listed with a time that names no zone', async () => {
  await using gigahost = await open();
  const { data } = await redirect('GET', '3302')(gigahost);
  const created_at = '2026-05-18 12:00:00';
  expect(data).toEqual([
    {
      domain: 'shop.fjordkaffe.no',
      source: 'shop',
      target_url: 'https://fjordkaffe.example',
      enabled: true,
      created_at,
    },
  ]);
});

test('a redirect of the apex brings its A record and those of www, and takes them along', async () => {
  await using gigahost = await open();
  const id = await emptyZone(gigahost);
  const { status, data } = await redirect('POST', id)(gigahost, { target_url });
  expect([status, data]).toEqual([201, { domain: 'omvei.example', source: '@', target_url }]);
  expect(await addresses(gigahost, id)).toEqual([
    ['@', '203.0.113.81'],
    ['www', '203.0.113.81'],
  ]);
  expect((await redirect('GET', id)(gigahost)).data).toMatchObject([
    { source: '@', created_at: new Date(START).toISOString().slice(0, 19).replace('T', ' ') },
    { source: 'www' },
  ]);
  expect((await redirect('DELETE', id)(gigahost, undefined, '?source=@')).status).toBe(200);
  expect(await addresses(gigahost, id)).toEqual([]);
  expect((await redirect('GET', id)(gigahost)).data).toEqual([]);
});

test('a redirect of a subdomain brings one A record', async () => {
  await using gigahost = await open();
  expect((await redirect('POST', '3301')(gigahost, { target_url, source: 'Tilbud' })).status).toBe(201);
  expect(await addresses(gigahost, '3301')).toContainEqual(['tilbud', '203.0.113.81']);
  const other = 'https://fjordkaffe.example/jul';
  expect((await redirect('PUT', '3301')(gigahost, { target_url: other, source: 'tilbud' })).status).toBe(200);
  expect((await redirect('GET', '3301')(gigahost)).data).toMatchObject([{ source: 'tilbud', target_url: other }]);
  expect((await redirect('DELETE', '3301')(gigahost, undefined, '?source=tilbud')).status).toBe(200);
  expect(await addresses(gigahost, '3301')).not.toContainEqual(['tilbud', '203.0.113.81']);
});

test('an A record in the way is named in the refusal', async () => {
  await using gigahost = await open();
  const message = async (body: Row, zone = '3301') => (await redirect('POST', zone)(gigahost, body)).meta.message;
  expect(await message({ target_url })).toBe(
    "DNS conflict: '@' has an existing A record (192.0.2.10). Please remove it before adding a redirect.",
  );
  expect(await message({ target_url, source: 'api' })).toBe(
    "DNS conflict: 'api' has an existing A record (192.0.2.10). Please remove it before adding a redirect.",
  );
  expect(await message({ target_url, source: 'shop' }, '3302')).toBe(
    'A redirect already exists for shop.fjordkaffe.no. Delete it first or update instead.',
  );
  expect(await message({ target_url: 'fjordkaffe.example' })).toBe(
    'Invalid target URL format. Must be a valid URL (e.g. https://example.com).',
  );
});

test('where www is an alias it is left alone', async () => {
  await using gigahost = await open();
  const zone = gigahost.sandbox.world.dns.zone('fjordkaffe.example');
  zone.records = zone.records.filter(({ name, type }) => name !== '@' || type !== 'A');
  expect((await redirect('POST', '3301')(gigahost, { target_url })).status).toBe(201);
  expect((await redirect('GET', '3301')(gigahost)).data).toMatchObject([{ source: '@' }]);
  expect((await redirect('POST', '3301')(gigahost, { target_url, source: 'www' })).status).toBe(400);
});

test('a zone on other nameservers has no redirects, and says so instead of listing none', async () => {
  await using gigahost = await open();
  const message = 'Redirects are not available for externally hosted domains.';
  expect(await redirect('GET', '3304')(gigahost)).toMatchObject({ status: 400, meta: { message }, data: [] });
  expect(await redirect('POST', '3304')(gigahost, { target_url, source: 'x' })).toMatchObject({
    status: 400,
    meta: { message: 'This domain uses external nameservers. Redirects cannot be configured.' },
  });
});

test('an unknown source is not found, and an empty one is refused', async () => {
  await using gigahost = await open();
  expect((await redirect('PUT', '3302')(gigahost, { target_url, source: 'blogg' })).status).toBe(404);
  expect((await redirect('PUT', '3302')(gigahost, { target_url })).status).toBe(400);
  expect((await redirect('DELETE', '3302')(gigahost, undefined, '?source=blogg')).status).toBe(404);
  expect((await redirect('DELETE', '3302')(gigahost, undefined, '?source=')).status).toBe(400);
  expect((await redirect('GET', '3302')(gigahost)).data).toHaveLength(1);
});

test("a redirect and a record written at the same time get in each other's way", async () => {
  await using gigahost = await open({ dnsWriteMs: 600 });
  const [one, other] = await Promise.all([
    redirect('POST', '3301')(gigahost, { target_url, source: 'jul' }),
    gigahost.call('POST', '/dns/zones/3301/records', { body: { record_name: 'x', record_value: '192.0.2.9' } }),
  ]);
  expect([one.status, other.status].sort()).toEqual([201, 500]);
});
