import { expect, test } from 'vitest';
import { open, signIn, START, type Row } from './support/open.js';

test('a session sees the secrets of contacts, an API key does not', async () => {
  await using gigahost = await open();
  const authorization = await signIn(gigahost);
  const contacts = async (asked = {}) => (await gigahost.get<Row>('/account', asked)).data.contacts as Row[];
  expect((await contacts({ authorization }))[0]).toMatchObject({
    contact_2fa: '1',
    contact_2fa_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    api_key: gigahost.sandbox.world.account.contacts[0]?.legacyApiKey,
  });
  for (const contact of await contacts()) {
    expect(contact).not.toHaveProperty('contact_2fa_secret');
    expect(contact).not.toHaveProperty('api_key');
  }
});

test('the account lists SSH keys, passkeys, users and orders', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row>('/account');
  expect(data).toMatchObject({ cust_name: 'Fjordkaffe AS', cust_email_on_login: '0', cust_newsletter: false });
  const lengths = ['sshkeys', 'passkeys', 'contacts', 'orders'].map(key => (data[key] as Row[]).length);
  expect(lengths).toEqual([2, 2, 3, 6]);
});

test('the older aliases have their fields at the top level', async () => {
  await using gigahost = await open();
  const authorization = await signIn(gigahost);
  const account = (await gigahost.get('/my/account', { authorization })).body;
  expect(account).toMatchObject({ success: true, cust_name: 'Fjordkaffe AS' });
  expect(account).not.toHaveProperty('meta');
  const { body } = await gigahost.get('/my/invoices', { authorization });
  expect(body).toMatchObject({
    success: true,
    invoices: [{ inv_total: '1249.00', inv_total_vat: 1561.25 }, {}, {}, {}, {}, {}, {}, {}],
  });
  expect(body).not.toHaveProperty('data');
});

test('billing mixes quoted and bare numbers among its rows, and quotes the status', async () => {
  await using gigahost = await open();
  const { meta, data } = await gigahost.get<Row>('/billing');
  expect(meta.status).toBe('200');
  expect((data.invoices as Row[]).slice(0, 2)).toMatchObject([
    { inv_id: '70412', order_id: 5405, inv_total: '1249.00', inv_vat: 312.25, inv_total_vat: '1561.25', inv_paid: '0' },
    { inv_id: 70411, order_id: '5403', inv_total: 79, inv_vat: '19.75', inv_total_vat: 98.75, inv_paid: 1 },
  ]);
  expect(data.credit).toEqual([{ credit_currency: 'NOK', credit_amount: '500.00' }]);
});

test('one invoice is overdue, one is not yet due, and the others are paid', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row>('/billing');
  const unpaid = (data.invoices as Row[]).filter(row => !Number(row.inv_paid));
  expect(unpaid.map(row => [String(row.inv_id), Number(row.inv_duedate) * 1000 < START])).toEqual([
    ['70412', false],
    ['70410', true],
  ]);
});
