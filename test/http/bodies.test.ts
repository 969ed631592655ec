import { expect, test } from 'vitest';
import { serve, type Served } from '../support/http.js';

const HEADERS = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
const TEAM = [{ name: 'vera', role: 'viewer' }] as const;
const messages = async (answer: Response): Promise<{ readonly id: unknown; readonly [key: string]: unknown }[]> =>
  [...(await answer.text()).matchAll(/^data: (\{.*\})$/gm)].map(
    ([, text = '']) => JSON.parse(text) as { readonly id: unknown },
  );
const post = (server: Served, body: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.url}/mcp`, {
    method: 'POST',
    headers: { ...HEADERS, Authorization: `Bearer ${server.tokens['vera']}`, ...headers },
    body,
  });

test.for(['{', '', 'reboot'])('a body of %j is told to be no JSON', async body => {
  await using server = await serve({ principals: TEAM });
  const answer = await post(server, body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: -32_700 } });
});

test('a body of another type is refused', async () => {
  await using server = await serve({ principals: TEAM });
  expect((await post(server, '{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
});

test('a batch is answered whole, whatever its parts are about', async () => {
  await using server = await serve({ principals: TEAM });
  const about = [
    { id: 1, method: 'tools/call', params: { name: 'get_server', arguments: { server: 'web01' } } },
    { id: 2, method: 'resources/templates/list' },
    { id: 3, method: 'tools/list' },
    { id: 4, method: 'tools/call', params: { name: 'no_such_tool' } },
  ];
  const answered = await messages(await post(server, JSON.stringify(about.map(one => ({ jsonrpc: '2.0', ...one })))));
  const byId = Object.fromEntries(answered.map(({ id, ...rest }) => [String(id), rest])) as unknown;
  expect(byId).toMatchObject({
    1: { result: { structuredContent: { name: 'web01' } } },
    2: { result: { resourceTemplates: expect.arrayContaining([]) as unknown } },
    3: { result: { tools: expect.arrayContaining([expect.objectContaining({ name: 'get_server' })]) as unknown } },
    4: { error: { code: -32_602 } },
  });
});

test('a server that is made for one request still says all that it can do', async () => {
  await using server = await serve({ principals: TEAM });
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
  const [hello] = await messages(
    await post(server, JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })),
  );
  expect(hello).toMatchObject({
    result: {
      capabilities: { tools: {}, resources: {}, completions: {} },
      instructions: expect.any(String) as unknown,
    },
  });
});
