import { expect, test } from 'vitest';
import { open, START, type Gigahost, type Row } from './support/open.js';

const PATH = '/account/clients';
const detail = async ({ get }: Gigahost, id = '501') => (await get<Record<string, Row[]>>(`${PATH}/${id}`)).data;
const create = ({ call }: Gigahost, body: Row) => call<Row>('POST', PATH, { body });
const names = (rows: Row[] | undefined, key: string) => rows?.map(row => row[key]);

test('the demo account has one sub-client, with a server and a domain', async () => {
  await using gigahost = await open();
  expect((await gigahost.get<Row[]>(PATH)).data).toMatchObject([
    {
      client_id: '501',
      client_username: 'GH-10501',
      client_name: 'Kari Solberg',
      client_company_name: 'Kafé Solsiden',
      client_active: '1',
      client_login_enabled: 1,
    },
  ]);
  const client = await detail(gigahost);
  expect(client).toMatchObject({
    servers: [{ id: '611', srv_id: '18106', srv_name: 'build01', ip_address: '192.0.2.30' }],
    domains: [{ id: '621', zone_id: '3304', zone_name: 'kunde.example' }],
    webhosting: [],
  });
  expect(names(client.domains_unassigned, 'zone_name')).toEqual([
    'fjordkaffe.example',
    'fjordkaffe.no',
    'kaffe-abonnement.no',
    '0.0.0.0.0.4.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
  ]);
  expect(client.webhosting_unassigned).toEqual([
    { hosting_id: '4101', domain: 'fjordkaffe.no', package: 'Webhotell Medium' },
    { hosting_id: '4102', domain: 'kaffe-abonnement.no', package: 'Webhotell Small' },
  ]);
  expect(names(client.servers_unassigned, 'srv_name')).not.toContain('build01');
});

test('only partners have sub-clients', async () => {
  await using gigahost = await open();
  expect((await gigahost.get('/account')).data).toMatchObject({ cust_partner: '1' });
  gigahost.sandbox.world.account.partner = false;
  expect((await gigahost.get(PATH)).status).toBe(403);
  expect((await gigahost.get('/account')).data).toMatchObject({ cust_partner: '0' });
});

test('a created sub-client has a user name made from its id, and defaults', async () => {
  await using gigahost = await open();
  const { status, data } = await create(gigahost, { name: 'Ola Berg', password: 'mokka1', email: 'ola@kunde.example' });
  expect(status).toBe(201);
  expect(data.client_username).toBe(`GH-${Number(data.client_id) + 10_000}`);
  expect(await detail(gigahost, String(data.client_id))).toMatchObject({
    client_name: 'Ola Berg',
    client_email: 'ola@kunde.example',
    client_company_name: null,
    client_active: '1',
    client_login_enabled: 1,
    client_invoice_direct: '0',
    client_created: String(START / 1000),
  });
  expect(gigahost.sandbox.world.people.outbox).toEqual([]);
});

test('a sub-client wants a name and a password, and direct billing wants to know where to', async () => {
  await using gigahost = await open();
  const person = { name: 'Ola Berg', password: 'mokka1' };
  const billed = { ...person, invoice_direct: 1, email: 'ola@kunde.example', address: 'Torget 1' };
  const wrong = [
    { name: 'Ola Berg' },
    { ...person, name: ' ' },
    { ...person, password: 'mokka' },
    { ...person, login_enabled: true },
    { ...billed, email: undefined },
    { ...billed, address: undefined },
    { ...billed, company_name: 'Berg AS', company_no: '1234' },
  ];
  for (const body of wrong) expect((await create(gigahost, body)).status).toBe(400);
  expect((await create(gigahost, billed)).status).toBe(201);
  expect((await create(gigahost, { ...billed, company_name: 'Berg AS', company_no: '999999997' })).status).toBe(201);
});

test('a change names its fields with a prefix, and leaves the others alone', async () => {
  await using gigahost = await open();
  const put = (body: Row) => gigahost.call('PUT', `${PATH}/501`, { body });
  expect((await put({ client_city: 'Larvik', client_login_enabled: 0, name: 'ignored' })).status).toBe(200);
  expect(await detail(gigahost)).toMatchObject({
    client_name: 'Kari Solberg',
    client_city: 'Larvik',
    client_login_enabled: 0,
    client_zip: '3210',
  });
  expect((await put({ client_company_no: '12', client_invoice_direct: 1 })).status).toBe(400);
  expect((await put({ client_active: '0' })).status).toBe(400);
});

test('every login that is sent has a new password', async () => {
  await using gigahost = await open();
  const { outbox, clients } = gigahost.sandbox.world.people;
  const body = { name: 'Ola Berg', password: 'mokka1', email: 'ola@kunde.example', send_login: true };
  const id = String((await create(gigahost, body)).data.client_id);
  expect((await gigahost.call('POST', `${PATH}/${id}/sendlogin`)).status).toBe(200);
  expect(outbox.map(({ to }) => to)).toEqual(['ola@kunde.example', 'ola@kunde.example']);
  expect(outbox[0]?.password).toBe('mokka1');
  expect(outbox[1]?.password).not.toBe('mokka1');
  expect(clients[1]?.password).toBe(outbox[1]?.password);
});

test('a deleted sub-client is gone and what it had is free again', async () => {
  await using gigahost = await open();
  const id = String((await create(gigahost, { name: 'Ola Berg', password: 'mokka1' })).data.client_id);
  expect((await gigahost.call('DELETE', `${PATH}/501`)).status).toBe(200);
  expect((await gigahost.call('DELETE', `${PATH}/501`)).status).toBe(404);
  const client = await detail(gigahost, id);
  expect(names(client.servers_unassigned, 'srv_name')).toContain('build01');
  expect(names(client.domains_unassigned, 'zone_name')).toContain('kunde.example');
});

test.for([
  ['server', 'srv_id', '18104', 'servers', '18106'],
  ['domain', 'zone_id', 3303, 'domains', '3304'],
  ['webhosting', 'hosting_id', '4102', 'webhosting', null],
] as const)('a %s is assigned to one sub-client and taken back by the id of the assignment', async row => {
  const [segment, field, id, list, before] = row;
  await using gigahost = await open();
  const path = `${PATH}/501/${segment}`;
  const put = (value: unknown) => gigahost.call('PUT', path, { body: { [field]: value } });
  expect((await put('99999')).status).toBe(404);
  expect((await put('x')).status).toBe(400);
  expect((await put(id)).status).toBe(200);
  expect((await put(id)).status).toBe(400);
  const given = (await detail(gigahost))[list] ?? [];
  expect(names(given, field)).toEqual([...(before === null ? [] : [before]), String(id)]);
  expect((await gigahost.call('DELETE', `${path}/${id}`)).status).toBe(404);
  expect((await gigahost.call('DELETE', `${path}/${String(given.at(-1)?.id)}`)).status).toBe(200);
  expect(names((await detail(gigahost))[list], field)).toEqual(before === null ? [] : [before]);
});
