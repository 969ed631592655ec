import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Pool, request } from 'undici';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.js';
import { open, START } from './support/open.js';

test('requests are remembered as they came, oldest first', async () => {
  await using gigahost = await open();
  await gigahost.get('/servers?x=1');
  gigahost.advance(1000);
  await gigahost.call('PUT', '/servers/18101/name', { body: { name: 'shop' }, authorization: null });
  expect(gigahost.sandbox.requests).toEqual([
    {
      method: 'GET',
      path: '/servers',
      query: 'x=1',
      authorization: `Bearer ${gigahost.sandbox.apiKey}`,
      body: undefined,
      at: START,
    },
    {
      method: 'PUT',
      path: '/servers/18101/name',
      query: '',
      authorization: undefined,
      body: { name: 'shop' },
      at: START + 1000,
    },
  ]);
  expect(gigahost.sandbox.calls('put')).toHaveLength(1);
  expect(gigahost.sandbox.calls(undefined, /name/)).toHaveLength(1);
  expect(gigahost.sandbox.calls('GET', /name/)).toHaveLength(0);
  expect(gigahost.sandbox.calls()).toHaveLength(2);
});

test('only the last ten thousand requests are kept', async () => {
  await using gigahost = await open();
  const pool = new Pool(new URL(gigahost.sandbox.url).origin, { connections: 8, pipelining: 16 });
  const count = 10_005;
  await Promise.all(
    Array.from({ length: count }, async (_, n) => (await pool.request({ method: 'GET', path: `/${n}` })).body.dump()),
  );
  await pool.close();
  expect(gigahost.sandbox.requests).toHaveLength(10_000);
  expect(gigahost.sandbox.calls('GET', /^\/0$/)).toHaveLength(0);
});

test('closing cuts off a request under way', async () => {
  const sandbox = await startSandbox();
  sandbox.misbehave({ fault: { kind: 'delay', ms: 3_600_000 } });
  const pending = expect(request(`${sandbox.url}/servers`)).rejects.toThrow();
  await expect.poll(() => sandbox.requests.length).toBe(1);
  await sandbox.close();
  await pending;
  await expect(request(`${sandbox.url}/servers`)).rejects.toThrow();
  await sandbox.close();
});

test('closing does not wait for a request that never comes to its end', async () => {
  const sandbox = await startSandbox();
  const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
  const gone = once(socket, 'close');
  socket.write('POST /authenticate HTTP/1.1\r\nhost: sandbox\r\ncontent-length: 100\r\n\r\n{');
  await once(socket, 'ready');
  // By the time this one is answered, the connection before it has been accepted.
  await (await request(`${sandbox.url}/servers`)).body.dump();
  await Promise.all([sandbox.close(), sandbox.close()]);
  await gone;
});

test('a chosen port is taken, and a port in use is an error', async () => {
  await using first = await startSandbox();
  const port = Number(new URL(first.url).port);
  await expect(startSandbox({ port })).rejects.toThrow(/EADDRINUSE/);
  await first.close();
  await using second = await startSandbox({ port });
  expect(second.url).toBe(first.url);
});

test('it listens on loopback only', async () => {
  await using sandbox = await startSandbox();
  const { hostname, port } = new URL(sandbox.url);
  expect(hostname).toBe('127.0.0.1');
  const outside = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  // Linux answers on all of 127.0.0.0/8, which shows the difference even on a machine without a network.
  if (process.platform === 'linux') outside.push('127.0.0.2');
  for (const host of outside)
    await expect(
      new Promise((resolve, reject) => connect({ host, port: Number(port) }, () => resolve(host)).on('error', reject)),
    ).rejects.toThrow(/ECONNREFUSED/);
});

test('two sandboxes share nothing', async () => {
  await using one = await open();
  await using other = await open();
  one.sandbox.world.server('web01').name = 'changed';
  one.sandbox.world.operatingSystems.splice(0);
  expect(other.sandbox.world.server('18101').name).toBe('web01');
  expect(other.sandbox.world.operatingSystems.length).toBeGreaterThan(8);
  expect((await other.get('/servers', { authorization: `Bearer ${one.sandbox.apiKey}` })).status).toBe(401);
});

test('names of the demo account resolve in any letter case, with or without a final dot', async () => {
  await using sandbox = await startSandbox();
  expect(sandbox.lookup('mail01.fjordkaffe.example')).toEqual(['198.51.100.25', '2001:db8:51::25']);
  expect(sandbox.lookup('WWW.Fjordkaffe.example.')).toEqual(['192.0.2.10', '2001:db8:2::10']);
  expect(sandbox.lookup('backup01.fjordkaffe.example')).toEqual(['203.0.113.40']);
  expect(sandbox.lookup('nowhere.fjordkaffe.example')).toEqual([]);
});

test('answers are compressed when the request offers it', async () => {
  await using sandbox = await startSandbox();
  const headers = { authorization: `Bearer ${sandbox.apiKey}` };
  const plain = await request(`${sandbox.url}/servers`, { headers });
  expect(plain.headers['content-encoding']).toBeUndefined();
  await plain.body.dump();
  const packed = await request(`${sandbox.url}/servers`, { headers: { ...headers, 'accept-encoding': 'gzip, br' } });
  expect(packed.headers['content-encoding']).toBe('gzip');
  await packed.body.dump();
});

test('a body too large is refused with 413, and one that is no JSON is as good as none', async () => {
  await using sandbox = await startSandbox();
  const send = async (body: string) => {
    const headers = { authorization: `Bearer ${sandbox.apiKey}` };
    const reply = await request(`${sandbox.url}/servers/18101/name`, { method: 'PUT', headers, body });
    await reply.body.dump();
    return reply.statusCode;
  };
  expect(await send('x'.repeat(1_000_001))).toBe(413);
  expect(await send('{"name":')).toBe(400);
});
