import type { Client as ModernClient } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import { startAccounts } from '../support/accounts.js';
import { connect } from '../support/connect.js';
import { serve, type ServeOptions } from '../support/http.js';
import { until } from '../support/redis.js';

const VERA = [{ name: 'vera', role: 'viewer' }] as const;
const INFO = ['--log-level', 'info'];
const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = `00-${ID}-00f067aa0ba902b7-01`;
const OTHER = '0af7651916cd43dd8448eb211c80319c';
const OTHERS_PARENT = `00-${OTHER}-b7ad6b7169203331-00`;

type Line = Readonly<Record<string, unknown>>;

/** What is logged as JSON; beside it there is the line that says where it listens. */
const linesOf = (server: { stderr(): string }): Line[] =>
  server
    .stderr()
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as Line);

async function linesWith(server: { stderr(): string }, name: string, count = 1): Promise<Line[]> {
  const found = (): Line[] => linesOf(server).filter(line => name in line);
  await until(() => found().length >= count, `there are ${count} lines with ${name}`);
  return found();
}

test('one line for each call: who, what, how it ended, how long it took', async () => {
  await using server = await serve({ principals: VERA, args: INFO });
  await using vera = await server.connect({ generation: 'v2-pinned', as: 'vera' });
  await vera.call('list_servers');
  await vera.call('get_server', { server: 'no-such-server' });
  await vera.call('reboot_server', { server: 'web01' });
  const lines = await linesWith(server, 'tool', 3);
  expect(lines).toMatchObject([
    { level: 30, principal: 'vera', tool: 'list_servers', outcome: 'ok' },
    { level: 30, principal: 'vera', tool: 'get_server', outcome: 'failed' },
    { level: 30, principal: 'vera', tool: 'reboot_server', outcome: 'off' },
  ]);
  expect(new Set(lines.map(line => line['request_id'])).size).toBe(3);
  for (const { duration_ms: duration } of lines) expect(duration).toBeTypeOf('number');
  expect(server.stderr()).not.toContain('web01');
});

test('a request is told its id, and nothing is logged of calls unless that is wanted', async () => {
  const post = async ({ url, tokens }: { url: string; tokens: Readonly<Record<string, string>> }) =>
    fetch(`${url}/mcp`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${tokens['vera']}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        'X-Request-Id': 'made-up-by-the-caller',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_servers' } }),
    });
  await using server = await serve({ principals: VERA, args: INFO });
  const answer = await post(server);
  await answer.text();
  const id = answer.headers.get('x-request-id');
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(await linesWith(server, 'tool')).toMatchObject([{ request_id: id }]);

  await using quiet = await serve({ principals: VERA });
  await (await post(quiet)).text();
  await (await fetch(`${quiet.url}/mcp`, { method: 'POST' })).text();
  await linesWith(quiet, 'address');
  expect(linesOf(quiet).filter(line => 'tool' in line)).toEqual([]);
});

test('who is not let in is on record, and the token is not', async () => {
  await using server = await serve({ principals: VERA, args: INFO });
  const headers = { Authorization: 'Bearer ghm_nobody_has_this', traceparent: PARENT };
  const answer = await fetch(`${server.url}/mcp`, { method: 'POST', headers });
  expect(answer.status).toBe(401);
  expect(await linesWith(server, 'address')).toMatchObject([
    {
      level: 40,
      address: expect.stringMatching(/127\.0\.0\.1$/) as string,
      status: 401,
      outcome: 'invalid',
      request_id: answer.headers.get('x-request-id'),
      trace_id: ID,
    },
  ]);
  expect(server.stderr()).not.toContain('ghm_nobody');
});

test('a secret is taken out of facts as it is of words', async () => {
  const password = 'Correct-Horse.Battery';
  // Whoever is called like the password of the account is not called so in the log.
  await using server = await serve({
    sandboxOptions: { password },
    principals: [{ name: password, role: 'viewer' }],
    args: INFO,
    env: { GIGAHOST_API_KEY: undefined, GIGAHOST_USERNAME: 'ola@fjordkaffe.no', GIGAHOST_PASSWORD: password },
  });
  await using mcp = await server.connect({ generation: 'v2-pinned', as: password });
  await mcp.call('list_servers');
  expect(await linesWith(server, 'tool')).toMatchObject([{ principal: '[hidden]' }]);
  expect(server.stderr()).not.toContain(password);
});

describe('a trace', () => {
  const start = async (options: ServeOptions = {}) => {
    const gigahost = await startAccounts([{}]);
    const [account] = gigahost.accounts;
    const env = { GIGAHOST_BASE_URL: gigahost.url, GIGAHOST_API_KEY: account?.apiKey };
    return { gigahost, server: await serve({ principals: VERA, args: INFO, env, ...options }), env };
  };
  const traced = (_meta: Record<string, unknown>) => ({ name: 'list_servers', arguments: {}, _meta });

  test.for(['v1', 'v2-pinned'] as const)('that a %s client sends goes to the log and to Gigahost', async generation => {
    const { gigahost, server } = await start();
    await using _gigahost = gigahost;
    await using _server = server;
    const headers = { traceparent: PARENT, tracestate: 'rojo=00f067aa0ba902b7, congo=t61rcWkgMzE' };
    await using vera = await server.connect({ generation, as: 'vera', headers });
    await vera.call('list_servers');
    expect(await linesWith(server, 'tool')).toMatchObject([{ trace_id: ID }]);
    expect(gigahost.received.length).toBeGreaterThan(0);
    for (const received of gigahost.received)
      expect(received).toMatchObject({ traceparent: PARENT, tracestate: 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE' });

    // What a message says of itself is nearer than what carries it.
    const before = gigahost.received.length;
    await (vera.client as ModernClient).callTool(traced({ traceparent: OTHERS_PARENT }));
    expect((await linesWith(server, 'tool', 2))[1]).toMatchObject({ trace_id: OTHER });
    const [received] = gigahost.received.slice(before);
    expect(received).toMatchObject({ traceparent: OTHERS_PARENT });
    expect(received).not.toHaveProperty('tracestate');
  });

  test('of one call is not that of another at the same time', async () => {
    const { gigahost, server } = await start();
    await using _gigahost = gigahost;
    await using _server = server;
    await using vera = await server.connect({ generation: 'v2-pinned', as: 'vera' });
    const ids = Array.from({ length: 8 }, (_, n) => `${n + 1}`.padStart(32, 'a'));
    await Promise.all(
      ids.map(id => (vera.client as ModernClient).callTool(traced({ traceparent: `00-${id}-00f067aa0ba902b7-01` }))),
    );
    const logged = (await linesWith(server, 'tool', 8)).map(line => line['trace_id']);
    expect(logged.toSorted()).toEqual(ids);
    const sent = gigahost.received.map(({ traceparent }) => String(traceparent).slice(3, 35));
    expect(new Set(sent)).toEqual(new Set(ids));
  });

  test.for([
    '',
    PARENT.toUpperCase(),
    `${PARENT}-more`,
    `ff${PARENT.slice(2)}`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${ID}-${'0'.repeat(16)}-01`,
    `${PARENT}, ${PARENT}`,
  ])('that is malformed, %j, is dropped', async traceparent => {
    const { gigahost, server } = await start();
    await using _gigahost = gigahost;
    await using _server = server;
    await using vera = await server.connect({ generation: 'v2-pinned', as: 'vera' });
    const call = traced({ traceparent, tracestate: 'a=1' });
    expect((await (vera.client as ModernClient).callTool(call)).isError).not.toBe(true);
    expect((await linesWith(server, 'tool'))[0]).not.toHaveProperty('trace_id');
    expect(gigahost.received.length).toBeGreaterThan(0);
    for (const received of gigahost.received)
      for (const name of ['traceparent', 'tracestate']) expect(received).not.toHaveProperty(name);
  });

  test.for([
    [`42-${ID}-00f067aa0ba902b7-01-what-is-to-come`, 'ok=1', { traceparent: PARENT, tracestate: 'ok=1' }],
    [PARENT, 'a=1,=broken', { traceparent: PARENT, tracestate: undefined }],
    [PARENT, 'a=1\r\nx: y', { traceparent: PARENT, tracestate: undefined }],
    [PARENT, `a=${'x'.repeat(600)}`, { traceparent: PARENT, tracestate: undefined }],
  ] as const)('%j with %j is passed on as far as it is right', async ([traceparent, tracestate, expected]) => {
    const { gigahost, server } = await start();
    await using _gigahost = gigahost;
    await using _server = server;
    await using vera = await server.connect({ generation: 'v2-pinned', as: 'vera' });
    await (vera.client as ModernClient).callTool(traced({ traceparent, tracestate }));
    const [received] = gigahost.received;
    expect({ traceparent: received?.['traceparent'], tracestate: received?.['tracestate'] }).toEqual(expected);
  });

  test('over stdio it is that of the message', async () => {
    await using gigahost = await startAccounts([{}]);
    const env = { GIGAHOST_BASE_URL: gigahost.url, GIGAHOST_API_KEY: gigahost.accounts[0]?.apiKey };
    await using mcp = await connect({ generation: 'v2-pinned', env });
    await (mcp.client as ModernClient).callTool(traced({ traceparent: PARENT }));
    expect(gigahost.received.at(-1)).toMatchObject({ traceparent: PARENT });
    const before = gigahost.received.length;
    await mcp.call('list_servers');
    for (const received of gigahost.received.slice(before)) expect(received).not.toHaveProperty('traceparent');
  });
});
