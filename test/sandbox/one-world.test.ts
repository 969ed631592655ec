import { createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { defaultReverse } from '../../src/sandbox/world/state.js';
import { open, type Gigahost, type Row } from './support/open.js';
import { recordRows } from './support/zones.js';

/** Contents of a name and type in a zone, as the API tells them, chunks of a text joined. */
async function contents(gigahost: Gigahost, zone: string, name: string, type: string): Promise<string[]> {
  const { id } = gigahost.sandbox.world.dns.zone(zone);
  return (await recordRows(gigahost, id))
    .filter(row => row.record_name === name && row.record_type === type)
    .map(row => String(row.record_value).replaceAll('" "', ''));
}

const dkim = async (gigahost: Gigahost, id: string): Promise<Row> =>
  (await gigahost.get<{ dkim: Row }>(`/webhosting/${id}/email-dkim`)).data.dkim;

const switchDkim = (gigahost: Gigahost, id: string, enable: boolean) =>
  gigahost.call('PUT', `/webhosting/${id}/email-dkim`, { body: { enable } });

const order = (gigahost: Gigahost, zone_id: string, update_dns: 0 | 1) =>
  gigahost.call<Row>('POST', '/webhosting', { body: { zone_id, product_id: 6101, billing_period: 1, update_dns } });

test('reverse names that somebody gave lead back to their address', async () => {
  await using gigahost = await open();
  const { sandbox } = gigahost;
  const named = sandbox.world.servers
    .flatMap(({ addresses }) => addresses)
    .filter(({ address, reverse }) => reverse !== '' && reverse !== defaultReverse(address));
  expect(named.map(({ reverse }) => reverse)).toContain('mail01.fjordkaffe.example');
  for (const { address, reverse } of named) expect(sandbox.lookup(reverse)).toContain(address);
});

test('the mail servers of the shop call themselves by the name they have', async () => {
  await using gigahost = await open();
  const { sandbox } = gigahost;
  const hosts = await contents(gigahost, 'fjordkaffe.example', '@', 'MX');
  expect(hosts).toEqual(['mail01.fjordkaffe.example', 'backup01.fjordkaffe.example']);
  const all = sandbox.world.servers.flatMap(({ addresses }) => addresses);
  for (const host of hosts) {
    const reverses = sandbox.lookup(host).map(found => all.find(({ address }) => address === found)?.reverse);
    expect(new Set(reverses)).toEqual(new Set([host]));
  }
});

test('the domains with web hosting point to its servers', async () => {
  await using gigahost = await open();
  for (const [id, domain] of [
    ['4101', 'fjordkaffe.no'],
    ['4102', 'kaffe-abonnement.no'],
  ] as const) {
    const { hosting } = (await gigahost.get<{ hosting: Row }>(`/webhosting/${id}`)).data;
    expect(gigahost.sandbox.lookup(domain)).toEqual([hosting.ip]);
    expect(gigahost.sandbox.lookup(`www.${domain}`)).toEqual([hosting.ip]);
  }
  expect(gigahost.sandbox.lookup('meny.fjordkaffe.no')).toEqual(['203.0.113.101']);
});

test('mail of fjordkaffe.no is set up for the server its mailboxes are on', async () => {
  await using gigahost = await open();
  const ask = (name: string, type: string) => contents(gigahost, 'fjordkaffe.no', name, type);
  expect(await ask('@', 'MX')).toEqual(['mail.fjordkaffe.no']);
  expect(await ask('mail', 'A')).toEqual([gigahost.sandbox.world.hosting.account('4101').address]);
  expect(await ask('@', 'TXT')).toEqual(['v=spf1 a mx -all']);
  expect(await ask('x._domainkey', 'TXT')).toEqual([(await dkim(gigahost, '4101')).record_value]);
  const key = Buffer.from((await ask('x._domainkey', 'TXT'))[0]?.split('p=')[1] ?? '', 'base64');
  expect(createPublicKey({ key, format: 'der', type: 'spki' }).asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(await ask('_dmarc', 'TXT')).toEqual(['v=DMARC1; p=quarantine; rua=mailto:post@fjordkaffe.no']);
});

test('mail of kaffe-abonnement.no is set up wrongly', async () => {
  await using gigahost = await open();
  const ask = (name: string, type: string) => contents(gigahost, 'kaffe-abonnement.no', name, type);
  expect(await ask('@', 'MX')).toEqual(['post.kaffe-abonnement.no']);
  expect(await ask('post', 'CNAME')).toEqual(['mail01.fjordkaffe.example.']);
  expect((await ask('@', 'TXT')).filter(text => text.startsWith('v=spf1'))).toHaveLength(2);
  expect(await ask('_dmarc', 'TXT')).toEqual([]);
  expect((await dkim(gigahost, '4102')).enabled).toBe('0');
});

test('switching DKIM of web hosting writes and removes its record', async () => {
  await using gigahost = await open();
  const key = () => contents(gigahost, 'kaffe-abonnement.no', 'x._domainkey', 'TXT');
  expect(await key()).toEqual([]);
  await switchDkim(gigahost, '4102', true);
  await switchDkim(gigahost, '4102', true);
  expect(await key()).toEqual([(await dkim(gigahost, '4102')).record_value]);
  await switchDkim(gigahost, '4102', false);
  expect(await key()).toEqual([]);
});

test('with nameservers elsewhere DKIM leaves the zone alone', async () => {
  await using gigahost = await open();
  const { data } = await order(gigahost, '3304', 0);
  expect((await switchDkim(gigahost, String(data.hosting_id), true)).status).toBe(200);
  expect(await contents(gigahost, 'kunde.example', 'x._domainkey', 'TXT')).toEqual([]);
});

test('an order with update_dns puts its web and mail records in the place of others', async () => {
  await using gigahost = await open();
  const ask = (name: string, type: string) => contents(gigahost, 'fjordkaffe.example', name, type);
  const before = await contents(gigahost, 'fjordkaffe.example', 'web01', 'A');
  expect((await order(gigahost, '3301', 1)).status).toBe(201);
  expect(gigahost.sandbox.lookup('www.fjordkaffe.example')).toEqual(['203.0.113.103']);
  expect(gigahost.sandbox.lookup('fjordkaffe.example')).toEqual(['203.0.113.103']);
  expect(await ask('www', 'CNAME')).toEqual([]);
  expect(await ask('@', 'MX')).toEqual(['mail.fjordkaffe.example']);
  expect(await ask('@', 'TXT')).toEqual(['kasse-verifikasjon=3f7c1b90e2', 'v=spf1 a mx -all']);
  expect(await ask('@', 'NS')).toHaveLength(3);
  expect(await ask('web01', 'A')).toEqual(before);
});

test('an order without update_dns leaves the zone as it is', async () => {
  await using gigahost = await open();
  const zone = gigahost.sandbox.world.dns.zone('3301');
  const before = structuredClone(zone.records);
  expect((await order(gigahost, '3301', 0)).status).toBe(201);
  expect(zone.records).toEqual(before);
});

test("records, redirects and DNSSEC of one zone get in each other's way", async () => {
  await using gigahost = await open({ dnsWriteMs: 800 });
  const { sandbox } = gigahost;
  const record = { record_name: 'jul', record_value: '192.0.2.9' };
  const target_url = 'https://fjordkaffe.example';
  const replies = await Promise.all([
    gigahost.call('POST', '/dns/zones/3303/records', { body: record }),
    gigahost.call('POST', '/dns/zones/3303/redirect', { body: { source: 'sommer', target_url } }),
    gigahost.call('PUT', '/dns/zones/3303/dnssec', { body: { enable: 1 } }),
    gigahost.call('POST', '/dns/zones/3302/records', { body: record }),
  ]);
  const statuses = replies.map(({ status }) => status);
  expect(statuses.slice(0, 3).filter(status => status === 500)).toHaveLength(2);
  expect(statuses[3]).toBe(201);
  const { records, redirects, dnssec } = sandbox.world.dns.zone('3303');
  const done = [records.some(({ name }) => name === 'jul'), redirects.length > 0, dnssec !== null];
  expect(done).toEqual(statuses.slice(0, 3).map(status => status !== 500));
});

test("a new server or address is never given one of Gigahost's own", async () => {
  await using gigahost = await open();
  const ordered: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    await gigahost.call('POST', '/servers/18105/ipv4', { body: { ip_type: 'l2' } });
    ordered.push(gigahost.sandbox.world.server('backup01').orderedAddresses.at(-1)?.address.address ?? '');
  }
  expect(ordered).toEqual(['203.0.113.104', '203.0.113.105', '203.0.113.106', '203.0.113.107']);
});

test('invoices of top-ups and web hosting are numbered in one row', async () => {
  await using gigahost = await open();
  const { world } = gigahost.sandbox;
  const last = Number(world.invoices[0]?.number);
  await gigahost.call('POST', '/account/topup', { body: { currency: 'nok', amount: 100 } });
  await order(gigahost, '3301', 0);
  await gigahost.call('PUT', '/webhosting/4101', { body: { product_id: '6103' } });
  const numbers = world.invoices.slice(0, 3).map(({ number }) => Number(number));
  expect(numbers).toEqual([last + 3, last + 2, last + 1]);
});
