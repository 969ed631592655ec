import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';

test('a server comes as an array of one', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row[]>('/servers/18101');
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({ srv_id: '18101', srv_name: 'web01', srv_primary_ip: '192.0.2.10' });
});

test('an id left empty gives the list', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row[]>('/servers/');
  expect(data.length).toBeGreaterThan(1);
});

test('an unknown id gives 404 with the status line as text', async () => {
  await using gigahost = await open();
  for (const path of ['/servers/1', '/servers/web01', '/servers/1/snapshots']) {
    const { status, meta, data } = await gigahost.get(path);
    expect({ status, text: meta.message, data }).toEqual({ status: 404, text: '404 Not Found', data: [] });
  }
});

test('a hidden server is missing from the list and 404 in detail, for a while', async () => {
  await using gigahost = await open();
  const names = async () => (await gigahost.get<Row[]>('/servers')).data.map(row => row.srv_name);
  gigahost.sandbox.hide('web01', 45_000);
  expect(await names()).not.toContain('web01');
  expect((await gigahost.get('/servers/18101')).status).toBe(404);
  gigahost.advance(45_000);
  expect(await names()).toContain('web01');
  expect((await gigahost.get('/servers/18101')).status).toBe(200);
});

test('the list counts servers, and only its first page can be read', async () => {
  await using gigahost = await open({ extraServers: 200 });
  const first = await gigahost.get<Row[]>('/servers');
  expect(first.meta).toMatchObject({ page: 1, per_page: 100, total_pages: 3, total: 207, vps: 205, dedicated: 2 });
  expect(first.data).toHaveLength(100);
  const second = await gigahost.get<Row[]>('/servers?page=2');
  expect(second.data[0]?.srv_id).toBe(first.data[0]?.srv_id);
});

test('further servers are named by number and have addresses of their own', async () => {
  await using gigahost = await open({ extraServers: 600 });
  const extra = gigahost.sandbox.world.servers.filter(({ name }) => name.startsWith('vps-'));
  const addresses = new Set(extra.flatMap(server => server.addresses.map(({ address }) => address)));
  expect(extra[0]).toMatchObject({ id: '20001', name: 'vps-001' });
  expect(extra.at(-1)).toMatchObject({ name: 'vps-600' });
  expect(addresses.size).toBe(600);
  for (const address of addresses) expect(address).toMatch(/^198\.1[89]\./);
});

test('a new name shows in list and detail, and an empty one is accepted', async () => {
  await using gigahost = await open();
  for (const name of ['shop', '']) {
    const { status } = await gigahost.call('PUT', '/servers/18101/name', { body: { name } });
    expect(status).toBe(200);
    expect(await gigahost.server('18101')).toMatchObject({ srv_name: name, srv_label: 'srv18101.gigahost.no' });
  }
});

test('a name that is no text is refused', async () => {
  await using gigahost = await open();
  for (const body of [{}, { name: 5 }, [], 'web']) {
    const { status, meta } = await gigahost.call('PUT', '/servers/18101/name', { body });
    expect({ status, text: meta.message }).toEqual({ status: 400, text: 'Invalid data received.' });
  }
  expect(gigahost.sandbox.world.server('18101').name).toBe('web01');
});

test('a path that exists under another method gives 405, as deleting a server does', async () => {
  await using gigahost = await open();
  expect((await gigahost.call('DELETE', '/servers/18101')).status).toBe(405);
  expect((await gigahost.call('GET', '/nowhere')).status).toBe(404);
});
