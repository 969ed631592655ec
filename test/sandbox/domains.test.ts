import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';
import { zoneOf } from './support/zones.js';

const register = (gigahost: Gigahost, body: Row) => gigahost.call<Row>('POST', '/dns/domains/register', { body });

const change = (gigahost: Gigahost, zone: string, what: string, body: Row) =>
  gigahost.call<Row>('PUT', `/dns/zones/${zone}/${what}`, { body });

const unpaid = ({ sandbox }: Gigahost): number[] =>
  sandbox.world.invoices.filter(({ paid, net }) => !paid && net === 12_900).map(({ net }) => net);

const COMPANY = {
  registrant_type: 'organization',
  email: 'post@kaffekunden.example',
  applicant_name: 'Kari Berg',
  zip_code: '3210',
  city: 'Sandefjord',
  org_number: '988888888',
  company_name: 'Kaffekunden AS',
};
const PERSON = {
  registrant_type: 'person',
  email: 'kari@kaffekunden.example',
  applicant_name: 'Kari Berg',
  first_name: 'Kari',
  last_name: 'Berg',
  zip_code: '3210',
  city: 'Sandefjord',
  pid: 'N.PRI.12345678',
};

test('an organisation is looked up by its number', async () => {
  await using gigahost = await open();
  const look = (number: string) => gigahost.get<Row>(`/dns/lookup/organization/${number}`);
  expect((await look('999999999')).data).toEqual({
    company_name: 'Fjordkaffe AS',
    address: 'Kaiveien 4',
    zip_code: '3211',
    city: 'Sandefjord',
  });
  expect((await look('911111111')).status).toBe(404);
  expect((await look('99999999')).status).toBe(400);
});

test('a domain is free unless the account or somebody else has it, and only .no can be asked about', async () => {
  await using gigahost = await open();
  const check = (domain: string) => gigahost.get<Row>(`/dns/domains/check/${domain}`);
  expect((await check('Ny-Kaffe.no')).data).toEqual({ domain: 'ny-kaffe.no', available: true, reason: '' });
  for (const taken of ['fjordkaffe.no', 'kaffe.no'])
    expect((await check(taken)).data).toEqual({
      domain: taken,
      available: false,
      reason: 'The domain is already registered.',
    });
  expect((await check('kaffe.example')).status).toBe(400);
});

test('registering makes a protected zone and an invoice', async () => {
  await using gigahost = await open();
  const { status, data } = await register(gigahost, { ...COMPANY, domain_name: 'kaffekunden.no' });
  expect(status).toBe(200);
  expect(data).toEqual({
    zone_id: gigahost.sandbox.world.dns.zone('kaffekunden.no').id,
    domain_name: 'kaffekunden.no',
    expires_at: '2027-10-05',
    status: 'active',
  });
  expect(await zoneOf(gigahost, 'kaffekunden.no')).toMatchObject({
    zone_protected: '1',
    domain_expiry_date: '2027-10-05 12:00:00',
    external_dns: '0',
  });
  expect(unpaid(gigahost)).toEqual([12_900]);
  const overview = await gigahost.get<{ invoices: Row[] }>('/billing');
  expect(overview.data.invoices[0]).toMatchObject({ inv_total: '129.00', inv_number: '2026413' });
  expect((await register(gigahost, { ...COMPANY, domain_name: 'kaffekunden.no' })).status).toBe(400);
  expect(unpaid(gigahost)).toHaveLength(1);
});

test('a zone that is there already becomes the one of the domain', async () => {
  await using gigahost = await open();
  await gigahost.call('POST', '/dns/zones', { body: { zone_name: 'kaffekunden.no', create_default_records: true } });
  const { zone_id } = await zoneOf(gigahost, 'kaffekunden.no');
  const nameservers = ['ns1.dns.example', 'ns2.dns.example'];
  const body = { ...PERSON, domain_name: 'kaffekunden.no', use_gigahost_ns: false, nameservers };
  expect((await register(gigahost, body)).data.zone_id).toBe(zone_id);
  expect(await zoneOf(gigahost, 'kaffekunden.no')).toMatchObject({ external_dns: '1', record_count: 5 });
});

test('a registration that lacks something is refused and costs nothing', async () => {
  await using gigahost = await open();
  const domain_name = 'kaffekunden.no';
  const wrong: Row[] = [
    COMPANY,
    { ...COMPANY, domain_name: 'kaffekunden.example' },
    { ...COMPANY, domain_name: 'butikk.kaffekunden.no' },
    { ...COMPANY, domain_name, email: 'kari' },
    { ...COMPANY, domain_name, org_number: '12' },
    { ...COMPANY, domain_name, company_name: undefined },
    { ...COMPANY, domain_name, registrant_type: 'club' },
    { ...PERSON, domain_name, pid: '12345678' },
    { ...PERSON, domain_name, last_name: undefined },
    { ...COMPANY, domain_name, use_gigahost_ns: false },
    { ...COMPANY, domain_name, use_gigahost_ns: false, nameservers: ['ns1.dns.example'] },
  ];
  for (const body of wrong)
    expect({ body, status: (await register(gigahost, body)).status }).toEqual({ body, status: 400 });
  expect(unpaid(gigahost)).toEqual([]);
});

test('the registrant is read, and changing it costs a year that is added', async () => {
  await using gigahost = await open();
  const registrant = async () => (await gigahost.get<Row>('/dns/zones/3303/registrant')).data;
  expect(await registrant()).toMatchObject({
    organization: 'Fjordkaffe AS',
    postal_code: 'NO-3211',
    identity: '999999999',
    type: 'organization',
  });
  expect((await change(gigahost, '3303', 'registrant', PERSON)).status).toBe(400);
  expect(unpaid(gigahost)).toEqual([]);
  expect((await change(gigahost, '3303', 'registrant', { ...PERSON, agree_to_terms: true })).status).toBe(200);
  expect(await registrant()).toMatchObject({ name: 'Kari Berg', organization: null, type: 'person' });
  expect(await zoneOf(gigahost, 'kaffe-abonnement.no')).toMatchObject({ domain_expiry_date: '2027-10-29 12:00:00' });
  expect(unpaid(gigahost)).toHaveLength(1);
  expect((await gigahost.get<Row>('/dns/zones/3302/registrant')).data.organization).toBe('Fjordkaffe AS');
});

test('renewal by itself is switched with 0 and 1 only', async () => {
  await using gigahost = await open();
  expect((await change(gigahost, '3303', 'auto-renew', { auto_renew: 1 })).status).toBe(200);
  expect((await zoneOf(gigahost, 'kaffe-abonnement.no')).domain_auto_renew).toBe('1');
  expect((await change(gigahost, '3303', 'auto-renew', { auto_renew: false })).status).toBe(400);
  expect((await zoneOf(gigahost, 'kaffe-abonnement.no')).domain_auto_renew).toBe('1');
});

test('other nameservers make a domain external, their rows replace those of Gigahost, and back again', async () => {
  await using gigahost = await open();
  const delegate = (...nameservers: string[]) => change(gigahost, '3303', 'nameservers', { nameservers });
  const apex = async () => {
    const { data } = await gigahost.get<Row[]>('/dns/zones/3303/records');
    return data.filter(row => row.record_type === 'NS').map(row => row.record_value);
  };
  expect((await delegate('NS1.dns.example.', 'ns2.dns.example')).status).toBe(200);
  expect((await zoneOf(gigahost, 'kaffe-abonnement.no')).external_dns).toBe('1');
  expect(await apex()).toEqual(['ns1.dns.example', 'ns2.dns.example']);
  expect(gigahost.sandbox.lookup('kaffe-abonnement.no')).toEqual([]);
  expect((await delegate('ns1.dns.example')).status).toBe(400);
  expect((await delegate('ns1.dns.example', 'ns2.nobody.invalid')).meta.message).toMatch(/does not answer/);
  expect((await delegate('ns1.gigahost.no', 'ns2.gigahost.no', 'ns3.gigahost.no')).status).toBe(200);
  expect((await zoneOf(gigahost, 'kaffe-abonnement.no')).external_dns).toBe('0');
  expect(await apex()).toEqual(['ns1.gigahost.no', 'ns2.gigahost.no', 'ns3.gigahost.no']);
});

test('the e-mail address is published, or behind an alias that is another one every time', async () => {
  await using gigahost = await open();
  const set = (body: Row) => change(gigahost, '3302', 'registrant-email', body);
  const email = 'domener@fjordkaffe.example';
  expect((await set({ email })).data).toEqual({ protected: false, email });
  const first = (await set({ email, enable_protection: true })).data;
  expect(first).toMatchObject({ protected: true, email: expect.stringMatching(/@whoisbeskyttelse\.no$/) as string });
  expect((await gigahost.get<Row>('/dns/zones/3302/registrant')).data.email).toBe(first.email);
  expect((await set({ email, enable_protection: true })).data.email).not.toBe(first.email);
  expect((await set({ email: 'nobody' })).status).toBe(400);
});

test('what is for registered domains is refused on any other zone', async () => {
  await using gigahost = await open();
  const bodies: Record<string, Row> = {
    registrant: { ...PERSON, agree_to_terms: true },
    'auto-renew': { auto_renew: 1 },
    nameservers: { nameservers: ['ns1.dns.example', 'ns2.dns.example'] },
  };
  for (const [what, body] of Object.entries(bodies))
    expect((await change(gigahost, '3301', what, body)).status).toBe(403);
  expect((await gigahost.get('/dns/zones/3301/registrant')).status).toBe(403);
  expect(await change(gigahost, '3301', 'registrant-email', { email: 'a@b.example' })).toMatchObject({
    status: 403,
    meta: { message: 'Email can only be updated for registered domains.' },
  });
});
