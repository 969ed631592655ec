import { StreamableHTTPClientTransport, UnauthorizedError, type Client } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { browser, startAuthorizationServer, type Browser } from '../support/authorization-server.js';
import { agrees, createTalker, type Generation } from '../support/connect.js';
import type { Served } from '../support/http.js';
import { serveOAuth } from '../support/oauth.js';

/** A real client that begins without a token, and a browser that goes wherever it is sent. */
async function signIn(server: Served, generation: Exclude<Generation, 'v1'>, through: Browser) {
  const endpoint = new URL(`${server.url}/mcp`);
  const first = new StreamableHTTPClientTransport(endpoint, { authProvider: through });
  const unknown = createTalker({ generation, person: agrees });
  await expect((unknown.client as Client).connect(first)).rejects.toThrow(UnauthorizedError);
  await first.finishAuth(through.comeBack());
  const transport = new StreamableHTTPClientTransport(endpoint, { authProvider: through });
  const talker = createTalker({ generation, person: agrees });
  await (talker.client as Client).connect(transport);
  return { ...talker, transport, [Symbol.asyncDispose]: () => talker.client.close() };
}

test.for(['v2-legacy', 'v2-auto', 'v2-pinned'] as const)(
  'a %s client finds the authorization server, registers, is let in, and steps up for a tool that takes more',
  async generation => {
    await using issuer = await startAuthorizationServer();
    await using server = await serveOAuth(issuer);
    const through = browser();
    await using mcp = await signIn(server, generation, through);
    expect(through.held.client?.client_id).toEqual(expect.any(String));
    expect(through.held.tokens?.scope).toBe('gigahost:viewer');
    const seen = await mcp.call('get_server', { server: 'web01' });
    expect(seen.isError, seen.text).toBe(false);

    issuer.allowed = ['gigahost:viewer', 'gigahost:operator'];
    const rename = () => mcp.call('rename_server', { server: 'web01', name: 'web-renamed' });
    await expect(rename()).rejects.toThrow(UnauthorizedError);
    expect(issuer.requested.at(-1)?.split(' ')).toContain('gigahost:operator');
    await mcp.transport.finishAuth(through.comeBack());
    const done = await rename();
    expect(done.isError, done.text).toBe(false);
    expect(server.sandbox.world.servers.some(({ name }) => name === 'web-renamed')).toBe(true);

    const { access_token: token = 'none' } = through.held.tokens ?? {};
    expect(token.split('.')).toHaveLength(3);
    expect(server.stderr()).not.toContain(token.split('.')[1]);
  },
);

test('two people who sign in are two principals: neither sees what the other changed', async () => {
  await using issuer = await startAuthorizationServer();
  await using server = await serveOAuth(issuer);
  issuer.allowed = ['gigahost:operator'];
  await using kari = await signIn(server, 'v2-pinned', browser());
  issuer.person = 'ola';
  await using ola = await signIn(server, 'v2-pinned', browser());
  expect((await kari.call('rename_server', { server: 'web01', name: 'of-kari' })).isError).toBe(false);
  expect((await ola.call('rename_server', { server: 'web02', name: 'of-ola' })).isError).toBe(false);
  const [hers, his] = [await kari.call('list_changes'), await ola.call('list_changes')];
  expect(hers.text).toContain('of-kari');
  expect(hers.text).not.toContain('of-ola');
  expect(his.text).toContain('of-ola');
  expect(his.text).not.toContain('of-kari');
});
