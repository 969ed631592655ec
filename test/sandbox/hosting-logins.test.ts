import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';

test('the demo account has an FTP account, told without its password', async () => {
  await using gigahost = await open();
  const { data, text } = await gigahost.get<{ ftp: Row[] }>('/webhosting/4101/ftp');
  expect(data.ftp).toEqual([
    { username: 'deploy', login: 'deploy@fjordkaffe.no', host: 'ftp.fjordkaffe.no', path: '/wp-content/themes' },
  ]);
  expect(text).not.toContain(gigahost.sandbox.world.hosting.account('4101').ftpAccounts[0]?.password);
});

test('an FTP account without a path sees the whole site', async () => {
  await using gigahost = await open();
  const create = (body: Row) => gigahost.call('POST', '/webhosting/4101/ftp', { body });
  expect((await create({ username: 'foto', password: 'x', path: 'wp-content/uploads/' })).status).toBe(200);
  expect((await create({ username: 'alt', password: 'x' })).status).toBe(200);
  const { data } = await gigahost.get<{ ftp: Row[] }>('/webhosting/4101/ftp');
  expect(data.ftp.map(row => row.path)).toEqual(['/wp-content/themes', '/wp-content/uploads', '/']);
  const refused = [
    { username: 'foto', password: 'x' },
    { username: 'b' },
    { username: 'b', password: 'x', path: '../..' },
  ];
  for (const body of refused) expect((await create(body)).status).toBe(400);
});

test('the password of an FTP account changes, and the account goes', async () => {
  await using gigahost = await open();
  const at = '/webhosting/4101/ftp/deploy';
  expect((await gigahost.call('PUT', `${at}/password`, { body: { password: 'ny' } })).status).toBe(200);
  expect((await gigahost.call('PUT', `${at}/password`, { body: { password: 5 } })).status).toBe(400);
  expect(gigahost.sandbox.world.hosting.account('4101').ftpAccounts[0]?.password).toBe('ny');
  expect((await gigahost.call('DELETE', at)).status).toBe(200);
  expect((await gigahost.call('DELETE', at)).status).toBe(404);
  expect((await gigahost.call('PUT', `${at}/password`, { body: { password: 'x' } })).status).toBe(404);
  expect((await gigahost.get('/webhosting/4101/ftp')).data).toEqual({ ftp: [] });
});

test('a database is created, gets another password, and goes', async () => {
  await using gigahost = await open();
  const at = '/webhosting/4101/databases';
  const names = async () => (await gigahost.get<{ databases: Row[] }>(at)).data.databases.map(row => row.name);
  const body = { name: 'fjordkaf_lager', password: 'hemmelig' };
  expect((await gigahost.call('POST', at, { body })).status).toBe(200);
  expect((await gigahost.call('POST', at, { body })).status).toBe(400);
  expect(await names()).toEqual(['fjordkaf_wp', 'fjordkaf_lager']);
  const one = `${at}/fjordkaf_lager`;
  expect((await gigahost.call('PUT', `${one}/password`, { body: { password: 'ny' } })).status).toBe(200);
  expect(gigahost.sandbox.world.hosting.account('4101').databases[1]?.password).toBe('ny');
  expect((await gigahost.get(at)).text).not.toContain('"ny"');
  expect((await gigahost.call('DELETE', one)).status).toBe(200);
  expect((await gigahost.call('DELETE', one)).status).toBe(404);
  expect(await names()).toEqual(['fjordkaf_wp']);
});

test('a database needs a name of letters, digits and underscores, and a password', async () => {
  await using gigahost = await open();
  for (const body of [{ name: 'a b', password: 'x' }, { name: 'a' }, { password: 'x' }, { name: '', password: 'x' }])
    expect((await gigahost.call('POST', '/webhosting/4101/databases', { body })).status).toBe(400);
});
