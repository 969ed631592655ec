import { expect, test } from 'vitest';
import { open, signIn, START, type Row } from './support/open.js';

test('postal and billing details change field by field, also under the older alias', async () => {
  await using gigahost = await open();
  const authorization = await signIn(gigahost);
  const body = { cust_address2: '2. etasje', cust_city: 'Larvik', cust_billing_email2: 'regnskap@example.no' };
  expect((await gigahost.call('PUT', '/account', { body })).status).toBe(200);
  expect((await gigahost.get('/account')).data).toMatchObject({ ...body, cust_address: 'Kaiveien 4' });
  const legacy = (await gigahost.get('/my/account', { authorization })).body;
  expect(legacy).toMatchObject({ cust_address2: '2. etasje', cust_city: 'Larvik', cust_province: 'Vestfold' });
});

test('HTML characters and broken addresses are refused, and nothing of the request is kept', async () => {
  await using gigahost = await open();
  for (const wrong of [{ cust_city: '<b>Larvik</b>' }, { cust_billing_email: 'faktura' }, { cust_zipcode: 3211 }]) {
    const { status, meta } = await gigahost.call('PUT', '/account', { body: { cust_address: 'Ny vei 1', ...wrong } });
    expect({ status, message: meta.message }).toEqual({ status: 400, message: 'Invalid data received.' });
  }
  expect((await gigahost.get<Row>('/account')).data.cust_address).toBe('Kaiveien 4');
});

test('notification preferences want all five flags, as integers', async () => {
  await using gigahost = await open();
  const flags = {
    cust_newsletter: 1,
    cust_incident: 0,
    cust_bandwidth_notification: 0,
    cust_email_on_login: 1,
    cust_notify_service_renewal: 0,
  };
  const put = (body: Row) => gigahost.call('PUT', '/account/notifications', { body });
  expect((await put({ ...flags, cust_incident: undefined })).status).toBe(400);
  expect((await put({ ...flags, cust_incident: true })).status).toBe(400);
  expect((await put(flags)).status).toBe(200);
  expect((await gigahost.get('/account')).data).toMatchObject({
    cust_newsletter: true,
    cust_incident: false,
    cust_bandwidth_notification: false,
    cust_email_on_login: '1',
    cust_notify_service_renewal: 0,
  });
});

test('the activity log has the newest line first, and is closed to API keys', async () => {
  await using gigahost = await open();
  expect((await gigahost.get('/account/activity')).status).toBe(403);
  const authorization = await signIn(gigahost);
  await gigahost.call('PUT', '/account', { authorization, body: { cust_city: 'Larvik' } });
  const { data } = await gigahost.get<Row[]>('/account/activity', { authorization });
  expect(data).toHaveLength(10);
  expect(data.slice(0, 3)).toMatchObject([
    {
      contact_id: '31',
      contact_name: 'Ingrid Nes',
      contact_username: 'demo@example.no',
      log_timestamp: String(START / 1000),
      log_entry: 'Account details updated.',
    },
    { log_entry: 'Signed in from 127.0.0.1.' },
    { log_id: '41008', log_entry: 'Signed in from 198.51.100.77 with passkey "YubiKey 5C".' },
  ]);
});

test('the e-mail of the account changes once the hash sent to it comes back', async () => {
  await using gigahost = await open();
  const { outbox } = gigahost.sandbox.world.people;
  const post = (body: Row) => gigahost.call('POST', '/account/email', { body });
  expect((await post({ email: 'not an address' })).status).toBe(400);
  expect((await post({ email: 'Jonas@example.no' })).meta.message).toBe('Email address is already in use.');
  expect((await post({ email: 'ingrid@example.no' })).status).toBe(200);
  expect((await gigahost.get('/account')).data).toMatchObject({ cust_email: 'demo@example.no' });
  expect(outbox).toMatchObject([{ to: 'ingrid@example.no', at: START }]);

  const hash = outbox[0]?.hash;
  expect((await post({ hash: 'f'.repeat(32) })).status).toBe(400);
  expect((await post({ hash })).status).toBe(201);
  expect((await post({ hash })).status).toBe(400);
  expect((await gigahost.get<Row>('/account')).data).toMatchObject({
    cust_email: 'ingrid@example.no',
    contacts: [{ contact_username: 'ingrid@example.no' }, {}, {}],
  });
});

test('a hash works for a day', async () => {
  await using gigahost = await open();
  await gigahost.call('POST', '/account/email', { body: { email: 'ingrid@example.no' } });
  gigahost.advance(24 * 3600 * 1000);
  const hash = gigahost.sandbox.world.people.outbox[0]?.hash;
  expect((await gigahost.call('POST', '/account/email', { body: { hash } })).status).toBe(400);
});

test('the language is one of two', async () => {
  await using gigahost = await open();
  const put = (language: string) => gigahost.call('PUT', '/account/language', { body: { contact_language: language } });
  expect((await put('nb')).status).toBe(400);
  expect((await put('en')).status).toBe(200);
  expect((await gigahost.get<Row>('/account')).data.contacts).toMatchObject([
    { contact_language: 'en' },
    { contact_language: 'no' },
    { contact_language: 'no' },
  ]);
});

test('an account is closed only without services and debts, and then nobody gets in', async () => {
  await using gigahost = await open();
  const authorization = await signIn(gigahost);
  const { world } = gigahost.sandbox;
  const close = () => gigahost.call('DELETE', '/account/delete', { authorization });
  expect(await close()).toMatchObject({ status: 400, meta: { message: 'Account has existing services (Servers).' } });
  world.servers.splice(0);
  expect((await close()).meta.message).toBe('Account has existing services (Web hosting).');
  for (const account of [...world.hosting.accounts]) world.hosting.remove(account);
  expect((await close()).meta.message).toBe('Account has unpaid invoices.');
  for (const invoice of world.invoices) invoice.paid = true;
  expect((await close()).status).toBe(200);
  expect((await gigahost.get('/account', { authorization })).status).toBe(401);
  expect((await gigahost.get('/account')).status).toBe(401);
});
