import { expect, test } from 'vitest';
import { basic, open, type Gigahost, type Row } from './support/open.js';

const JONAS = { contact_name: 'Jonas Lie', contact_username: 'jonas@example.no', contact_access_level: 'user' };
const invitation = { name: 'Kari Holm', username: 'kari@example.no', accesslevel: 'user' };

const userOf = async ({ get }: Gigahost, id: string) => (await get<Row>(`/account/user/${id}`)).data;
const update = ({ call }: Gigahost, id: string, body: Row) => call('PUT', `/account/user/${id}`, { body });

test('an invited user gets a link, and is active once it has been used', async () => {
  await using gigahost = await open();
  const { outbox } = gigahost.sandbox.world.people;
  expect((await gigahost.call('POST', '/account', { body: invitation })).status).toBe(200);
  const { contacts } = (await gigahost.get<{ contacts: Row[] }>('/account')).data;
  expect(contacts.map(row => row.contact_name)).toEqual(['Ingrid Nes', 'Jonas Lie', 'Drift', 'Kari Holm']);
  const id = String(contacts[3]?.contact_id);
  expect(await userOf(gigahost, id)).toMatchObject({ contact_access_level: 'user', contact_active: 0, servers: [] });

  expect(outbox).toMatchObject([{ to: 'kari@example.no' }]);
  const validate = (hash: unknown) => gigahost.call('POST', '/account/validate', { body: { hash } });
  expect((await validate('0'.repeat(32))).status).toBe(400);
  expect((await validate(outbox[0]?.hash)).status).toBe(200);
  expect(await userOf(gigahost, id)).toMatchObject({ contact_active: 1 });
});

test('an invitation wants a free address and a known level', async () => {
  await using gigahost = await open();
  for (const [wrong, message] of [
    [{ username: 'Jonas@Example.no' }, 'Email address is already in use.'],
    [{ accesslevel: 'owner' }, 'Access level is not valid.'],
    [{ username: 'kari' }, 'Invalid data received.'],
    [{ name: '<Kari>' }, 'Invalid data received.'],
  ] as const) {
    const answer = await gigahost.call('POST', '/account', { body: { ...invitation, ...wrong } });
    expect(answer).toMatchObject({ status: 400, meta: { message } });
  }
  expect(gigahost.sandbox.world.account.contacts).toHaveLength(3);
});

test('a user who is given a password signs in with it, and is kept out of what admins do', async () => {
  await using gigahost = await open();
  const authorization = basic('jonas@example.no', 'grovmalt');
  expect((await gigahost.get('/servers', { authorization })).status).toBe(401);
  expect((await update(gigahost, '32', { ...JONAS, contact_password: 'mokk' })).status).toBe(400);
  expect((await update(gigahost, '32', { ...JONAS, contact_password: 'grovmalt' })).status).toBe(200);

  expect((await gigahost.get('/servers', { authorization })).status).toBe(200);
  const { data } = await gigahost.get<Row>('/account', { authorization });
  expect(data).toMatchObject({ cust_name: 'Fjordkaffe AS' });
  expect(data).not.toHaveProperty('contacts');
  expect(data).not.toHaveProperty('orders');
  for (const path of ['/account/activity', '/account/apikeys', '/account/user/31', '/account/clients'])
    expect({ path, ...(await gigahost.get(path, { authorization })) }).toMatchObject({ path, status: 403 });
});

test('a user of the level server sees the servers handed to them only', async () => {
  await using gigahost = await open();
  const drift = { contact_name: 'Drift', contact_username: 'drift@example.no', contact_access_level: 'server' };
  await update(gigahost, '33', { ...drift, contact_password: 'vaktordning' });
  const authorization = basic('drift@example.no', 'vaktordning');
  const { data } = await gigahost.get<Row[]>('/servers', { authorization });
  expect(data.map(row => row.srv_name)).toEqual(['web01', 'web02']);
  expect((await gigahost.get('/servers/18102', { authorization })).status).toBe(200);
  expect((await gigahost.get('/servers/18103', { authorization })).status).toBe(403);
  expect((await gigahost.get('/billing', { authorization })).status).toBe(403);
});

test('a new address has to be confirmed again', async () => {
  await using gigahost = await open();
  await update(gigahost, '32', { ...JONAS, contact_password: 'grovmalt' });
  expect((await update(gigahost, '32', { ...JONAS, contact_username: 'lie@example.no' })).status).toBe(200);
  const signIn = async () =>
    (await gigahost.get('/servers', { authorization: basic('lie@example.no', 'grovmalt') })).status;
  expect(await signIn()).toBe(401);
  const [mail] = gigahost.sandbox.world.people.outbox;
  expect(mail?.to).toBe('lie@example.no');
  await gigahost.call('POST', '/account/validate', { body: { hash: mail?.hash } });
  expect(await signIn()).toBe(200);
});

test('the last admin stays one', async () => {
  await using gigahost = await open();
  const ingrid = { contact_name: 'Ingrid Nes', contact_username: 'demo@example.no', contact_access_level: 'user' };
  expect(await update(gigahost, '31', ingrid)).toMatchObject({
    status: 400,
    meta: { message: 'The last admin cannot be downgraded.' },
  });
  await update(gigahost, '32', { ...JONAS, contact_access_level: 'admin' });
  expect((await update(gigahost, '31', ingrid)).status).toBe(200);
  expect((await update(gigahost, '32', JONAS)).status).toBe(403);
});

test('a removed user is gone, with sessions and keys; nobody removes themselves', async () => {
  await using gigahost = await open();
  const { people } = gigahost.sandbox.world;
  const key = people.issueKey({ label: 'jonas', permissions: null, contactId: '32' });
  const withKey = async () => (await gigahost.get('/servers', { authorization: `Bearer ${key.secret}` })).status;
  expect(await withKey()).toBe(200);
  expect((await gigahost.call('DELETE', '/account/user/31')).meta.message).toBe('You cannot remove yourself.');
  expect((await gigahost.call('DELETE', '/account/user/32')).status).toBe(200);
  expect((await gigahost.call('DELETE', '/account/user/32')).status).toBe(404);
  expect((await gigahost.get('/account/user/32')).status).toBe(404);
  expect(await withKey()).toBe(401);
});

test('servers are handed out and taken back by the id of the assignment', async () => {
  await using gigahost = await open();
  const path = '/account/user/33/server';
  expect(await userOf(gigahost, '33')).toMatchObject({
    servers: [
      { id: '71', srv_id: '18101', srv_name: 'web01', ip_address: '192.0.2.10' },
      { id: '72', srv_id: '18102', srv_name: 'web02', ip_address: '192.0.2.11' },
    ],
  });
  expect((await gigahost.call('PUT', path, { body: { srv_id: 18103 } })).status).toBe(200);
  expect((await gigahost.call('PUT', path, { body: { srv_id: '99999' } })).status).toBe(404);
  expect((await gigahost.call('PUT', path, { body: { srv_id: 'db01' } })).status).toBe(400);
  expect((await gigahost.call('DELETE', `${path}/18101`)).status).toBe(404);
  expect((await gigahost.call('DELETE', `${path}/71`)).status).toBe(200);
  const user = await userOf(gigahost, '33');
  expect((user.servers as Row[]).map(row => row.srv_name)).toEqual(['web02', 'db01']);
  expect((user.servers_unassigned as Row[]).map(row => row.srv_name)).toEqual([
    'web01',
    'mail01',
    'backup01',
    'build01',
    'legacy-db',
  ]);
});

test('handing the same server out twice makes two assignments', async () => {
  await using gigahost = await open();
  for (let n = 0; n < 2; n += 1) await gigahost.call('PUT', '/account/user/32/server', { body: { srv_id: '18104' } });
  const rows = (await userOf(gigahost, '32')).servers as Row[];
  expect(rows.map(row => row.srv_name)).toEqual(['mail01', 'mail01']);
  expect(rows[0]?.id).not.toBe(rows[1]?.id);
});
