import { expect, test } from 'vitest';
import { serve, type Served } from '../support/http.js';
import { startRedis, until } from '../support/redis.js';

const PRINCIPALS = [{ name: 'ada', role: 'admin' }] as const;
const ask = async ({ url }: Pick<Served, 'url'>, path: string): Promise<string> => {
  const answer = await fetch(url + path);
  return `${answer.status} ${(await answer.text()).trim()}`;
};

test('a node is ready while it reaches Gigahost, and alive in any case', async () => {
  await using server = await serve({ principals: PRINCIPALS });
  expect(await ask(server, '/readyz')).toBe('200 ready');
  await server.sandbox.close();
  await until(async () => (await ask(server, '/readyz')).startsWith('503'), 'it finds out');
  expect(await ask(server, '/readyz')).toBe('503 gigahost cannot be reached');
  expect(await ask(server, '/healthz')).toBe('200 ok');
});

test('a node whose store is away is not ready, and is again when it is back', async () => {
  await using redis = await startRedis();
  await using server = await serve({ principals: PRINCIPALS, args: ['--store', redis.url] });
  await until(async () => (await ask(server, '/readyz')) === '200 ready', 'it is ready');
  await redis.stop();
  await until(async () => (await ask(server, '/readyz')) === '503 store cannot be reached', 'it finds out');
  await redis.start();
  await until(async () => (await ask(server, '/readyz')) === '200 ready', 'it is back');
});
