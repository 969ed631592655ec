import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { clientAddressBehind } from '../../src/hosts/http/address.js';
import { serve, type Served } from '../support/http.js';
import { until } from '../support/redis.js';

const PRINCIPALS = [{ name: 'ada', role: 'admin' }] as const;

const open = async ({ url }: Served): Promise<Socket> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
};

/** All that comes back over a connection until it is closed. */
async function exchange(server: Served, sent: string): Promise<string> {
  const socket = await open(server);
  let said = '';
  socket.on('data', chunk => (said += chunk.toString())).on('error', () => undefined);
  socket.write(sent);
  await once(socket, 'close');
  return said;
}

const post = ({ url, tokens }: Served, body: string | ReadableStream, headers: Record<string, string> = {}) =>
  fetch(`${url}/mcp`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      Authorization: `Bearer ${tokens['ada']}`,
      ...headers,
    },
    body,
    duplex: 'half',
  });

test('a body that is too large is refused, and reaches no tool', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  const call = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'list_servers', arguments: { query: 'x'.repeat(4 * 1024 * 1024) } },
  };
  expect((await post(server, JSON.stringify(call))).status).toBe(413);
  // Of a length that is not told beforehand.
  const parts = new ReadableStream({
    start(stream) {
      for (let part = 0; part < 5; part += 1) stream.enqueue(new TextEncoder().encode(' '.repeat(1024 * 1024)));
      stream.close();
    },
  });
  const streamed = await post(server, parts);
  expect([streamed.status, await streamed.text()]).toEqual([413, expect.stringContaining('the most is 4 MiB')]);
  expect((await post(server, 'x', { 'Content-Type': 'text/plain' })).status).toBe(415);
  expect(server.sandbox.requests).toEqual([]);
});

test('a client that leaves in the middle of its request is no fault of the server', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  const socket = await open(server);
  const authorization = `Authorization: Bearer ${server.tokens['ada']}`;
  socket.write(`POST /mcp HTTP/1.1\r\nHost: localhost\r\n${authorization}\r\nContent-Length: 100\r\n\r\n{`);
  /** How many were let in, who asks for it counted. */
  const letIn = async (): Promise<number> => {
    const asked = await fetch(`${server.url}/metrics`, {
      headers: { Authorization: `Bearer ${server.tokens['ada']}` },
    });
    return Number(/authentications_total\S* (\d+)/.exec(await asked.text())?.[1] ?? 0);
  };
  let asked = 0;
  await until(async () => (await letIn()) > ++asked, 'it is let in');
  socket.destroy();
  expect((await post(server, '{}')).status).toBe(400);
  expect(await server.stop()).toBe(0);
  expect(server.stderr()).not.toMatch(/failed/);
});

test('headers that are too large are refused', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  const said = await exchange(server, `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
  expect(said).toMatch(/^HTTP\/1\.1 431 /);
});

test('headers that never end are waited for only so long', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  expect(await exchange(server, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ')).toMatch(/^HTTP\/1\.1 408 |^$/);
});

test('connections beyond the limit are closed', async () => {
  await using server = await serve({ principals: PRINCIPALS, args: ['--connections', '2'] });
  const held = [await open(server), await open(server)];
  const third = await open(server);
  third.on('error', () => undefined);
  await once(third, 'close');
  for (const socket of held) expect(socket.destroyed).toBe(false);
  for (const socket of held) socket.destroy();
});

test('pages of other origins get nothing, those of allowed ones may read the answer', async () => {
  await using server = await serve({
    principals: PRINCIPALS,
    args: ['--allowed-origins', 'https://chat.example.no', '--allowed-hosts', 'mcp.example.no'],
  });
  const preflight = (origin: string) =>
    fetch(`${server.url}/mcp`, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
    });
  const allowed = await preflight('https://chat.example.no');
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
    204,
    'https://chat.example.no',
  ]);
  const other = await preflight('https://evil.example');
  expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  expect((await post(server, list, { Origin: 'https://evil.example' })).status).toBe(403);
  expect((await post(server, list, { Origin: 'https://chat.example.no' })).status).toBe(200);
  for (const [host, status] of [
    ['evil.example', 403],
    ['mcp.example.no', 404],
  ] as const) {
    const said = await exchange(server, `GET /none HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  }
});

test.for([
  [[], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  [['203.0.113.9'], '203.0.113.9', '198.51.100.1', '198.51.100.1'],
  [['203.0.113.0/24'], '203.0.113.9', 'spoofed, 192.0.2.66, 198.51.100.1, 203.0.113.8', '198.51.100.1'],
  [['loopback'], '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
  [['loopback'], '127.0.0.1', undefined, '127.0.0.1'],
  [['loopback'], '127.0.0.1', '<script>', '127.0.0.1'],
] as const)('behind %j, a request from %s for "%s" is of %s', ([trusted, remoteAddress, forwarded, client]) => {
  const request = {
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
  };
  expect(clientAddressBehind(trusted)(request as never)).toBe(client);
});

test('proxies that are no addresses are refused at the start', () => {
  expect(() => clientAddressBehind(['nowhere'])).toThrow(
    /--trust-proxy takes addresses, networks such as 10\.0\.0\.0\/8/,
  );
});
