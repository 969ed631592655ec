import { expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../support/hostile.js';
import { connectHosting, replyWith } from './support/hosting.js';
import { expectBadArguments, expectRefusals } from './support/upstream.js';

const UPLOADS = '/public_html/wp-content/uploads/2026/09';

test('a folder is listed, folders first, with sizes and times', async () => {
  await using mcp = await connectHosting();
  const { text, structured } = await mcp.call('list_hosting_files', { hosting: 'fjordkaffe.no', path: 'public_html/' });
  expect(structured).toMatchObject({
    hosting: 'fjordkaffe.no',
    path: '/public_html',
    columns: ['name', 'type', 'size_bytes', 'modified_at'],
    readable: true,
    complete: true,
  });
  const rows = structured['rows'] as unknown[][];
  expect(rows[0]).toEqual(['meny', 'folder', null, expect.stringMatching(/Z$/)]);
  expect(rows.find(([name]) => name === 'wp-config.php')).toEqual([
    'wp-config.php',
    'file',
    expect.any(Number),
    expect.stringMatching(/Z$/),
  ]);
  expect(text).toMatch(
    /^fjordkaffe\.no:\/public_html:\nname \| type \| size_bytes \| modified_at\nmeny \| folder \| - \| /,
  );
  const root = await mcp.call('list_hosting_files', { hosting: 'fjordkaffe.no' });
  expect(root.structured).toMatchObject({ path: '/', total: 4 });
});

test('a large folder comes in pages, whatever size of page Gigahost gives', async () => {
  await using mcp = await connectHosting();
  const { files } = mcp.sandbox.world.hosting.account('4101');
  for (let n = 0; n < 700; n += 1) files.write(`${UPLOADS}/extra-${n}.txt`, 'x', Date.now());
  const names = new Set<unknown>();
  let cursor: unknown;
  do {
    const { structured } = await mcp.call('list_hosting_files', {
      hosting: '4101',
      path: UPLOADS,
      limit: 300,
      ...(cursor !== undefined && { cursor }),
    });
    expect(structured).toMatchObject({ total: 764, complete: true });
    for (const row of structured['rows'] as unknown[][]) names.add(row[0]);
    cursor = structured['next_cursor'];
  } while (cursor !== undefined);
  expect(names.size).toBe(764);
});

test('a folder without an end is read to a bound, and that is said', async () => {
  await using mcp = await connectHosting();
  for (let page = 0; page < 20; page += 1) {
    const files = Array.from({ length: 50 }, (_, n) => ({ name: `file-${page}-${n}` }));
    mcp.sandbox.misbehave({ path: /files\/list/, fault: replyWith({ files }) });
  }
  const { text, structured } = await mcp.call('list_hosting_files', { hosting: '4101', limit: 5 });
  expect(structured).toMatchObject({ total: 1000, complete: false });
  expect(text).toMatch(/The folder has more than 1000 entries; the rest was not read\./);
  expect(mcp.sandbox.calls('GET', /files\/list/)).toHaveLength(20);
});

test('a page that Gigahost gives again and again ends the reading', async () => {
  await using mcp = await connectHosting();
  const files = Array.from({ length: 60 }, (_, n) => ({ name: `file-${n}`, type: 'file' }));
  mcp.sandbox.misbehave({ path: /files\/list/, times: Infinity, fault: replyWith(files) });
  const { structured } = await mcp.call('list_hosting_files', { hosting: '4101' });
  expect(structured).toMatchObject({ total: 60, complete: true });
  expect(mcp.sandbox.calls('GET', /files\/list/)).toHaveLength(2);
});

test('an empty folder, one that is not there, and a reply nobody understands are told apart', async () => {
  await using mcp = await connectHosting();
  expect((await mcp.call('list_hosting_files', { hosting: '4101', path: '/backups' })).text).toBe(
    'The folder fjordkaffe.no:/backups is empty.',
  );
  mcp.sandbox.misbehave({ path: /files\/list/, fault: replyWith('see the panel') });
  const odd = await mcp.call('list_hosting_files', { hosting: '4101' });
  expect(odd.structured).toMatchObject({ readable: false });
  expect(odd.text).toMatch(/has a form unknown here; the operation listFiles shows it/);
  await expectRefusals(mcp, 'list_hosting_files', [
    [
      { hosting: '4101', path: '/nowhere' },
      /^Could not list the folder: status 404\. .* has no folder of that path\.$/,
    ],
    [{ hosting: 'x' }, /There are: fjordkaffe\.no/],
  ]);
  await expectBadArguments(mcp, 'list_hosting_files', [[{ hosting: '4101', path: 7 }, /path/]]);
});

test('a path cannot climb out of the account', async () => {
  await using mcp = await connectHosting();
  const { structured } = await mcp.call('list_hosting_files', { hosting: '4101', path: '/logs/../../../public_html' });
  expect(structured).toMatchObject({ path: '/public_html' });
  expect(mcp.sandbox.calls('GET', /files\/list/)).toHaveLength(1);
});

test('hostile names of files forge no line and no column', async () => {
  await using mcp = await connectHosting();
  const { files } = mcp.sandbox.world.hosting.account('4101');
  HOSTILE_TEXTS.forEach((name, n) =>
    files.put({ path: `/logs/${n}${name.replaceAll('/', '')}`, content: Buffer.of(), modifiedAt: 0 }),
  );
  const { text, structured } = await mcp.call('list_hosting_files', { hosting: '4101', path: '/logs' });
  const lines = text
    .split('\n')
    .slice(1)
    .filter(line => line !== '' && !line.includes('entries shown'));
  for (const line of lines) expect(line.split(' | ')).toHaveLength(4);
  expect(lines).toHaveLength((structured['rows'] as unknown[]).length + 1);
  expect(lines.length).toBeGreaterThan(10);
});
