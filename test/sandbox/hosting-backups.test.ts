import { expect, test } from 'vitest';
import { open, type Gigahost, type Row } from './support/open.js';

const AT = '/webhosting/4101/backups';

const filenames = async (gigahost: Gigahost): Promise<unknown[]> =>
  (await gigahost.get<{ backups: Row[] }>(AT)).data.backups.map(row => row.filename);
const act = async (gigahost: Gigahost, body: Row): Promise<number> =>
  (await gigahost.call('POST', AT, { body })).status;

test('backups of one day have names of their own', async () => {
  await using gigahost = await open({ snapshotMs: 4000 });
  expect(await act(gigahost, { action: 'backup' })).toBe(200);
  expect(await filenames(gigahost)).toEqual(['backup-2026-09-29-1.tar.gz']);
  gigahost.advance(4000);
  await act(gigahost, { action: 'backup' });
  gigahost.advance(4000);
  expect(await filenames(gigahost)).toEqual([
    'backup-2026-09-29-1.tar.gz',
    'backup-2026-10-05-1.tar.gz',
    'backup-2026-10-05-2.tar.gz',
  ]);
});

test('a restore makes files, databases and applications what they were, and leaves mail alone', async () => {
  await using gigahost = await open({ snapshotMs: 4000 });
  await gigahost.call('DELETE', '/webhosting/4101/install/3401');
  await gigahost.call('POST', '/webhosting/4101/files/delete', { body: { paths: ['/'] } });
  await gigahost.call('DELETE', '/webhosting/4101/emails/post%40fjordkaffe.no');
  expect(await act(gigahost, { action: 'restore', filename: 'backup-2026-09-29-1.tar.gz' })).toBe(200);
  expect((await gigahost.get('/webhosting/4101/installations')).data).toEqual({ installations: [] });
  gigahost.advance(4000);
  const { data } = await gigahost.get<{ installations: Row[] }>('/webhosting/4101/installations');
  expect(data.installations[0]).toMatchObject({ id: '3401', version: '6.8.2' });
  expect((await gigahost.get('/webhosting/4101/files/edit?path=/public_html/index.php')).status).toBe(200);
  const account = gigahost.sandbox.world.hosting.account('4101');
  expect(account.databases.map(({ name }) => name)).toEqual(['fjordkaf_wp']);
  expect(account.mailboxes.map(({ user }) => user)).toEqual(['ingrid', 'faktura']);
});

test('a backup is not changed by what happens to the site later', async () => {
  await using gigahost = await open({ snapshotMs: 0 });
  const restore = () => act(gigahost, { action: 'restore', filename: 'backup-2026-09-29-1.tar.gz' });
  const account = gigahost.sandbox.world.hosting.account('4101');
  await restore();
  await filenames(gigahost);
  account.files.remove('/');
  account.databases.splice(0);
  await restore();
  await filenames(gigahost);
  expect(account.files.isFile('/logs/error.log')).toBe(true);
  expect(account.databases).toHaveLength(1);
});

test('an unknown backup, action or name changes nothing', async () => {
  await using gigahost = await open();
  expect(await act(gigahost, {})).toBe(400);
  expect(await act(gigahost, { action: 'restore' })).toBe(400);
  expect(await act(gigahost, { action: 'restore', filename: 'nope.tar.gz' })).toBe(404);
  expect(await act(gigahost, { action: 'download', filename: 'backup-2026-09-29-1.tar.gz' })).toBe(400);
});

test('a deleted backup is gone', async () => {
  await using gigahost = await open();
  const remove = async (body: Row) => (await gigahost.call('DELETE', AT, { body })).status;
  expect(await remove({})).toBe(400);
  expect(await remove({ filename: 'backup-2026-09-29-1.tar.gz' })).toBe(200);
  expect(await remove({ filename: 'backup-2026-09-29-1.tar.gz' })).toBe(404);
  expect(await filenames(gigahost)).toEqual([]);
});
