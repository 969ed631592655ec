import { expect, test } from 'vitest';
import { send } from './support/bytes.js';
import { open, type Row } from './support/open.js';

const AT = '/webhosting/4101/files';

interface Page {
  page: number;
  ipp: string;
  pages: number;
  total: string;
  files: Row[];
}

test('a folder is listed with folders first', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Page>(`${AT}/list?path=/public_html`);
  expect(data.files.map(row => [row.name, row.type])).toEqual([
    ['meny', 'folder'],
    ['wp-content', 'folder'],
    ['index.php', 'file'],
    ['wp-config.php', 'file'],
  ]);
  expect(data.files[2]).toMatchObject({ path: '/public_html/index.php', permission: '644', date: '1786017600' });
});

test('without a path the list is that of the root', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Page>(`${AT}/list`);
  expect(data.files.map(row => row.path)).toEqual(['/backups', '/domains', '/logs', '/public_html']);
});

test('a folder of 64 pictures comes in pages', async () => {
  await using gigahost = await open();
  const folder = `${AT}/list?path=/public_html/wp-content/uploads/2026/09`;
  const first = (await gigahost.get<Page>(folder)).data;
  const second = (await gigahost.get<Page>(`${folder}&page=2`)).data;
  expect(first).toMatchObject({ page: 1, ipp: '50', pages: 2, total: '64' });
  expect([first.files.length, second.files.length]).toEqual([50, 14]);
  expect(second.files[0]?.name).toBe('kaffe-51.png');
  const third = (await gigahost.get<Page>(`${folder}&page=3&ipp=30`)).data;
  expect(third.files.map(row => row.name)).toEqual(['kaffe-61.png', 'kaffe-62.png', 'kaffe-63.png', 'kaffe-64.png']);
  expect((await gigahost.get<Page>(`${folder}&page=9`)).data.files).toEqual([]);
  for (const wrong of ['page=0', 'page=x', 'ipp=0', 'ipp=-1'])
    expect((await gigahost.get(`${folder}&${wrong}`)).status).toBe(400);
});

test('the tree shows folders only, from any of them', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<{ tree: Row }>(`${AT}/tree?path=/public_html/wp-content/uploads`);
  expect(data.tree).toEqual({
    name: 'uploads',
    path: '/public_html/wp-content/uploads',
    children: [
      {
        name: '2026',
        path: '/public_html/wp-content/uploads/2026',
        children: [{ name: '09', path: '/public_html/wp-content/uploads/2026/09', children: [] }],
      },
    ],
  });
  const root = (await gigahost.get<{ tree: Row }>(`${AT}/tree`)).data.tree;
  expect((root.children as Row[]).map(row => row.name)).toEqual(['backups', 'domains', 'logs', 'public_html']);
});

test('a text file is read with its contents, passwords in it and all', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row>(`${AT}/edit?path=/public_html/wp-config.php`);
  expect(data).toMatchObject({ path: '/public_html', filename: 'wp-config.php' });
  const database = gigahost.sandbox.world.hosting.account('4101').databases[0];
  expect(data.text).toContain(`define( 'DB_NAME', 'fjordkaf_wp' );`);
  expect(data.text).toContain(`define( 'DB_PASSWORD', '${database?.password}' );`);
});

test('the error log is long', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<{ text: string }>(`${AT}/edit?path=/logs/error.log`);
  expect(data.text.split('\n')).toHaveLength(2001);
  expect(data.text.length).toBeGreaterThan(200_000);
});

test('a picture cannot be edited, but downloaded byte by byte', async () => {
  await using gigahost = await open();
  const path = '/public_html/wp-content/uploads/logo.png';
  expect((await gigahost.get(`${AT}/edit?path=${path}`)).status).toBe(400);
  const { status, headers, bytes } = await send(gigahost, 'GET', `${AT}/download?path=${encodeURIComponent(path)}`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/octet-stream');
  expect(headers.get('content-disposition')).toBe(`attachment; filename="logo.png"; filename*=UTF-8''logo.png`);
  expect(bytes).toEqual(gigahost.sandbox.world.hosting.account('4101').files.content(path));
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
});

test('a name beyond ASCII survives the header of a download', async () => {
  await using gigahost = await open();
  gigahost.sandbox.world.hosting.account('4101').files.write('/prøve "1".txt', 'blåbær', 0);
  const { headers, bytes } = await send(gigahost, 'GET', `${AT}/download?path=${encodeURIComponent('/prøve "1".txt')}`);
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="pr_ve _1_.txt"; filename*=UTF-8''pr%C3%B8ve%20%221%22.txt`,
  );
  expect(bytes.toString()).toBe('blåbær');
});

test('what is not there is not found, folders are no files, and paths do not climb', async () => {
  await using gigahost = await open();
  const status = async (tail: string) => (await gigahost.get(AT + tail)).status;
  expect(await status('/list?path=/nowhere')).toBe(404);
  expect(await status('/list?path=/public_html/index.php')).toBe(404);
  expect(await status('/tree?path=/logs/error.log')).toBe(404);
  expect(await status('/edit?path=/logs')).toBe(404);
  expect(await status('/edit')).toBe(400);
  expect(await status('/list?path=/../etc')).toBe(400);
  expect(await status('/download?path=/public_html/../../etc/passwd')).toBe(400);
  expect(await status('/download?path=/nowhere')).toBe(404);
});
