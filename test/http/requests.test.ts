import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { serve, type Served } from '../support/http.js';

const PRINCIPALS = [{ name: 'ada', role: 'admin' }] as const;
const PING = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

/** All that comes back over a connection that the client asks to be closed, and the server closes. */
async function exchange(server: Served, line: string, body: string | Buffer = '', host = 'localhost'): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  let said = '';
  socket.on('data', chunk => (said += chunk.toString()));
  const headers = [
    `Host: ${host}`,
    `Authorization: Bearer ${server.tokens['ada']}`,
    'Accept: application/json, text/event-stream',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.write([line, ...headers, '', ''].join('\r\n'));
  socket.write(body);
  await once(socket, 'close');
  return said;
}

test('a method that MCP does not know is refused, and is no fault', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  for (const method of ['TRACE', 'PUT', 'HEAD'])
    expect(await exchange(server, `${method} /mcp HTTP/1.1`)).toMatch(
      /^HTTP\/1\.1 405 [^]*\r\nAllow: GET, POST, DELETE\r/,
    );
  expect(server.stderr()).not.toMatch(/failed/);
});

test('a host that is no part of an address is no fault', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  for (const host of ['ada:word@localhost', 'localhost/there?x#y', 'localhost:99999'])
    expect(await exchange(server, 'POST /mcp HTTP/1.1', PING, host)).toMatch(/^HTTP\/1\.1 (200|403) /);
  expect(server.stderr()).not.toMatch(/failed/);
});

test('a body that is not UTF-8 is refused, and nothing in it is guessed at', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  const call = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'list_servers', arguments: { query: 'blå' } },
  };
  const said = await exchange(server, 'POST /mcp HTTP/1.1', Buffer.from(JSON.stringify(call), 'latin1'));
  expect(said).toMatch(/^HTTP\/1\.1 400 [^]*The body is not UTF-8/);
  expect(server.sandbox.requests).toEqual([]);
});

test('a stream that is over closes the connection where the client asked for that', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  const said = await exchange(server, 'POST /mcp HTTP/1.1', PING);
  expect(said).toMatch(/\r\ncontent-type: text\/event-stream\r\n[^]*\r\nConnection: close\r\n/);
  const older = await exchange(server, 'POST /mcp HTTP/1.0', PING);
  expect(older).toMatch(/"result":\{\}/);
});

test('a request for a whole address is for its path', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  for (const target of ['http://localhost/mcp', 'http://localhost/mcp?x', 'HTTPS://other.example:8443/mcp'])
    expect(await exchange(server, `POST ${target} HTTP/1.1`, PING)).toMatch(/"result":\{\}/);
  expect(await exchange(server, 'GET http://localhost/healthz HTTP/1.1')).toMatch(/^HTTP\/1\.1 200 /);
  expect(await exchange(server, 'GET http://localhost HTTP/1.1')).toMatch(/^HTTP\/1\.1 404 /);
});
