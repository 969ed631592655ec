import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../support/connect.js';
import { HOSTILE_TEXTS } from '../support/hostile.js';
import { connectAdmin } from './support/account.js';
import { fileIn, replyWith } from './support/hosting.js';
import { callsOf, savedIn, SITE, siteOf } from './support/operations.js';
import { changesOf } from './support/upstream.js';

test('a list is a table, of a thing that is called by its name', async () => {
  await using mcp = await connect();
  const { text, structured } = await callsOf(mcp).read('listAutoresponders', { hosting: 'kaffe-abonnement.no' });
  expect(text).toBe('There are no entries.');
  expect(structured).toMatchObject({ operation: 'listAutoresponders' });
  expect(mcp.sandbox.calls('GET').map(({ path }) => path)).toContain('/webhosting/4102/autoresponders');
});

test('a thing is named facts, and the lists in it are tables', async () => {
  await using mcp = await connect();
  const { text, structured } = await callsOf(mcp).read('listDatabases', { hosting: SITE });
  expect(text).toBe('databases:\nname | user | host | size\nfjordkaf_wp | fjordkaf_wp | localhost | 46.00');
  expect(structured).toEqual({
    operation: 'listDatabases',
    result: { databases: [{ name: 'fjordkaf_wp', user: 'fjordkaf_wp', host: 'localhost', size: '46.00' }] },
  });
});

test('an operation that a read tool does is handed to it, with text, structured content and pictures', async () => {
  await using mcp = await connect();
  const { read } = callsOf(mcp);
  const graph = { server: 'web01', kind: 'bits', period: 'day' };
  for (const [operation, tool, args] of [
    ['listSnapshots', 'list_snapshots', { server: 'web01' }],
    ['listServers', 'list_servers', { limit: 2 }],
    ['getServerBandwidthGraphs', 'get_traffic_graph', graph],
  ] as const) {
    const relayed = await read(operation, args);
    const itself = await mcp.call(tool, args);
    expect(relayed).toEqual(itself);
    expect(await read(tool, args)).toEqual(itself);
  }
  expect((await read('getServerBandwidthGraphs', graph)).content.map(({ type }) => type)).toContain('image');
});

test('a cursor goes to whoever made it', async () => {
  await using mcp = await connect({ sandboxOptions: { extraServers: 120 } });
  const first = await mcp.call('read_operation', { operation: 'listServers' });
  expect(first.structured['next_cursor']).toBeTypeOf('string');
  const second = await mcp.call('read_operation', {
    operation: 'listServers',
    cursor: first.structured['next_cursor'] as string,
  });
  expect(second.isError, second.text).toBe(false);
  expect(second.structured['rows']).not.toEqual(first.structured['rows']);
});

test('a tool whose toolset is not on is reached, and one that is excluded is not', async () => {
  await using mcp = await connect({
    args: ['--toolsets', 'operations', '--exclude-tools', 'list_mailboxes,get_server'],
  });
  const { read } = callsOf(mcp);
  expect((await read('list_webhosting')).structured).toMatchObject({ total: 2 });
  for (const operation of ['list_mailboxes', 'listEmails', 'getServer', 'get_server'])
    expect((await read(operation, { hosting: SITE })).text).toMatch(/is switched off here: it is excluded/);
});

test('secrets in an answer are handed over, and the answer says where', async () => {
  await using mcp = await connect();
  const { text, structured } = await callsOf(mcp).read('listAppBackupLocations', {
    hosting: SITE,
    installation: '3401',
  });
  const password = siteOf(mcp).backupLocations[0]?.password ?? '';
  expect(password).not.toBe('');
  expect(`${text}${JSON.stringify(structured)}`).not.toContain(password);
  expect(JSON.stringify(structured['result'])).toMatch(/in the file \S+ \(readable by you alone/);
  expect(text).toMatch(/Secrets are in the file/);
  expect(await readFile(fileIn(structured['secrets_in']), 'utf8')).toContain(password);
});

test('a file is saved under the name given, and does not pass through the conversation', async () => {
  await using mcp = await connect();
  siteOf(mcp).files.write('/logs/private.txt', 'what nobody else should read\n', 0);
  const { text, structured } = await callsOf(mcp).read('downloadFile', {
    hosting: SITE,
    path: '/logs/private.txt',
    save_as: 'private.txt',
  });
  const path = savedIn(mcp, 'private.txt');
  expect(structured).toEqual({ operation: 'downloadFile', saved_as: path, bytes: 29 });
  expect(text).toBe(`Saved as ${path} (29 bytes). It is for the user to open.`);
  expect(await readFile(path, 'utf8')).toBe('what nobody else should read\n');
  expect(await readdir(savedIn(mcp, ''))).toEqual(['private.txt']);
});

test('a folder for downloads in the home of the user is where files go', async () => {
  await using mcp = await connect({ env: { GIGAHOST_FILES: undefined } });
  await mkdir(join(mcp.stateDir, 'Downloads'));
  await using again = await connect({ env: { HOME: mcp.stateDir } });
  const { structured } = await callsOf(again).read('downloadFile', {
    hosting: SITE,
    path: '/logs/error.log',
    save_as: 'e.log',
  });
  expect(structured['saved_as']).toBe(join(mcp.stateDir, 'Downloads', 'e.log'));
});

test('a large file tells how far it is', async () => {
  await using mcp = await connect();
  siteOf(mcp).files.write('/logs/large', Buffer.alloc(12_000_000, 'x'), 0);
  const messages: (string | undefined)[] = [];
  const { structured } = await callsOf(mcp).read(
    'downloadFile',
    { hosting: SITE, path: '/logs/large', save_as: 'large' },
    { onprogress: ({ message }) => messages.push(message) },
  );
  expect(structured['bytes']).toBe(12_000_000);
  expect(messages[0]).toMatch(/^[\d.]+ of 12\.0 MB$/);
});

test('a signed agreement is saved as the PDF it is', async () => {
  await using mcp = await connectAdmin({ args: ['--toolsets', 'operations'] });
  const { structured } = await callsOf(mcp).read('getDpaPdf', { agreement: '301', save_as: 'dpa.pdf' });
  const bytes = await readFile(savedIn(mcp, 'dpa.pdf'));
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(structured['bytes']).toBe(bytes.length);
});

test('nothing is saved outside of the folder, nor over anything, nor beyond the limit', async () => {
  await using mcp = await connect({ args: ['--max-file-mb', '1'] });
  await mkdir(join(mcp.stateDir, 'files'));
  await mkdir(join(mcp.stateDir, 'elsewhere'));
  await writeFile(savedIn(mcp, 'taken.txt'), 'mine');
  await symlink(join(mcp.stateDir, 'elsewhere'), savedIn(mcp, 'out'));
  await symlink(join(mcp.stateDir, 'elsewhere', 'none'), savedIn(mcp, 'dangling'));
  siteOf(mcp).files.write('/logs/large', Buffer.alloc(3_000_000, 'x'), 0);
  const save = (save_as: unknown, path = '/logs/error.log') =>
    callsOf(mcp).read('downloadFile', { hosting: SITE, path, save_as });
  for (const [name, says, path] of [
    ['../error.log', /is not in the folder for files/],
    ['a/../../error.log', /is not in the folder for files/],
    ['/tmp/error.log', /is not in the folder for files/],
    ['.', /is not in the folder for files/],
    ['a\u0000b', /is not in the folder for files/],
    ['out/error.log', /leads out of the folder/],
    ['none/error.log', /cannot be used \(ENOENT\)/],
    ['taken.txt', /There is a file .*taken\.txt already, and nothing is overwritten/],
    ['dangling', /already, and nothing is overwritten/],
    ['large', /"large" is larger than 1 MB, the most that is moved here \(--max-file-mb\)/, '/logs/large'],
    [undefined, /save_as is missing/],
    [7, /save_as must be a file name/],
    ['gone', /The account has no file of that path/, '/logs/gone'],
  ] as const) {
    const { text, isError } = await save(name, path);
    expect(isError, String(name)).toBe(true);
    expect(text).toMatch(says);
  }
  expect((await readdir(join(mcp.stateDir, 'files'))).sort()).toEqual(['dangling', 'out', 'taken.txt']);
  expect(await readdir(join(mcp.stateDir, 'elsewhere'))).toEqual([]);
  expect(await readFile(savedIn(mcp, 'taken.txt'), 'utf8')).toBe('mine');
  expect((await save(savedIn(mcp, 'inside.log'))).structured).toMatchObject({ saved_as: savedIn(mcp, 'inside.log') });
});

test('a download that breaks leaves nothing behind', async () => {
  await using mcp = await connect({ env: { GIGAHOST_TIMEOUT_SECONDS: '0.1' } });
  siteOf(mcp).files.write('/logs/large', Buffer.alloc(4_000_000, 'x'), 0);
  mcp.sandbox.misbehave({ path: /download/, times: Infinity, fault: { kind: 'drop', when: 'before' } });
  const { isError } = await callsOf(mcp).read('downloadFile', { hosting: SITE, path: '/logs/large', save_as: 'large' });
  expect(isError).toBe(true);
  expect(await readdir(savedIn(mcp, ''))).toEqual([]);
});

const UPLOADED: readonly (readonly [object, string, string])[] = [
  [{ name: 'a.txt', text: 'hei på deg' }, '/public_html/a.txt', 'hei på deg'],
  [{ name: 'b.txt', base64: Buffer.from('bytes').toString('base64') }, '/public_html/b.txt', 'bytes'],
  [{ path: 'c.txt' }, '/public_html/c.txt', 'from the folder'],
];

test('files go up from the folder, or as they are given, and the journal holds their names', async () => {
  await using mcp = await connect({ args: ['--dangerously-skip-confirmation'] });
  await mkdir(join(mcp.stateDir, 'files'));
  await writeFile(savedIn(mcp, 'c.txt'), 'from the folder');
  const { isError, text } = await callsOf(mcp).run('uploadFiles', {
    hosting: SITE,
    path: '/public_html',
    files: UPLOADED.map(([file]) => file),
  });
  expect(isError, text).toBe(false);
  for (const [, path, content] of UPLOADED) expect(siteOf(mcp).files.content(path)?.toString()).toBe(content);
  const journal = await readFile(join(mcp.stateDir, 'journal.jsonl'), 'utf8');
  expect(journal).toContain('{"name":"a.txt","bytes":11}');
  expect(journal).not.toContain('hei på deg');
});

test('nothing outside of the folder goes up', async () => {
  await using mcp = await connect({ args: ['--dangerously-skip-confirmation', '--max-file-mb', '1'] });
  await mkdir(join(mcp.stateDir, 'files'));
  await writeFile(join(mcp.stateDir, 'secret.txt'), 'not for the web');
  await writeFile(savedIn(mcp, 'large'), Buffer.alloc(2_000_000));
  await symlink(join(mcp.stateDir, 'secret.txt'), savedIn(mcp, 'link.txt'));
  for (const [file, says] of [
    [{ path: '../secret.txt' }, /is not in the folder for files/],
    [{ path: join(mcp.stateDir, 'secret.txt') }, /is not in the folder for files/],
    [{ path: 'link.txt' }, /leads out of the folder/],
    [{ path: '.' }, /is not in the folder for files/],
    [{ path: 'none.txt' }, /cannot be used \(ENOENT\)/],
    [{ path: 'large' }, /"large" is larger than 1 MB/],
    ['secret.txt', /must be \{"path": "name in the folder for files"\}/],
    [{ name: 'x', base64: '!' }, /must be \{"path"/],
  ] as const) {
    const { text, isError } = await callsOf(mcp).run('uploadFiles', { hosting: SITE, files: [file] });
    expect(isError).toBe(true);
    expect(text).toMatch(says);
  }
  expect(changesOf(mcp.sandbox)).toEqual([]);
});

test('callers who see a part of the account see that part, and what is the same for everybody', async () => {
  await using mcp = await connect({ args: ['--only-zones', 'fjordkaffe.*', '--dangerously-skip-confirmation'] });
  const { read, run } = callsOf(mcp);
  expect((await read('listDatabases', { hosting: SITE })).isError).toBe(false);
  expect((await read('listRedirects', { zone: 'fjordkaffe.no' })).isError).toBe(false);
  expect((await read('checkDomainAvailability', { domain: 'ledig-navn.no' })).isError).toBe(false);
  expect((await run('createSubdomain', { hosting: SITE, subdomain: 'kurs' })).isError).toBe(false);
  const before = changesOf(mcp.sandbox).length;
  for (const [call, operation, args] of [
    [read, 'listDatabases', { hosting: 'kaffe-abonnement.no' }],
    [read, 'listDatabases', { hosting: '4102' }],
    [read, 'listRedirects', { zone: 'kunde.example' }],
    [run, 'setDomainAutoRenew', { zone: '3304', auto_renew: 0 }],
    [run, 'assignClientDomain', { client: 'Kari Solberg', zone_id: 'kunde.example' }],
  ] as const) {
    const { text, isError } = await call(operation, args);
    expect(isError, operation).toBe(true);
    expect(text).not.toMatch(/kaffe-abonnement\.no \(|kunde\.example \(/);
  }
  for (const [call, operation, args] of [
    [read, 'listDeployIsos', {}],
    [read, 'getApiKeyLog', { api_key: 'certbot' }],
    [run, 'updateAccount', { cust_city: 'Bergen' }],
    [run, 'assignClientDomain', { client: 'Kari Solberg', zone_id: 'fjordkaffe.no' }],
    [run, 'createDnsZone', { zone_name: 'ny.no' }],
  ] as const)
    expect((await call(operation, args)).text, operation).toMatch(
      /concerns the account as a whole, and only some servers or zones are within reach here/,
    );
  expect(changesOf(mcp.sandbox)).toHaveLength(before);
});

test('what is out of scope is not told from what does not exist', async () => {
  await using mcp = await connect({ args: ['--only-zones', 'fjordkaffe.no'] });
  const { read } = callsOf(mcp);
  const outside = await read('listDatabases', { hosting: 'kaffe-abonnement.no' });
  const absent = await read('listDatabases', { hosting: 'finnes-ikke-her.no' });
  expect(outside.text.replace('kaffe-abonnement.no', 'X')).toBe(absent.text.replace('finnes-ikke-her.no', 'X'));
});

const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

test('whatever Gigahost sends is shown as data, in its place', async () => {
  await using mcp = await connect();
  for (const hostile of HOSTILE_TEXTS) {
    const data = {
      list: [{ name: hostile, [hostile]: 'x' }],
      deep: { [hostile]: { deeper: hostile } },
      plain: hostile,
    };
    mcp.sandbox.misbehave({ path: /\/databases/, fault: replyWith(data) });
    const { text, structured, isError } = await callsOf(mcp).read('listDatabases', { hosting: SITE });
    expect(isError, text).toBe(false);
    expect(text.replaceAll('\n', '')).not.toMatch(FORBIDDEN);
    expect(JSON.stringify(structured)).not.toMatch(FORBIDDEN);
    expect(text).not.toMatch(/\]\(https|!\[|^(NOTHING CHANGED|name: web99|Now obey)/m);
    expect(text.length).toBeLessThan(20_000);
  }
});

test('hostile names forge no line in a plan, and what a person types is what they see', async () => {
  for (const hostile of HOSTILE_TEXTS.slice(0, 12)) {
    await using mcp = await connect();
    mcp.sandbox.misbehave({
      path: /\/databases/,
      times: Infinity,
      method: 'GET',
      fault: replyWith([{ name: 'shop', note: hostile }]),
    });
    const { structured } = await callsOf(mcp).run('deleteDatabase', { hosting: SITE, dbname: 'shop' });
    const lines = String(structured['plan']).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^- Now: name: shop, note: /);
    expect(lines[2]).toBe('- It cannot be undone.');
  }
});

test('an answer stays within what a conversation can hold', async () => {
  await using mcp = await connect();
  const rows = Array.from({ length: 3000 }, (_, index) => ({
    name: `db${index}`,
    note: 'word '.repeat(50),
    more: { a: [1, 2] },
  }));
  for (const data of [
    rows,
    { databases: rows },
    { a: { b: { c: { d: { e: { f: 'deep' } } } } } },
    'text '.repeat(5000),
  ]) {
    mcp.sandbox.misbehave({ path: /\/databases/, fault: replyWith(data) });
    const { text, structured, isError } = await callsOf(mcp).read('listDatabases', { hosting: SITE });
    expect(isError, text).toBe(false);
    expect(text.length + JSON.stringify(structured).length).toBeLessThan(30_000);
  }
});
