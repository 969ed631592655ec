import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';

test('a key limited to ids sees a shorter list and is refused elsewhere', async () => {
  await using gigahost = await open();
  const key = gigahost.sandbox.addApiKey({ servers: { mode: 'rw', all: false, ids: ['18101', 18103] } });
  const authorization = `Bearer ${key}`;
  const { data, meta } = await gigahost.get<Row[]>('/servers', { authorization });
  expect(data.map(row => row.srv_name)).toEqual(['web01', 'db01']);
  expect(meta.total).toBe(2);
  expect((await gigahost.get('/servers/18101', { authorization })).status).toBe(200);
  const refusal = await gigahost.get('/servers/18102', { authorization });
  expect(refusal).toMatchObject({
    status: 403,
    meta: { message: 'You do not have permission for this operation.' },
  });
});

test('a category that a key lacks is closed to it', async () => {
  await using gigahost = await open();
  const authorization = `Bearer ${gigahost.sandbox.addApiKey({ billing: { mode: 'r' } })}`;
  expect((await gigahost.get('/billing', { authorization })).status).toBe(200);
  expect((await gigahost.get('/servers', { authorization })).status).toBe(403);
  expect((await gigahost.get('/account', { authorization })).status).toBe(403);
  expect((await gigahost.get('/reinstall/distro', { authorization })).status).toBe(200);
});

test('a read-only key cannot rename a server, but it can reboot one, because that is a GET', async () => {
  await using gigahost = await open();
  const authorization = `Bearer ${gigahost.sandbox.addApiKey({ servers: { mode: 'r', all: true } })}`;
  const rename = await gigahost.call('PUT', '/servers/18101/name', { authorization, body: { name: 'shop' } });
  expect(rename.status).toBe(403);
  expect((await gigahost.get('/servers/18101/reboot', { authorization })).status).toBe(200);
});

test('the older aliases are closed to every API key', async () => {
  await using gigahost = await open();
  expect((await gigahost.get('/my/account')).status).toBe(403);
  expect((await gigahost.get('/my/invoices')).status).toBe(403);
});
