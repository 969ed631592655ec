import { expect, test } from 'vitest';
import { agrees, declines } from '../support/connect.js';
import { serve } from '../support/http.js';
import { changesOf } from '../tools/support/upstream.js';

const TEAM = [
  { name: 'olav', role: 'operator' },
  { name: 'ada', role: 'admin' },
] as const;
const ARGS = ['--sessions'];

test.for(['v1', 'v2-legacy'] as const)(
  'a %s client with a session is asked, and its answer counts',
  async generation => {
    await using server = await serve({ principals: TEAM, args: ARGS });
    await using yes = await server.connect({ generation, as: 'olav', person: agrees });
    const done = await yes.call('reboot_server', { server: 'web01' });
    expect(done.isError, done.text).toBe(false);
    expect(yes.questions).toHaveLength(1);
    await using no = await server.connect({ generation, as: 'olav', person: declines });
    expect((await no.call('reboot_server', { server: 'web02' })).structured).toEqual({ status: 'declined' });
    expect(changesOf(server.sandbox)).toHaveLength(1);
  },
);

test('a modern client beside it needs none', async () => {
  await using server = await serve({ principals: TEAM, args: ARGS });
  await using mcp = await server.connect({ generation: 'v2-pinned', as: 'olav', person: agrees });
  expect((await mcp.call('reboot_server', { server: 'web01' })).isError).toBe(false);
  expect(mcp.questions).toHaveLength(1);
});

const begin = (url: string, token: string | undefined, headers: Record<string, string> = {}, method = 'initialize') =>
  fetch(`${url}/mcp`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      Authorization: `Bearer ${token}`,
      ...headers,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method,
      params:
        method === 'initialize'
          ? { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } }
          : {},
    }),
  });

test('a session is of use to nobody but the principal who began it, and to them until they end it', async () => {
  await using server = await serve({ principals: TEAM, args: ARGS });
  const { olav, ada } = server.tokens;
  const started = await begin(server.url, olav);
  const id = started.headers.get('mcp-session-id') ?? '';
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  const session = { 'Mcp-Session-Id': id, 'MCP-Protocol-Version': '2025-11-25' };
  expect((await begin(server.url, olav, session, 'tools/list')).status).toBe(200);
  const theirs = await begin(server.url, ada, session, 'tools/list');
  expect(theirs.status).toBe(404);
  expect(await theirs.json()).toMatchObject({ error: { message: 'There is no such session here; begin a new one.' } });
  const stolen = await fetch(`${server.url}/mcp`, {
    method: 'DELETE',
    headers: { ...session, Authorization: `Bearer ${ada}` },
  });
  expect(stolen.status).toBe(404);
  const ended = await fetch(`${server.url}/mcp`, {
    method: 'DELETE',
    headers: { ...session, Authorization: `Bearer ${olav}` },
  });
  expect(ended.status).toBe(200);
  expect((await begin(server.url, olav, session, 'tools/list')).status).toBe(404);
});

test('one who begins sessions without end loses their own oldest, and nobody else’s', async () => {
  await using server = await serve({ principals: TEAM, args: ARGS });
  const { olav, ada } = server.tokens;
  const idOf = async (token: string | undefined): Promise<string> =>
    (await begin(server.url, token)).headers.get('mcp-session-id') ?? '';
  const adas = await idOf(ada);
  const first = await idOf(olav);
  for (let n = 0; n < 50; n += 1) await idOf(olav);
  const last = await idOf(olav);
  const statusOf = async (token: string | undefined, id: string): Promise<number> =>
    (await begin(server.url, token, { 'Mcp-Session-Id': id, 'MCP-Protocol-Version': '2025-11-25' }, 'tools/list'))
      .status;
  expect([await statusOf(olav, first), await statusOf(olav, last), await statusOf(ada, adas)]).toEqual([404, 200, 200]);
});
