import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { send } from './support/bytes.js';
import { open, type Gigahost, type Row } from './support/open.js';

const AT = '/webhosting/4101/install/3401';

const backups = async (gigahost: Gigahost): Promise<Row[]> =>
  (await gigahost.get<{ backups: Row[] }>(`${AT}/backups`)).data.backups;
const locations = async (gigahost: Gigahost): Promise<Row[]> =>
  (await gigahost.get<{ locations: Row[] }>(`${AT}/backuplocations`)).data.locations;
const act = (gigahost: Gigahost, body: Row) => gigahost.call('POST', `${AT}/backups`, { body });

test('WordPress has one backup, of an older version', async () => {
  await using gigahost = await open();
  expect(await backups(gigahost)).toEqual([
    {
      id: '8801',
      date: '1790078400',
      size: expect.stringMatching(/^48\d{6}$/) as string,
      version: '6.8.1',
      type: 'local',
    },
  ]);
});

test('a backup is listed once it is finished', async () => {
  await using gigahost = await open({ snapshotMs: 4000 });
  expect(await act(gigahost, { action: 'backup' })).toMatchObject({ status: 200, data: [] });
  expect(await backups(gigahost)).toHaveLength(1);
  gigahost.advance(4000);
  expect((await backups(gigahost))[1]).toMatchObject({ version: '6.8.2', type: 'local' });
});

test('a restore brings files, database and version back', async () => {
  await using gigahost = await open({ snapshotMs: 4000 });
  const account = gigahost.sandbox.world.hosting.account('4101');
  const config = account.files.content('/public_html/wp-config.php')?.toString();
  account.files.write('/public_html/wp-config.php', 'broken', 0);
  account.files.write('/public_html/wp-content/virus.php', 'bad', 0);
  account.databases = [];
  expect((await act(gigahost, { action: 'restore', backup: '8801' })).status).toBe(200);
  expect(account.installations[0]?.state).toBe('restoring');
  expect((await act(gigahost, { action: 'restore', backup: '8801' })).status).toBe(400);
  gigahost.advance(4000);
  const { data } = await gigahost.get<{ installations: Row[] }>('/webhosting/4101/installations');
  expect(data.installations[0]).toMatchObject({ version: '6.8.1', status: 'installed' });
  expect(account.files.content('/public_html/wp-config.php')?.toString()).toBe(config);
  expect(account.files.find('/public_html/wp-content/virus.php')).toBeNull();
  expect(account.files.isFile('/public_html/meny/index.html')).toBe(true);
  expect(account.databases.map(({ name }) => name)).toEqual(['fjordkaf_wp']);
});

test('an unknown action or backup changes nothing', async () => {
  await using gigahost = await open();
  expect((await act(gigahost, {})).status).toBe(400);
  expect((await act(gigahost, { action: 'delete' })).status).toBe(400);
  expect((await act(gigahost, { action: 'restore' })).status).toBe(400);
  expect((await act(gigahost, { action: 'restore', backup: '9' })).status).toBe(404);
  expect((await gigahost.get('/webhosting/4101/install/9/backups')).status).toBe(404);
  expect(gigahost.sandbox.world.hosting.account('4101').installations[0]?.state).toBe('installed');
});

test('a stored destination is told with its password', async () => {
  await using gigahost = await open();
  const stored = gigahost.sandbox.world.hosting.account('4101').backupLocations[0];
  expect(await locations(gigahost)).toEqual([
    { id: 'local', name: 'This account', type: 'local' },
    {
      id: '12',
      name: 'webbackup@backup01.fjordkaffe.example',
      type: 'sftp',
      host: 'backup01.fjordkaffe.example',
      port: '22',
      user: 'webbackup',
      pass: stored?.password,
      path: '/srv/backup/web',
    },
  ]);
});

test('a backup to a new server stores the server as a destination', async () => {
  await using gigahost = await open({ snapshotMs: 0 });
  const ftp = { type: 'ftps', host: 'ftp.example.no', user: 'kaffe', pass: 'hemmelig', path: 'web' };
  expect((await act(gigahost, { action: 'backup', location: 'new', ftp })).status).toBe(200);
  expect((await locations(gigahost))[2]).toMatchObject({ type: 'ftps', port: '990', pass: 'hemmelig', path: '/web' });
  expect((await backups(gigahost))[1]).toMatchObject({ type: 'remote' });
  expect((await act(gigahost, { action: 'backup', location: '12' })).status).toBe(200);
  expect((await act(gigahost, { action: 'backup', location: '13' })).status).toBe(404);
  expect((await act(gigahost, { action: 'backup', location: 'new' })).status).toBe(400);
  for (const wrong of [{ type: 'scp' }, { host: '' }, { port: 70_000 }, { user: undefined }])
    expect((await act(gigahost, { action: 'backup', location: 'new', ftp: { ...ftp, ...wrong } })).status).toBe(400);
  expect(await locations(gigahost)).toHaveLength(3);
});

test('a backup downloads as an archive with its files in it', async () => {
  await using gigahost = await open();
  const { status, headers, bytes } = await send(gigahost, 'GET', `${AT}/backups/8801/download`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/octet-stream');
  expect(headers.get('content-disposition')).toContain('filename="wordpress-8801.tar.gz"');
  const archive = gunzipSync(bytes);
  expect(archive.length % 512).toBe(0);
  expect(archive.includes('public_html/wp-config.php')).toBe(true);
  expect(archive.includes('public_html/meny')).toBe(false);
  expect((await send(gigahost, 'GET', `${AT}/backups/9/download`)).status).toBe(404);
});

test('a deleted backup is gone', async () => {
  await using gigahost = await open();
  const remove = (body: Row) => gigahost.call('DELETE', `${AT}/backups`, { body });
  expect((await remove({})).status).toBe(400);
  expect((await remove({ backup: '8801' })).status).toBe(200);
  expect((await remove({ backup: '8801' })).status).toBe(404);
  expect(await backups(gigahost)).toEqual([]);
});
