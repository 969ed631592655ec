import { expect, test } from 'vitest';
import { declines, agrees } from '../support/client.js';
import { serve, type Served } from '../support/http.js';

const TEAM = [
  { name: 'vera', role: 'viewer' },
  { name: 'olav', role: 'operator' },
] as const;

const ask = ({ url, tokens }: Served, as?: string): Promise<Response> =>
  fetch(`${url}/metrics`, { headers: as === undefined ? {} : { Authorization: `Bearer ${tokens[as]}` } });

/** The figures by their names and labels, as they are written. */
async function figures(server: Served, as?: string): Promise<Readonly<Record<string, number>>> {
  const answer = await ask(server, as);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split('\n').filter(line => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map(line => [line.replace(/ \S+$/, '').replace(/^gigahost_mcp_/, ''), Number(/\S+$/.exec(line)?.[0])]),
  );
}

test('calls, requests to Gigahost, authentications and rejections are counted', async () => {
  await using server = await serve({ principals: TEAM });
  await using vera = await server.connect({ generation: 'v2-pinned', as: 'vera' });
  await using olav = await server.connect({ generation: 'v1', as: 'olav' });
  await vera.call('list_servers');
  await vera.call('list_servers', { wrong: 1 });
  await vera.call('get_server', { server: 'nothing-is-called-this' });
  await vera.call('rename_server', { server: 'web01', name: 'web09' });
  await olav.call('run_operation', { operation: 'no_such_operation', arguments: {} });
  await expect(vera.call('a_tool_that_a_caller_made_up')).rejects.toThrow();
  await fetch(`${server.url}/mcp`, { method: 'POST', headers: { Authorization: 'Bearer ghm_wrong' } });
  await fetch(`${server.url}/mcp`, { method: 'POST' });
  await fetch(`${server.url}/mcp`, { method: 'POST', headers: { Origin: 'https://evil.example' } });

  const seen = await figures(server, 'vera');
  expect(seen).toMatchObject({
    'calls_total{tool="list_servers",effect="read",outcome="ok"}': 1,
    'calls_total{tool="list_servers",effect="read",outcome="arguments"}': 1,
    'calls_total{tool="get_server",effect="read",outcome="failed"}': 1,
    'calls_total{tool="rename_server",effect="update",outcome="off"}': 1,
    'authentications_total{outcome="invalid"}': 1,
    'authentications_total{outcome="missing"}': 1,
    'rejections_total{reason="auth"}': 2,
    'rejections_total{reason="origin"}': 1,
    'call_duration_seconds_count{effect="read"}': 3,
  });
  expect(seen['upstream_requests_total{effect="read",status="2xx"}']).toBeGreaterThanOrEqual(2);
  expect(seen['authentications_total{outcome="accepted"}']).toBeGreaterThan(5);
  expect(seen['process_resident_memory_bytes']).toBeGreaterThan(1e6);
  const written = Object.keys(seen).join('\n');
  for (const madeUp of ['made_up', 'no_such_operation', 'vera', 'olav', 'web01', 'nothing-is-called'])
    expect(written).not.toContain(madeUp);
});

test('what asking a person came to is counted', async () => {
  await using server = await serve({ principals: TEAM });
  await using says = await server.connect({ generation: 'v2-pinned', as: 'olav', person: agrees });
  await using saysNo = await server.connect({ generation: 'v2-pinned', as: 'olav', person: declines });
  await using cannot = await server.connect({ generation: 'v1', as: 'olav' });
  await cannot.call('reboot_server', { server: 'web01' });
  await cannot.call('reboot_server', { server: 'web01', confirmation_code: 'AAAAA-AAAAA' });
  await saysNo.call('reboot_server', { server: 'web01' });
  await says.call('reboot_server', { server: 'web01' });
  expect(await figures(server, 'vera')).toMatchObject({
    'confirmations_total{outcome="question"}': 2,
    'confirmations_total{outcome="code"}': 1,
    'confirmations_total{outcome="refused"}': 1,
    'confirmations_total{outcome="declined"}': 1,
    'confirmations_total{outcome="yes"}': 1,
    'calls_total{tool="reboot_server",effect="disrupt",outcome="confirmation_required"}': 1,
    'calls_total{tool="reboot_server",effect="disrupt",outcome="asked"}': 2,
    'calls_total{tool="reboot_server",effect="disrupt",outcome="declined"}': 1,
    'calls_total{tool="reboot_server",effect="disrupt",outcome="ok"}': 1,
  });
});

test('a request that is repeated counts as a retry', async () => {
  await using server = await serve({ principals: TEAM });
  server.sandbox.misbehave({ fault: { kind: 'status', status: 503 } });
  await using vera = await server.connect({ generation: 'v2-pinned', as: 'vera' });
  expect((await vera.call('list_servers')).isError).toBe(false);
  expect(await figures(server, 'vera')).toMatchObject({
    'upstream_requests_total{effect="read",status="5xx"}': 1,
    'upstream_retries_total{effect="read"}': 1,
  });
});

test('they are for whoever may call, and for everybody on loopback without authentication', async () => {
  await using server = await serve({ principals: TEAM });
  expect((await ask(server)).status).toBe(401);
  expect((await ask(server, 'vera')).status).toBe(200);
  const post = await fetch(`${server.url}/metrics`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${server.tokens['vera']}` },
  });
  expect(post.status).toBe(405);
  await using open = await serve({ args: ['--auth', 'none'] });
  expect((await ask(open)).status).toBe(200);
});
