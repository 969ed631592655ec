import { expect, test } from 'vitest';
import { GENERATIONS } from '../support/connect.js';
import { serve } from '../support/http.js';

const TEAM = [
  { name: 'vera', role: 'viewer' },
  { name: 'olav', role: 'operator' },
  { name: 'ada', role: 'admin' },
] as const;

test.for(GENERATIONS)('a %s client lists and calls tools as the principal of its token', async generation => {
  await using server = await serve({ principals: TEAM });
  await using mcp = await server.connect({ generation, as: 'olav' });
  const answer = await mcp.call('get_server', { server: 'web01' });
  expect(answer.isError, answer.text).toBe(false);
  expect(answer.structured).toMatchObject({ name: 'web01' });
});
