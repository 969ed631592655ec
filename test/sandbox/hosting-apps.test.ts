import { expect, test } from 'vitest';
import { namesIn } from './support/hosting.js';
import { open, type Gigahost, type Row } from './support/open.js';

const installations = async (gigahost: Gigahost): Promise<Row[]> =>
  (await gigahost.get<{ installations: Row[] }>('/webhosting/4101/installations')).data.installations;
const databases = async (gigahost: Gigahost): Promise<unknown[]> =>
  (await gigahost.get<{ databases: Row[] }>('/webhosting/4101/databases')).data.databases.map(row => row.name);
const install = (gigahost: Gigahost, body: Row, id = '4101') =>
  gigahost.call<Row>('POST', `/webhosting/${id}/install`, { body });

test('WordPress is installed in the demo, one version behind', async () => {
  await using gigahost = await open();
  expect(await installations(gigahost)).toEqual([
    expect.objectContaining({
      id: '3401',
      app: 'wordpress',
      version: '6.8.2',
      latest_version: '6.8.3',
      update_available: '1',
      url: 'https://fjordkaffe.no/',
      database: 'fjordkaf_wp',
      status: 'installed',
    }),
  ]);
  const { data } = await gigahost.get<{ apps: Row[] }>('/webhosting/4102/apps/available');
  expect(data.apps.map(row => row.app)).toEqual(['wordpress', 'prestashop', 'matomo']);
});

test('an installation takes its time, then its files and its database are there', async () => {
  await using gigahost = await open({ installMs: 9000 });
  const body = {
    app: 'wordpress',
    path: '/blogg',
    site_title: 'Blogg',
    admin_username: 'jonas',
    admin_email: 'j@x.no',
  };
  const { status, data } = await install(gigahost, body);
  expect(status).toBe(200);
  expect(data).toMatchObject({
    url: 'https://fjordkaffe.no/blogg/',
    admin_url: 'https://fjordkaffe.no/blogg/wp-admin/',
    admin_username: 'jonas',
    admin_email: 'j@x.no',
  });
  expect((await installations(gigahost))[1]).toMatchObject({ id: data.id, status: 'installing', title: 'Blogg' });
  expect(await databases(gigahost)).toEqual(['fjordkaf_wp']);
  gigahost.advance(9000);
  expect((await installations(gigahost))[1]).toMatchObject({ id: data.id, status: 'installed', update_available: '0' });
  expect(await databases(gigahost)).toEqual(['fjordkaf_wp', 'fjordkaf_wp2']);
  expect(await namesIn(gigahost, '/public_html/blogg')).toEqual(['wp-content', 'index.php', 'wp-config.php']);
});

test('the password of the administrator is told once', async () => {
  await using gigahost = await open({ installMs: 0 });
  const given = (await install(gigahost, { app: 'matomo', path: '/a', admin_password: 'valgt-selv' })).data;
  const made = (await install(gigahost, { app: 'matomo', path: '/b' })).data;
  expect(given.admin_password).toBe('valgt-selv');
  expect(made).toMatchObject({ admin_username: 'admin', admin_email: 'demo@example.no' });
  expect(made.admin_password).toMatch(/^[a-zA-Z2-9]{14}$/);
  const { text } = await gigahost.get('/webhosting/4101/installations');
  for (const { admin_password } of [given, made]) expect(text).not.toContain(admin_password);
});

test('an application goes to a subdomain or an additional domain, and to no other', async () => {
  await using gigahost = await open({ installMs: 0 });
  await install(gigahost, { app: 'matomo', domain: 'kaffekurs.example' });
  expect(await namesIn(gigahost, '/domains/kaffekurs.example/public_html')).toEqual(['config', 'index.php']);
  await install(gigahost, { app: 'matomo', domain: 'meny.fjordkaffe.no' });
  expect(await namesIn(gigahost, '/public_html/meny')).toEqual(['config', 'index.html', 'index.php']);
  expect((await install(gigahost, { app: 'matomo', domain: 'example.no' })).status).toBe(400);
  expect((await installations(gigahost)).map(row => row.domain)).toEqual([
    'fjordkaffe.no',
    'kaffekurs.example',
    'meny.fjordkaffe.no',
  ]);
});

test('an installation overwrites files of the same name without a word', async () => {
  await using gigahost = await open({ installMs: 0 });
  const { files } = gigahost.sandbox.world.hosting.account('4101');
  files.write('/public_html/gammel/index.php', 'my own page', 0);
  expect((await install(gigahost, { app: 'matomo', path: '/gammel' })).status).toBe(200);
  await installations(gigahost);
  expect(files.content('/public_html/gammel/index.php')?.toString()).toContain('core/dispatch.php');
});

test('an unknown application, a taken folder and a full account refuse', async () => {
  await using gigahost = await open();
  expect((await install(gigahost, {})).status).toBe(400);
  expect((await install(gigahost, { app: 'drupal' })).status).toBe(404);
  expect((await install(gigahost, { app: 'wordpress' })).status).toBe(400);
  expect((await install(gigahost, { app: 'wordpress', path: '/../..' })).status).toBe(400);
  const full = await install(gigahost, { app: 'wordpress' }, '4102');
  expect(full).toMatchObject({ status: 400, meta: { message: 'Disk quota exceeded.' } });
  expect(await installations(gigahost)).toHaveLength(1);
});

test('an update runs for a while and is refused when there is none', async () => {
  await using gigahost = await open({ installMs: 9000 });
  const update = () => gigahost.call('POST', '/webhosting/4101/install/3401/update');
  expect((await update()).status).toBe(200);
  expect((await installations(gigahost))[0]).toMatchObject({ version: '6.8.2', status: 'updating' });
  expect((await update()).status).toBe(400);
  gigahost.advance(9000);
  expect((await installations(gigahost))[0]).toMatchObject({
    version: '6.8.3',
    status: 'installed',
    update_available: '0',
  });
  expect((await update()).status).toBe(400);
});

test('uninstalling takes its files and its database, and leaves the rest of the folder', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', '/webhosting/4101/install/3401')).status).toBe(200);
  expect(await installations(gigahost)).toEqual([]);
  expect(await databases(gigahost)).toEqual([]);
  expect(await namesIn(gigahost, '/public_html')).toEqual(['meny']);
  expect((await gigahost.call('DELETE', '/webhosting/4101/install/3401')).status).toBe(404);
});

test('what is uninstalled while being installed does not turn up later', async () => {
  await using gigahost = await open({ installMs: 9000 });
  const { data } = await install(gigahost, { app: 'matomo', path: '/stat' });
  await gigahost.call('DELETE', `/webhosting/4101/install/${String(data.id)}`);
  gigahost.advance(9000);
  expect(await databases(gigahost)).toEqual(['fjordkaf_wp']);
  expect(await namesIn(gigahost, '/public_html')).not.toContain('stat');
});
