import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';

const emails = async (gigahost: Gigahost): Promise<Row[]> =>
  (await gigahost.get<{ emails: Row[] }>('/webhosting/4101/emails')).data.emails;
const forwarders = async (gigahost: Gigahost): Promise<Row[]> =>
  (await gigahost.get<{ forwarders: Row[] }>('/webhosting/4101/email-forwarders')).data.forwarders;
const kept = (gigahost: Gigahost, user: string) =>
  gigahost.sandbox.world.hosting.account('fjordkaffe.no').mailboxes.find(box => box.user === user);

test('the demo account has three mailboxes, told without their passwords', async () => {
  await using gigahost = await open();
  const told = await gigahost.get('/webhosting/4101/emails');
  expect((await emails(gigahost)).map(row => [row.email, row.quota, row.used])).toEqual([
    ['post@fjordkaffe.no', '2048', '812.00'],
    ['ingrid@fjordkaffe.no', '4096', '2230.00'],
    ['faktura@fjordkaffe.no', '1024', '154.00'],
  ]);
  expect(kept(gigahost, 'post')?.password).toHaveLength(14);
  expect(told.text).not.toContain(kept(gigahost, 'post')?.password);
});

test('a mailbox is created by its local part and listed with its address', async () => {
  await using gigahost = await open();
  const body = { email: 'Lager', password: 'hemmelig-9', quota: 500 };
  expect(await gigahost.call('POST', '/webhosting/4101/emails', { body })).toMatchObject({ status: 200, data: [] });
  expect((await emails(gigahost)).at(-1)).toMatchObject({ email: 'lager@fjordkaffe.no', quota: '500', used: '0.00' });
  expect(kept(gigahost, 'lager')?.password).toBe('hemmelig-9');
  const repeat = await gigahost.call('POST', '/webhosting/4101/emails', { body });
  expect(repeat).toMatchObject({ status: 400, meta: { message: 'Email account already exists.' } });
});

test('a mailbox without quota is unlimited', async () => {
  await using gigahost = await open();
  await gigahost.call('POST', '/webhosting/4101/emails', { body: { email: 'a', password: 'b' } });
  expect((await emails(gigahost)).at(-1)?.quota).toBe('0');
});

test('a complete address, an empty password and a quota below zero are refused', async () => {
  await using gigahost = await open();
  const good = { email: 'lager', password: 'x', quota: 1 };
  for (const wrong of [
    { email: 'lager@fjordkaffe.no' },
    { password: '' },
    { quota: -1 },
    { quota: '1' },
    { email: 7 },
  ]) {
    const reply = await gigahost.call('POST', '/webhosting/4101/emails', { body: { ...good, ...wrong } });
    expect(reply).toMatchObject({ status: 400, meta: { message: 'Invalid data received.' } });
  }
  expect(await emails(gigahost)).toHaveLength(3);
});

test('password and quota of a mailbox change, by its encoded address', async () => {
  await using gigahost = await open();
  const at = '/webhosting/4101/emails/post%40fjordkaffe.no';
  expect((await gigahost.call('PUT', `${at}/password`, { body: { password: 'ny' } })).status).toBe(200);
  expect((await gigahost.call('PUT', `${at}/quota`, { body: { quota: 0 } })).status).toBe(200);
  expect(kept(gigahost, 'post')).toMatchObject({ password: 'ny', quotaMb: 0 });
  expect((await gigahost.call('PUT', `${at}/quota`, { body: { quota: '9' } })).status).toBe(400);
  expect((await gigahost.call('PUT', `${at}/password`, { body: {} })).status).toBe(400);
  expect(kept(gigahost, 'post')).toMatchObject({ password: 'ny', quotaMb: 0 });
});

test('an address with a plus sign is reached when it is encoded', async () => {
  await using gigahost = await open();
  await gigahost.call('POST', '/webhosting/4101/emails', { body: { email: 'post+shop', password: 'x' } });
  expect((await gigahost.call('DELETE', '/webhosting/4101/emails/post%2Bshop%40fjordkaffe.no')).status).toBe(200);
  expect((await emails(gigahost)).map(row => row.user)).toEqual(['post', 'ingrid', 'faktura']);
});

test('a deleted mailbox is gone; a local part or a foreign address names none', async () => {
  await using gigahost = await open();
  const remove = async (name: string) =>
    (await gigahost.call('DELETE', `/webhosting/4101/emails/${encodeURIComponent(name)}`)).status;
  expect(await remove('faktura')).toBe(404);
  expect(await remove('faktura@kaffe-abonnement.no')).toBe(404);
  expect(await remove('faktura@fjordkaffe.no')).toBe(200);
  expect(await remove('faktura@fjordkaffe.no')).toBe(404);
  expect((await emails(gigahost)).map(row => row.user)).toEqual(['post', 'ingrid']);
});

test('forwarders take their targets as an array or as one text', async () => {
  await using gigahost = await open();
  const create = (body: Row) => gigahost.call('POST', '/webhosting/4101/email-forwarders', { body });
  expect((await create({ user: 'kurs', destinations: 'a@example.no, b@example.no' })).status).toBe(200);
  expect((await create({ user: 'presse', destinations: ['c@example.no'] })).status).toBe(200);
  expect((await forwarders(gigahost)).map(row => [row.email, row.destinations])).toEqual([
    ['salg@fjordkaffe.no', ['ingrid@fjordkaffe.no', 'jonas@example.no']],
    ['kurs@fjordkaffe.no', ['a@example.no', 'b@example.no']],
    ['presse@fjordkaffe.no', ['c@example.no']],
  ]);
  expect((await create({ user: 'kurs', destinations: 'a@example.no' })).status).toBe(400);
});

test('a forwarder needs targets that are addresses', async () => {
  await using gigahost = await open();
  for (const destinations of [[], '', 'ingrid', ['a@example.no', 7], undefined]) {
    const body = { user: 'kurs', destinations };
    expect((await gigahost.call('POST', '/webhosting/4101/email-forwarders', { body })).status).toBe(400);
  }
  expect(await forwarders(gigahost)).toHaveLength(1);
});

test('a forwarder is changed and deleted by its address or its local part', async () => {
  await using gigahost = await open();
  const at = '/webhosting/4101/email-forwarders';
  const body = { destinations: ['post@fjordkaffe.no'] };
  expect((await gigahost.call('PUT', `${at}/salg%40fjordkaffe.no`, { body })).status).toBe(200);
  expect((await forwarders(gigahost))[0]?.destinations).toEqual(['post@fjordkaffe.no']);
  expect((await gigahost.call('PUT', `${at}/ukjent`, { body })).status).toBe(404);
  expect((await gigahost.call('DELETE', `${at}/salg`)).status).toBe(200);
  expect(await forwarders(gigahost)).toEqual([]);
  expect((await gigahost.call('DELETE', `${at}/salg`)).status).toBe(404);
});
