import { expect, test } from 'vitest';
import { formOf, send } from './support/bytes.js';
import { namesIn } from './support/hosting.js';
import { open, type Gigahost, type Row } from './support/open.js';

const post = async (gigahost: Gigahost, action: string, body: Row, id = '4101'): Promise<number> =>
  (await gigahost.call('POST', `/webhosting/${id}/files/${action}`, { body })).status;
const textOf = async (gigahost: Gigahost, path: string): Promise<unknown> =>
  (await gigahost.get<Row | undefined>(`/webhosting/4101/files/edit?path=${encodeURIComponent(path)}`)).data?.text;

test('a saved file reads back, and saving over it asks nothing', async () => {
  await using gigahost = await open();
  const file = { path: '/public_html', filename: 'robots.txt' };
  expect(await post(gigahost, 'save', { ...file, text: 'User-agent: *\n' })).toBe(200);
  expect(await textOf(gigahost, '/public_html/robots.txt')).toBe('User-agent: *\n');
  expect(await post(gigahost, 'save', { ...file, text: 'æøå' })).toBe(200);
  expect(await textOf(gigahost, '/public_html/robots.txt')).toBe('æøå');
  expect(await post(gigahost, 'save', file)).toBe(200);
  expect(await textOf(gigahost, '/public_html/robots.txt')).toBe('');
});

test('a file is saved into a folder that exists, under a name without slashes', async () => {
  await using gigahost = await open();
  const save = (body: Row) => post(gigahost, 'save', { path: '/public_html', filename: 'a', text: 'x', ...body });
  expect(await save({ path: '/nowhere' })).toBe(404);
  for (const wrong of [{ filename: '../a' }, { filename: '..' }, { filename: '' }, { path: '/..' }, { text: 7 }])
    expect(await save(wrong)).toBe(400);
  expect(await save({ filename: 'meny' })).toBe(400);
  expect(await namesIn(gigahost, '/public_html')).toEqual(['meny', 'wp-content', 'index.php', 'wp-config.php']);
});

test('creating a file that exists empties it', async () => {
  await using gigahost = await open();
  expect(await post(gigahost, 'create', { path: '/', filename: 'ny.txt' })).toBe(200);
  expect(await textOf(gigahost, '/ny.txt')).toBe('');
  expect(await post(gigahost, 'create', { path: '/public_html', filename: 'index.php' })).toBe(200);
  expect(await textOf(gigahost, '/public_html/index.php')).toBe('');
});

test('a folder is created once', async () => {
  await using gigahost = await open();
  const body = { path: '/public_html', name: 'bilder' };
  expect(await post(gigahost, 'folder', body)).toBe(200);
  expect(await post(gigahost, 'folder', body)).toBe(400);
  expect(await post(gigahost, 'folder', { path: '/nowhere', name: 'bilder' })).toBe(404);
  expect(await namesIn(gigahost, '/public_html')).toContain('bilder');
  expect(await namesIn(gigahost, '/public_html/bilder')).toEqual([]);
});

test('a renamed folder takes along what is in it', async () => {
  await using gigahost = await open();
  const body = { path: '/public_html/wp-content', old: 'uploads', filename: 'media' };
  expect(await post(gigahost, 'rename', body)).toBe(200);
  expect(await post(gigahost, 'rename', body)).toBe(404);
  expect(await namesIn(gigahost, '/public_html/wp-content')).toEqual(['media', 'themes']);
  expect(await namesIn(gigahost, '/public_html/wp-content/media/2026')).toEqual(['09']);
  expect((await gigahost.get('/webhosting/4101/files/list?path=/public_html/wp-content/uploads')).status).toBe(404);
});

test('renaming does not overwrite', async () => {
  await using gigahost = await open();
  const body = { path: '/public_html', old: 'index.php', filename: 'wp-config.php' };
  expect(await post(gigahost, 'rename', body)).toBe(400);
  expect(await textOf(gigahost, '/public_html/index.php')).toContain('WP_USE_THEMES');
});

test('deleting takes a folder with all in it, and nothing when one of the paths is wrong', async () => {
  await using gigahost = await open();
  const remove = (paths: unknown) => post(gigahost, 'delete', { paths });
  expect(await remove(['/public_html/index.php', '/nowhere'])).toBe(404);
  expect(await textOf(gigahost, '/public_html/index.php')).toContain('WP_USE_THEMES');
  for (const wrong of [[], [''], '/logs', [7], ['/../x']]) expect(await remove(wrong)).toBe(400);
  expect(await remove(['/public_html/wp-content', '/logs/error.log'])).toBe(200);
  expect(await namesIn(gigahost, '/public_html')).toEqual(['meny', 'index.php', 'wp-config.php']);
  expect(await namesIn(gigahost, '/logs')).toEqual([]);
});

test('a folder is no prefix: deleting /public_html/meny leaves /public_html/menyer', async () => {
  await using gigahost = await open();
  await post(gigahost, 'folder', { path: '/public_html', name: 'menyer' });
  expect(await post(gigahost, 'delete', { paths: ['/public_html/meny/'] })).toBe(200);
  expect(await namesIn(gigahost, '/public_html')).toEqual(['menyer', 'wp-content', 'index.php', 'wp-config.php']);
});

test('"/" takes everything', async () => {
  await using gigahost = await open();
  expect(await post(gigahost, 'delete', { paths: ['/'] })).toBe(200);
  expect(await namesIn(gigahost, '/')).toEqual([]);
});

test('uploaded files arrive byte by byte and overwrite', async () => {
  await using gigahost = await open();
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
  const form = formOf({ 'data.bin': bytes, 'index.php': '<?php // ny' }, '/public_html');
  expect((await send(gigahost, 'POST', '/webhosting/4101/files/upload', form)).status).toBe(200);
  const read = await send(gigahost, 'GET', '/webhosting/4101/files/download?path=/public_html/data.bin');
  expect(read.bytes.equals(Buffer.from(bytes))).toBe(true);
  expect(await textOf(gigahost, '/public_html/index.php')).toBe('<?php // ny');
});

test('the field may be files[], and without a path files go to the root', async () => {
  await using gigahost = await open();
  const upload = async (form: FormData) => (await send(gigahost, 'POST', '/webhosting/4101/files/upload', form)).status;
  expect(await upload(formOf({ 'a.txt': 'a', 'b.txt': 'b' }, undefined, 'files[]'))).toBe(200);
  expect(await textOf(gigahost, '/b.txt')).toBe('b');
  expect(await upload(formOf({}, '/'))).toBe(400);
  expect(await upload(formOf({ 'a.txt': 'a' }, '/', 'file'))).toBe(400);
  expect(await upload(formOf({ 'a.txt': 'a' }, '/nowhere'))).toBe(404);
});

test('what does not fit into the quota is refused as a whole', async () => {
  await using gigahost = await open();
  const account = gigahost.sandbox.world.hosting.account('kaffe-abonnement.no');
  const [mailbox] = account.mailboxes;
  if (mailbox) mailbox.usedBytes += 45 * 1024 * 1024;
  const form = formOf({ 'small.txt': 'x', 'large.bin': new Uint8Array(2 * 1024 * 1024) });
  expect((await send(gigahost, 'POST', '/webhosting/4102/files/upload', form)).status).toBe(400);
  expect(account.files.find('/small.txt')).toBeNull();
  expect(await post(gigahost, 'save', { path: '/', filename: 'small.txt', text: 'x' }, '4102')).toBe(200);
});
