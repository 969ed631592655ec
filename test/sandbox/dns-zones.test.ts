import { expect, test } from 'vitest';
import { faultsIn } from './support/contract.js';
import { open, type Gigahost, type Row } from './support/open.js';
import { recordRows, zoneOf, zones } from './support/zones.js';

const add = (gigahost: Gigahost, body: Row) => gigahost.call<unknown>('POST', '/dns/zones', { body });

async function records(gigahost: Gigahost, name: string): Promise<unknown[][]> {
  const { zone_id } = await zoneOf(gigahost, name);
  const rows = await recordRows(gigahost, String(zone_id));
  return rows.map(row => [row.record_name, row.record_type, row.record_value, Number(row.record_ttl)]);
}

async function upload(gigahost: Gigahost, name: string, text: string): Promise<{ status: number; data: unknown }> {
  const { url, apiKey } = gigahost.sandbox;
  const body = new FormData();
  body.set('zone_name', name);
  body.set('zone_file', new File([text], 'zone.txt'));
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${url}/dns/zones`, { method: 'POST', headers, body });
  const reply = (await response.json()) as { data: unknown };
  if (response.ok) expect(faultsIn('POST', '/dns/zones', reply, response.status)).toEqual([]);
  return { status: response.status, data: reply.data };
}

test('the demo account has these zones', async () => {
  await using gigahost = await open();
  const told = (await zones(gigahost)).map(row => [
    row.zone_id,
    row.zone_name,
    row.zone_is_registered,
    row.zone_protected,
    row.external_dns,
    row.domain_auto_renew,
    row.domain_expiry_date,
  ]);
  expect(told).toEqual([
    ['3301', 'fjordkaffe.example', '0', '0', '0', null, null],
    ['3302', 'fjordkaffe.no', '1', '1', '0', '1', '2027-05-04 12:00:00'],
    ['3303', 'kaffe-abonnement.no', '1', '1', '0', '0', '2026-10-29 12:00:00'],
    ['3304', 'kunde.example', '0', '0', '1', null, null],
    ['3305', '0.0.0.0.0.4.0.0.8.b.d.0.1.0.0.2.ip6.arpa', '0', '0', '0', null, null],
  ]);
});

test('every read of every zone fits the contract', async () => {
  await using gigahost = await open();
  const answers: Record<string, number[]> = {};
  for (const { id } of gigahost.sandbox.world.dns.zones) {
    const tails = ['records', 'redirect', 'ds-records', 'ds-records/external', 'registrant'];
    const replies = await Promise.all(tails.map(tail => gigahost.get(`/dns/zones/${id}/${tail}`)));
    answers[id] = replies.map(({ status }) => status);
  }
  expect(answers).toEqual({
    3301: [200, 200, 400, 400, 403],
    3302: [200, 200, 200, 400, 200],
    3303: [200, 200, 400, 400, 200],
    3304: [200, 400, 400, 200, 403],
    3305: [200, 200, 400, 400, 403],
  });
});

test('addresses in the zones belong to servers and web hosting of the account, or to a redirect', async () => {
  await using gigahost = await open();
  const { dns, servers, hosting } = gigahost.sandbox.world;
  const onServers = servers.flatMap(({ addresses }) => addresses.map(({ address }) => address));
  const owned = [...onServers, ...hosting.accounts.map(({ address }) => address)];
  for (const zone of dns.zones)
    for (const { name, type, value } of zone.records.filter(({ type }) => type === 'A' || type === 'AAAA')) {
      const isRedirect = zone.redirects.some(({ source }) => source === name);
      expect([zone.name, name, type, isRedirect || owned.includes(value)]).toEqual([zone.name, name, type, true]);
      if (isRedirect) expect(value).toBe('203.0.113.81');
    }
});

test('names of the zones resolve, through aliases too, but not those on other nameservers', async () => {
  await using gigahost = await open();
  expect(gigahost.sandbox.lookup('www.Fjordkaffe.example.')).toEqual(['192.0.2.10', '2001:db8:2::10']);
  expect(gigahost.sandbox.lookup('post.kaffe-abonnement.no')).toEqual(['198.51.100.25', '2001:db8:51::25']);
  expect(gigahost.sandbox.lookup('www.kunde.example')).toEqual([]);
});

test('a plain zone is created without telling its id, and is found under its lower-cased name', async () => {
  await using gigahost = await open();
  expect(await add(gigahost, { zone_name: 'Ny.Example' })).toMatchObject({
    status: 201,
    meta: { message: 'Zone created successfully.' },
    data: [],
  });
  expect(await zoneOf(gigahost, 'ny.example')).toMatchObject({ zone_type: 'NATIVE', record_count: 4 });
  expect((await records(gigahost, 'ny.example')).map(([, type]) => type)).toEqual(['SOA', 'NS', 'NS', 'NS']);
});

test('default records come when asked for, and a name with other letters is listed in both forms', async () => {
  await using gigahost = await open();
  await add(gigahost, { zone_name: 'blåbær.example', create_default_records: true });
  expect(await zoneOf(gigahost, 'xn--blbr-roah.example')).toMatchObject({ zone_name_display: 'blåbær.example' });
  expect((await records(gigahost, 'xn--blbr-roah.example')).slice(4)).toEqual([
    ['@', 'A', '203.0.113.80', 3600],
    ['www', 'A', '203.0.113.80', 3600],
  ]);
});

test('a zone twice, a name that is none and an unknown type are refused', async () => {
  await using gigahost = await open();
  const status = async (body: Row) => (await add(gigahost, body)).status;
  expect(await add(gigahost, { zone_name: 'FJORDKAFFE.example' })).toMatchObject({
    status: 400,
    meta: { message: 'Zone already exists.' },
  });
  expect(await status({ zone_name: 'nothing' })).toBe(400);
  expect(await status({})).toBe(400);
  expect(await status({ zone_name: 'x.example', zone_type: 'HIDDEN' })).toBe(400);
  expect(await zones(gigahost)).toHaveLength(5);
});

test('a zone file is imported without its SOA and apex NS, and the reply holds the zone', async () => {
  await using gigahost = await open();
  const file = `$ORIGIN brenneri.example.
$TTL 2h
@   IN SOA ns1.old.example. admin.old.example. ( 2026010101 ; serial
        3600 900
        604800 300 )
    IN NS ns1.old.example.
@   300 IN A 192.0.2.10
www     CNAME brenneri.example.
    IN MX 10 mail ; in the office
mail    A 198.51.100.25
txt     TXT "v=spf1 -all; really" ; a note
long    TXT ( "${'a'.repeat(255)}"
             "bb" )
_x._tcp SRV 0 1 443 www
_443._tcp TLSA 3 1 1 abcd
$ORIGIN lab.brenneri.example.
node    AAAA 2001:0db8:0::5
`;
  const { status, data } = await upload(gigahost, 'brenneri.example', file);
  expect(status).toBe(201);
  expect(data).toMatchObject([{ zone_name: 'brenneri.example', record_count: 12 }]);
  expect((await records(gigahost, 'brenneri.example')).slice(4)).toEqual([
    ['@', 'A', '192.0.2.10', 300],
    ['www', 'CNAME', 'brenneri.example.', 7200],
    ['www', 'MX', 'mail.brenneri.example', 7200],
    ['mail', 'A', '198.51.100.25', 7200],
    ['txt', 'TXT', 'v=spf1 -all; really', 7200],
    ['long', 'TXT', `${'a'.repeat(255)}" "bb`, 7200],
    ['_x._tcp', 'SRV', '0 1 443 www.brenneri.example.', 7200],
    ['node.lab', 'AAAA', '2001:db8::5', 7200],
  ]);
});

test('a zone file with a line that cannot be read, or outside the zone, creates nothing', async () => {
  await using gigahost = await open();
  expect((await upload(gigahost, 'brenneri.example', '@ IN A here\n')).status).toBe(400);
  expect((await upload(gigahost, 'brenneri.example', 'www.example.no. IN A 192.0.2.1\n')).status).toBe(400);
  expect((await upload(gigahost, 'brenneri.example', `; ${'x'.repeat(2_000_001)}\n`)).status).toBe(400);
  expect(await zones(gigahost)).toHaveLength(5);
});

test('a transfer tells the id of its zone, costs money and takes a while', async () => {
  await using gigahost = await open();
  const { invoices } = gigahost.sandbox.world;
  const before = invoices.length;
  const body = { zone_name: 'kaffe.no', transfer_domain: true };
  expect((await add(gigahost, body)).status).toBe(400);
  expect((await add(gigahost, { ...body, zone_name: 'free-name.no', auth_code: 'x' })).status).toBe(400);
  expect((await add(gigahost, { ...body, zone_name: 'kaffe.example', auth_code: 'x' })).status).toBe(400);
  expect(invoices).toHaveLength(before);
  const { data } = await add(gigahost, { ...body, auth_code: 'K4ff3', use_existing_ns: true });
  expect(data).toEqual({ zone_id: gigahost.sandbox.world.dns.zone('kaffe.no').id });
  expect(invoices).toHaveLength(before + 1);
  expect(await zoneOf(gigahost, 'kaffe.no')).toMatchObject({ zone_is_registered: '0', external_dns: '1' });
  gigahost.advance(60_000);
  expect(await zoneOf(gigahost, 'kaffe.no')).toMatchObject({ zone_is_registered: '1', domain_status: 'active' });
});

test('a zone is deleted with its records, but not one that is registered', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', '/dns/zones/3301')).status).toBe(200);
  expect((await gigahost.get('/dns/zones/3301/records')).status).toBe(404);
  expect((await gigahost.call('DELETE', '/dns/zones/3301')).status).toBe(404);
  expect((await gigahost.call('DELETE', '/dns/zones/3302')).status).toBe(400);
  expect((await zones(gigahost)).map(row => row.zone_id)).toEqual(['3302', '3303', '3304', '3305']);
});

test('a reverse zone is created with its id in the reply', async () => {
  await using gigahost = await open();
  const ptr = (body: Row) => gigahost.call<Row>('POST', '/dns/zones/ptr', { body });
  const ipv4 = { prefix: '203.0.113', ip_version: 'ipv4', zone_name: '113.0.203.in-addr.arpa' };
  const { status, data } = await ptr(ipv4);
  expect([status, data.zone_id]).toEqual([201, (await zoneOf(gigahost, ipv4.zone_name)).zone_id]);
  expect(await ptr(ipv4)).toMatchObject({ status: 400, meta: { message: 'PTR zone already exists.' } });
  expect(await ptr({ ...ipv4, zone_name: '203.0.113.in-addr.arpa' })).toMatchObject({
    status: 400,
    meta: { message: 'Invalid IPv4 PTR zone name format.' },
  });
  const ipv6 = { prefix: '2001:db8::', ip_version: 'ipv6', zone_name: '8.b.d.0.1.0.0.2.ip6.arpa' };
  expect((await ptr(ipv6)).status).toBe(201);
  expect((await ptr({ ...ipv6, zone_name: '2001.ip6.arpa' })).status).toBe(400);
  expect((await ptr({ ...ipv6, ip_version: 6 })).status).toBe(400);
});

test('a zone can be made as big as a test wants', async () => {
  await using gigahost = await open({ extraRecords: 1200 });
  expect(await zoneOf(gigahost, 'big.example')).toMatchObject({ zone_id: '3390', record_count: 1204 });
  const names = (await records(gigahost, 'big.example')).map(([name]) => name);
  expect([names[4], names.at(-1), new Set(names.slice(4)).size]).toEqual(['host-00001', 'host-01200', 1200]);
});
