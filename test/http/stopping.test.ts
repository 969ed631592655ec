import { Agent, request as send } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serve, type Served } from '../support/http.js';
import { until } from '../support/redis.js';

const PRINCIPALS = [{ name: 'ada', role: 'admin' }] as const;
const slowly = ({ sandbox }: Served, ms: number): void =>
  sandbox.misbehave({ method: 'GET', path: /^\/servers/, times: 1, fault: { kind: 'delay', ms } });
const isUnderway = ({ sandbox }: Served, more: number) =>
  until(() => sandbox.requests.length >= more, 'it is under way');

describe.for(['v1', 'v2-pinned'] as const)('with a %s client', generation => {
  test('a call under way finishes with its result, and the server ends well', async () => {
    await using server = await serve({ principals: PRINCIPALS });
    await using mcp = await server.connect({ generation, as: 'ada' });
    slowly(server, 1500);
    const call = mcp.call('list_servers');
    await isUnderway(server, 1);
    const over = server.stop();
    const answer = await call;
    expect(answer.isError, answer.text).toBe(false);
    expect(answer.text).toContain('web01');
    expect(await over).toBe(0);
  });

  test('one that outlasts the deadline is told that nothing changed', async () => {
    await using server = await serve({ principals: PRINCIPALS, args: ['--drain-seconds', '0.2'] });
    await using mcp = await server.connect({ generation, as: 'ada' });
    slowly(server, 20_000);
    const call = mcp.call('list_servers');
    await isUnderway(server, 1);
    const over = server.stop();
    const answer = await call;
    expect(answer).toMatchObject({ isError: true, text: 'The call was cancelled. Nothing changed.' });
    expect(await over).toBe(0);
  });

  test('a change that outlasts it is of unknown outcome, or as it ended, and on record', async () => {
    await using server = await serve({ principals: PRINCIPALS, args: ['--drain-seconds', '0.2'] });
    await using mcp = await server.connect({ generation, as: 'ada' });
    server.sandbox.misbehave({ method: 'PATCH', fault: { kind: 'delay', ms: 20_000 } });
    server.sandbox.misbehave({ method: 'PUT', fault: { kind: 'delay', ms: 20_000 } });
    server.sandbox.misbehave({ method: 'POST', fault: { kind: 'delay', ms: 20_000 } });
    const call = mcp.call('rename_server', { server: '18102', name: 'web02b' });
    await until(() => server.sandbox.calls().some(({ method }) => method !== 'GET'), 'it is on its way');
    const over = server.stop();
    const said = await call.then(
      ({ text }) => text,
      (error: Error) => error.message,
    );
    expect(said).not.toMatch(/Nothing changed/);
    expect(await over).toBe(0);
    const journal = await readFile(join(server.stateDir, 'journal.jsonl'), 'utf8');
    expect(journal).toMatch(/"outcome":"(unknown|applied)"|"outcome":"begun"/);
    expect(journal).not.toMatch(/"outcome":"(failed|refused)"/);
  });
});

test('a stream of changes is ended and holds nothing up', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  await using mcp = await server.connect({ generation: 'v2-pinned', as: 'ada' });
  const { client } = mcp as unknown as { client: { listen(filter: object): Promise<{ closed: Promise<string> }> } };
  const stream = await client.listen({ resourceSubscriptions: ['gigahost://servers'] });
  const over = server.stop();
  expect(await stream.closed).toBeTypeOf('string');
  expect(await over).toBe(0);
});

test('what comes over a connection that was kept alive is told to go elsewhere', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method: string, path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const asked = send(`${server.url}${path}`, { method, agent }, answer => {
        answer.resume().once('end', () => resolve(answer.statusCode));
      });
      asked.once('error', reject).end();
    });
  expect(await ask('GET', '/healthz')).toBe(200);
  await using mcp = await server.connect({ generation: 'v2-pinned', as: 'ada' });
  slowly(server, 1500);
  const call = mcp.call('list_servers');
  await isUnderway(server, 1);
  const over = server.stop();
  await until(async () => (await ask('GET', '/readyz')) === 503, 'it says that it is stopping');
  expect(await ask('POST', '/mcp')).toBe(503);
  expect((await call).isError).toBe(false);
  expect(await over).toBe(0);
  agent.destroy();
});

test('a second signal ends it at once', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  await using mcp = await server.connect({ generation: 'v1', as: 'ada' });
  slowly(server, 20_000);
  const call = mcp.call('list_servers').catch((error: Error) => error);
  await isUnderway(server, 1);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  void server.stop();
  await until(async () => (await fetch(`${server.url}/readyz`)).status === 503, 'it is stopping');
  expect(await server.stop('SIGINT')).toBe(1);
  await call;
});
