import { expect, test } from 'vitest';
import { open } from './support/open.js';

test('a reboot takes the machine down for a moment, and its power stays on', async () => {
  await using gigahost = await open({ rebootMs: 3000 });
  expect((await gigahost.get('/servers/18101/reboot')).status).toBe(200);
  expect(await gigahost.server('web01')).toMatchObject({ srv_status: false });
  expect((await gigahost.get('/servers/18101/powerstate')).meta.powerstate).toBe('1');
  gigahost.advance(3000);
  expect(await gigahost.server('web01')).toMatchObject({ srv_status: true });
});

test('every reboot is remembered in the activity log', async () => {
  await using gigahost = await open();
  const before = (await gigahost.server('web01')).activity_log as unknown[];
  await gigahost.get('/servers/18101/reboot');
  await gigahost.get('/servers/18101/reboot');
  const after = (await gigahost.server('web01')).activity_log as unknown[];
  expect(after).toHaveLength(before.length + 2);
});

test('the power state is in meta, as a quoted flag', async () => {
  await using gigahost = await open();
  const { body } = await gigahost.get('/servers/18107/powerstate');
  expect(body).toMatchObject({ meta: { powerstate: '0', timestamp: '1791201600' } });
  expect(body).not.toHaveProperty('data');
});

test('power cannot be switched on a KVM server', async () => {
  await using gigahost = await open();
  for (const path of ['/servers/18101/power/off', '/servers/18101/power/on'])
    expect(await gigahost.get(path)).toMatchObject({ status: 405, meta: { message: 'Method not allowed' } });
  expect(gigahost.sandbox.world.server('web01').poweredOn).toBe(true);
});

test('POST and PUT on the power paths give 400 and no body', async () => {
  await using gigahost = await open();
  for (const method of ['POST', 'PUT'])
    for (const path of ['/servers/18101/power/on', '/servers/18105/power/off'])
      expect(await gigahost.call(method, path)).toMatchObject({ status: 400, text: '' });
});

test('hardware can be switched off and on', async () => {
  await using gigahost = await open();
  const power = async () => (await gigahost.get('/servers/18105/powerstate')).meta.powerstate;
  expect((await gigahost.get('/servers/18105/power/off')).status).toBe(200);
  expect(await power()).toBe('0');
  expect(await gigahost.server('backup01')).toMatchObject({ srv_status: false });
  expect((await gigahost.get('/servers/18105/power/on')).status).toBe(200);
  expect(await power()).toBe('1');
});

test('a machine that is off cannot be rebooted', async () => {
  await using gigahost = await open();
  expect((await gigahost.get('/servers/18107/reboot')).status).toBe(400);
});
