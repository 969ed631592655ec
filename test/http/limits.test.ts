import { request as send } from 'node:http';
import { expect, test } from 'vitest';
import { createLimits } from '../../src/hosts/http/limits.js';
import { serve, type Served } from '../support/http.js';
import { startRedis, until } from '../support/redis.js';

const HEADERS = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };

/** One request of a principal, with its answer as it comes. */
const post = (
  { url, tokens }: Served,
  as: string,
  body: unknown = { jsonrpc: '2.0', id: 1, method: 'tools/list' },
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { ...HEADERS, Authorization: `Bearer ${tokens[as]}`, ...headers },
    body: JSON.stringify(body),
  });

const callOf = (name: string, args: object) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: args },
});

const refusalIn = async (answer: Response): Promise<string> => {
  const { jsonrpc, error } = (await answer.json()) as { jsonrpc: string; error: { code: number; message: string } };
  expect([jsonrpc, error.code]).toEqual(['2.0', -32_000]);
  return error.message;
};

test('more requests in a minute than a principal may make are refused, with when to try again, and only theirs', async () => {
  await using server = await serve({
    principals: [
      { name: 'ada', role: 'admin', requestsPerMinute: 3 },
      { name: 'olav', role: 'operator' },
    ],
  });
  for (let n = 0; n < 3; n += 1) expect((await post(server, 'ada')).status).toBe(200);
  const refused = await post(server, 'ada', callOf('list_servers', {}));
  expect(refused.status).toBe(429);
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(await refusalIn(refused)).toBe(
    `ada has made the most requests allowed in a minute, 3. Try again in ${seconds} seconds. Nothing was done.`,
  );
  expect(server.sandbox.requests).toEqual([]);
  expect((await post(server, 'olav')).status).toBe(200);
  await expect(server.connect({ generation: 'v1', as: 'ada' })).rejects.toThrow(/most requests allowed/);
});

test('the number of the server holds for whom no other is set', async () => {
  await using server = await serve({
    principals: [{ name: 'ada', role: 'admin' }],
    args: ['--requests-per-minute', '2'],
  });
  const statuses = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await post(server, 'ada')).status);
  expect(statuses).toEqual([200, 200, 429]);
});

test('requests are counted across nodes, and by each node alone while the store is away', async () => {
  await using redis = await startRedis();
  const [here, there] = [redis.store(), redis.store()];
  const nodes = [here, there].map(store => createLimits({ requestsPerMinute: 4, concurrentCalls: 9 }, store));
  const identity = { key: 'ada', principal: { name: 'ada' } } as Parameters<(typeof nodes)[number]['admit']>[0];
  const stream = { method: 'GET', headers: {} } as Parameters<(typeof nodes)[number]['admit']>[1];
  const admitted = async (node: number) =>
    (await nodes[node]?.admit(identity, stream, {} as Parameters<(typeof nodes)[number]['admit']>[2])) === undefined;
  const seen = [];
  for (const node of [0, 1, 0, 1, 0, 1]) seen.push(await admitted(node));
  expect(seen).toEqual([true, true, true, true, false, false]);
  await redis.stop();
  const alone = [];
  for (const node of [0, 0, 0, 0, 0, 1]) alone.push(await admitted(node));
  expect(alone).toEqual([true, true, true, true, false, true]);
});

test('more calls at once than a principal may have are refused, until one has ended; a stream is none', async () => {
  await using server = await serve({
    principals: [
      { name: 'ada', role: 'admin', concurrentCalls: 1 },
      { name: 'olav', role: 'operator' },
    ],
    args: ['--sessions'],
  });
  server.sandbox.misbehave({ method: 'GET', path: /^\/servers/, fault: { kind: 'delay', ms: 1500 } });
  const began = await post(server, 'ada', {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  });
  const session = {
    'Mcp-Session-Id': began.headers.get('mcp-session-id') ?? '',
    'MCP-Protocol-Version': '2025-11-25',
  };
  await began.text();
  const stop = new AbortController();
  const stream = await fetch(`${server.url}/mcp`, {
    headers: { Accept: 'text/event-stream', Authorization: `Bearer ${server.tokens['ada']}`, ...session },
    signal: stop.signal,
  });
  expect(stream.status).toBe(200);
  const slow = post(server, 'ada', callOf('list_servers', {}), session);
  await until(() => server.sandbox.requests.length > 0, 'the call is under way');
  // What a 2025-era request says it is opens no way around.
  const refused = await post(server, 'ada', callOf('list_servers', {}), {
    ...session,
    'Mcp-Method': 'subscriptions/listen',
  });
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refusalIn(refused)).toBe(
    'ada has the most calls allowed at the same time under way, 1. Try again in a second, when one of them has ended. Nothing was done.',
  );
  const pretended = await post(server, 'ada', callOf('list_servers', {}), {
    'MCP-Protocol-Version': '2026-07-28',
    'Mcp-Method': 'subscriptions/listen',
  });
  expect(pretended.status, await pretended.text()).toBe(400);
  expect((await post(server, 'olav', undefined, session)).status).toBe(404);
  const answer = await slow;
  expect(await answer.text()).toContain('web01');
  await until(async () => (await post(server, 'ada', undefined, session)).status === 200, 'the next one is let in');
  stop.abort();
});

test('what a batch holds counts one by one', async () => {
  await using server = await serve({
    principals: [
      { name: 'ada', role: 'admin', requestsPerMinute: 5, concurrentCalls: 4 },
      { name: 'olav', role: 'operator', concurrentCalls: 2 },
    ],
  });
  const batch = (size: number) => Array.from({ length: size }, (_, id) => ({ ...callOf('list_servers', {}), id }));
  expect((await post(server, 'ada', batch(4))).status).toBe(200);
  const refused = await post(server, 'ada', batch(2));
  expect(refused.status).toBe(429);
  expect(await refusalIn(refused)).toMatch(/^ada has made the most requests allowed in a minute, 5\./);
  const sent = server.sandbox.requests.length;
  const tooLong = await post(server, 'olav', batch(3));
  expect(tooLong.status).toBe(400);
  expect(await refusalIn(tooLong)).toBe(
    'A batch may hold 2 messages, and this one holds 3. Send them in parts. Nothing was done.',
  );
  server.sandbox.misbehave({ method: 'GET', path: /^\/servers/, fault: { kind: 'delay', ms: 1500 } });
  const slow = post(server, 'olav', batch(2));
  await until(() => server.sandbox.requests.length > sent, 'the batch is under way');
  expect((await post(server, 'olav')).status).toBe(429);
  expect((await slow).status).toBe(200);
});

test('a call whose client left is none any more', async () => {
  await using server = await serve({ principals: [{ name: 'ada', role: 'admin', concurrentCalls: 1 }] });
  server.sandbox.misbehave({ method: 'GET', path: /^\/servers/, fault: { kind: 'delay', ms: 20_000 } });
  const left = send(`${server.url}/mcp`, {
    method: 'POST',
    headers: { ...HEADERS, Authorization: `Bearer ${server.tokens['ada']}` },
  });
  left.on('error', () => undefined);
  left.end(JSON.stringify(callOf('list_servers', {})));
  await until(() => server.sandbox.requests.length > 0, 'the call is under way');
  expect((await post(server, 'ada')).status).toBe(429);
  left.destroy();
  await until(async () => (await post(server, 'ada')).status === 200, 'the next one is let in');
});

test('no more than so many requests to Gigahost of one principal are under way, and slow ones hold up nobody else', async () => {
  await using server = await serve({
    principals: [
      { name: 'ada', role: 'admin', concurrentUpstream: 2 },
      { name: 'olav', role: 'operator' },
    ],
  });
  await using ada = await server.connect({ generation: 'v2-pinned', as: 'ada' });
  await using olav = await server.connect({ generation: 'v1', as: 'olav' });
  expect((await olav.call('list_servers')).isError).toBe(false);
  const before = server.sandbox.requests.length;
  server.sandbox.misbehave({ method: 'GET', times: 2, fault: { kind: 'delay', ms: 4000 } });
  const ended: string[] = [];
  const slow = ['list_servers', 'list_dns_zones', 'list_invoices', 'get_account'].map(name =>
    ada.call(name).finally(() => ended.push(name)),
  );
  await until(() => server.sandbox.requests.length >= before + 2, 'two of them are under way');
  const answer = await olav.call('list_invoices');
  expect(answer.isError, answer.text).toBe(false);
  expect(ended).toEqual([]);
  for (const { isError, text } of await Promise.all(slow)) expect(isError, text).toBe(false);
});

test('a change that is under way counts with the reads', async () => {
  await using server = await serve({
    principals: [
      { name: 'ada', role: 'admin', concurrentUpstream: 1 },
      { name: 'olav', role: 'operator' },
    ],
  });
  await using ada = await server.connect({ generation: 'v2-pinned', as: 'ada' });
  await using olav = await server.connect({ generation: 'v1', as: 'olav' });
  for (const method of ['PUT', 'POST'])
    server.sandbox.misbehave({ method, path: /^\/servers/, fault: { kind: 'delay', ms: 2500, when: 'after' } });
  const change = ada.call('rename_server', { server: 'web01', name: 'web09' });
  await until(() => server.sandbox.requests.some(({ method }) => method !== 'GET'), 'the change is under way');
  const read = ada.call('list_invoices');
  // Whatever ada sends now would be there before what olav sends afterwards.
  for (let n = 0; n < 3; n += 1) expect((await olav.call('list_dns_zones')).isError).toBe(false);
  expect(server.sandbox.requests.filter(({ path }) => path.includes('billing'))).toEqual([]);
  for (const { isError, text } of await Promise.all([change, read])) expect(isError, text).toBe(false);
});
