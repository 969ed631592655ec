import { expect, test } from 'vitest';
import { open, type Row } from './support/open.js';

const debian13 = { os_id: '118', language: 'nb_NO', keyboard: 'no', timezone: 'Europe/Oslo', hostname: 'web01' };
const PATH = '/servers/18101/reinstall';

test('a reinstall answers with the root password in meta and no data', async () => {
  await using gigahost = await open();
  const { body, meta } = await gigahost.call('POST', PATH, { body: debian13 });
  expect(meta).toMatchObject({ status: 200, reboot: true, sshkey: '0' });
  expect(meta.root_passwd).toMatch(/^\w{14}$/);
  expect(body).not.toHaveProperty('data');
});

test('during an install the record has no system but the password; afterwards it is the other way round', async () => {
  await using gigahost = await open({ installMs: 12_000 });
  const { meta } = await gigahost.call('POST', PATH, { body: debian13 });
  const during = await gigahost.server('web01');
  expect(during).toMatchObject({ srv_status_install: '1', os: null, os_id: '0', srv_primary_ip: '192.0.2.10' });
  expect(during.install_details).toMatchObject({ root_password: meta.root_passwd, sshkey: '0' });
  expect((during.install_details as Row).prov_post).toContain(meta.root_passwd);
  gigahost.advance(12_000);
  const after = await gigahost.server('web01');
  expect(after).toMatchObject({ srv_id: '18101', srv_status_install: '0', os: { os_name: 'Debian 13 64-bit' } });
  expect(after).not.toHaveProperty('install_details');
});

test('a second request starts the install over with another password', async () => {
  await using gigahost = await open({ installMs: 12_000 });
  const first = await gigahost.call('POST', PATH, { body: debian13 });
  gigahost.advance(8000);
  const second = await gigahost.call('POST', PATH, { body: debian13 });
  expect(second.meta.root_passwd).not.toBe(first.meta.root_passwd);
  gigahost.advance(8000);
  expect(await gigahost.server('web01')).toMatchObject({ srv_status_install: '1' });
  gigahost.advance(4000);
  expect(await gigahost.server('web01')).toMatchObject({ srv_status_install: '0' });
});

test('an install without time zone, language or keyboard is accepted and never ends', async () => {
  for (const missing of ['timezone', 'language', 'keyboard']) {
    await using gigahost = await open();
    const body = { ...debian13, os_id: 102, [missing]: undefined };
    expect((await gigahost.call('POST', PATH, { body })).status).toBe(200);
    gigahost.advance(7 * 86_400_000);
    expect(await gigahost.server('web01')).toMatchObject({ srv_status_install: '1', os: null });
  }
});

test('with an SSH key the root password is empty, and no password is in the post-install script', async () => {
  await using gigahost = await open();
  const { meta } = await gigahost.call('POST', PATH, { body: { ...debian13, key_id: '52' } });
  expect(meta).toMatchObject({ root_passwd: '', sshkey: '1' });
  const details = (await gigahost.server('web01')).install_details as Row;
  expect(details).toMatchObject({ root_password: '', sshkey: '1' });
  expect(details.prov_post).not.toContain('chpasswd');
});

test('an install wakes a machine that was off and ends its being new', async () => {
  await using gigahost = await open({ installMs: 1000 });
  await gigahost.call('POST', '/servers/18106/reinstall', { body: debian13 });
  await gigahost.call('POST', '/servers/18107/reinstall', { body: debian13 });
  gigahost.advance(1000);
  expect(await gigahost.server('build01')).toMatchObject({ srv_new: '0', os_id: '118' });
  expect(await gigahost.server('legacy-db')).toMatchObject({ srv_status: true, os_id: '118' });
});

test('an unknown system, a missing host name, and Windows on a virtual server of any size are refused', async () => {
  await using gigahost = await open();
  gigahost.sandbox.world.server('web01').ramGb = 64;
  const bodies = [{ ...debian13, os_id: 9999 }, { ...debian13, hostname: '' }, { ...debian13, os_id: 97 }, {}];
  const statuses = [];
  for (const body of bodies) statuses.push((await gigahost.call('POST', PATH, { body })).status);
  expect(statuses).toEqual([404, 400, 400, 400]);
  expect(await gigahost.server('web01')).toMatchObject({ os: { os_id: '101' } });
});

test('Windows needs more memory than the old machine has', async () => {
  await using gigahost = await open();
  const body = { ...debian13, os_id: 97 };
  expect((await gigahost.call('POST', '/servers/18107/reinstall', { body })).status).toBe(400);
  expect((await gigahost.call('POST', '/servers/18105/reinstall', { body })).status).toBe(200);
});

test('a machine that is being installed cannot be rebooted', async () => {
  await using gigahost = await open();
  await gigahost.call('POST', PATH, { body: debian13 });
  expect((await gigahost.get('/servers/18101/reboot')).status).toBe(400);
});

test('distributions list their systems one request at a time, and one of them is inactive', async () => {
  await using gigahost = await open();
  const { data } = await gigahost.get<Row[]>('/reinstall/distro');
  expect(data.filter(row => row.dist_active === '0').map(row => row.dist_name)).toEqual(['CentOS']);
  const systems = await gigahost.get<Row[]>('/reinstall/distro/2');
  expect(systems.data.map(row => [row.os_id, row.os_name])).toEqual([
    ['88', 'Debian 11 64-bit'],
    ['101', 'Debian 12 64-bit'],
    ['118', 'Debian 13 64-bit'],
  ]);
  expect((await gigahost.get('/reinstall/distro/99')).status).toBe(404);
});
