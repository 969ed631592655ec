import { expect, test } from 'vitest';
import { serve, type Served } from '../support/http.js';
import { inSeconds, startIssuer, type TestIssuer } from '../support/issuer.js';
import { callTool, post, serveOAuth } from '../support/oauth.js';
import { CA, startProxy, startTls } from '../support/proxy.js';

const DOCUMENT = '/.well-known/oauth-protected-resource';
const ADMIN = { scope: 'gigahost:admin' };
const sign = (issuer: TestIssuer, server: Served, claims: Record<string, unknown> = {}) =>
  issuer.sign(`${server.url}/mcp`, claims);
const documentOf = async (server: Served): Promise<Record<string, unknown>> =>
  (await (await fetch(`${server.url}${DOCUMENT}`)).json()) as Record<string, unknown>;

test('an issuer that is down keeps nobody from starting, lets nobody in, and is asked again', async () => {
  await using issuer = await startIssuer();
  await issuer.down();
  await using server = await serveOAuth(issuer);
  const token = await sign(issuer, server);
  const { status, headers, text } = await post(server, token);
  expect(status).toBe(503);
  expect(headers.get('retry-after')).toBe('5');
  expect(text).toMatch(/The authorization server http:\S+ cannot be asked now, so no token can be checked/);
  expect(await documentOf(server)).toMatchObject({ authorization_servers: [issuer.url] });
  expect((await post(server, undefined)).status).toBe(401);
  await issuer.up();
  await expect.poll(async () => (await post(server, token)).status, { timeout: 10_000 }).toBe(200);
  expect(server.stderr()).toMatch(/cannot be asked: http:\S+ does not answer \(ECONNREFUSED\)/);
  // Its keys are known by now: it may go away again.
  await issuer.down();
  expect((await post(server, token)).status).toBe(200);
});

test('an issuer that only a proxy finds, behind a CA of the company, is asked through it', async () => {
  const address = 'https://api.gigahost.test';
  await using issuer = await startIssuer();
  await using tls = await startTls(issuer.url);
  await using proxy = await startProxy({ to: tls.port });
  issuer.document = { issuer: address, jwks_uri: `${address}/keys` };
  const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, GIGAHOST_CA_FILE: CA };
  await using server = await serveOAuth({ url: address }, { env });
  const token = await sign(issuer, server, { iss: address });
  expect((await post(server, token)).status).toBe(200);
  expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set(['api.gigahost.test:443']));
  expect(issuer.asked).toContain('/keys');
  await using untrusting = await serveOAuth({ url: address }, { env: { ...env, GIGAHOST_CA_FILE: undefined } });
  expect((await post(untrusting, await sign(issuer, untrusting, { iss: address }))).status).toBe(503);
  await expect
    .poll(() => untrusting.stderr(), { timeout: 10_000 })
    .toMatch(/does not answer \((UNABLE_TO|SELF_SIGNED)/);
});

test('an issuer that is down is not asked with every request', async () => {
  await using issuer = await startIssuer();
  issuer.document = { issuer: 'https://somebody.else.example' };
  await using server = await serveOAuth(issuer);
  const token = await sign(issuer, server);
  for (let sent = 0; sent < 20; sent += 1) expect((await post(server, token)).status).toBe(503);
  // Three places where its document could be, with each attempt.
  expect(issuer.asked.length).toBeLessThan(20);
});

test('whoever sends what is no token of a right kind does not make it ask the issuer', async () => {
  await using issuer = await startIssuer();
  await using server = await serveOAuth(issuer);
  for (const token of ['x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.', undefined])
    expect((await post(server, token)).status).toBe(401);
  expect(issuer.asked).toEqual([]);
});

test('a key that the issuer begins to use is found, and one it gave up is believed no more', async () => {
  await using issuer = await startIssuer({ alg: 'ES256' });
  await using server = await serveOAuth(issuer);
  const old = await sign(issuer, server);
  expect((await post(server, old)).status).toBe(200);
  await issuer.rotate();
  const fresh = await sign(issuer, server);
  // Not at once: whoever sends unknown keys would have the issuer asked without end.
  expect((await post(server, fresh)).status).toBe(401);
  expect(issuer.asked.filter(path => path === '/keys')).toHaveLength(1);
  await expect.poll(async () => (await post(server, fresh)).status, { timeout: 15_000, interval: 200 }).toBe(200);
  expect((await post(server, old)).status).toBe(401);
  expect(issuer.asked.filter(path => path === '/keys')).toHaveLength(2);
});

test.for([
  ['EdDSA', {}],
  ['PS512', {}],
  ['RS256', { where: /openid-configuration/ }],
  ['RS256', { path: '/tenant', where: /oauth-authorization-server\/tenant$/ }],
  ['RS256', { path: '/tenant', where: /^\/tenant\/.well-known\/openid-configuration$/ }],
  ['RS256', { path: '/tenant', where: /openid-configuration\/tenant$/ }],
  ['RS256', { path: '/tenant', slash: '/' }],
] as const)('an issuer that signs with %s, and is laid out like %j, is understood', async ([alg, how]) => {
  await using issuer = await startIssuer({ alg, ...how });
  await using server = await serveOAuth(issuer);
  const { status, text } = await post(server, await sign(issuer, server));
  expect(status, text).toBe(200);
  // A client takes the name from here and compares it with what the issuer calls itself.
  const slash = 'slash' in how ? how.slash : '';
  expect(await documentOf(server)).toMatchObject({ authorization_servers: [`${issuer.url}${slash}`] });
});

test.for([
  ['of another issuer', { issuer: 'https://login.example.no' }, /is of another issuer/],
  [
    'whose keys travel in the clear',
    { jwks_uri: 'http://login.example.no/keys' },
    /names no jwks_uri that begins with https/,
  ],
  ['without keys', { jwks_uri: undefined }, /names no jwks_uri/],
  ['with keys that are not there', { jwks_uri: 'http://127.0.0.1:1/keys' }, /127\.0\.0\.1:1\/keys does not answer/],
] as const)('a document %s is not believed', async ([, document, words]) => {
  await using issuer = await startIssuer();
  issuer.document = document;
  await using server = await serveOAuth(issuer);
  expect((await post(server, await sign(issuer, server))).status).toBe(503);
  await expect.poll(() => server.stderr()).toMatch(words);
});

test('the document of the server is for everybody, also for pages of other sites', async () => {
  await using issuer = await startIssuer();
  await using server = await serveOAuth(issuer);
  for (const path of [DOCUMENT, `${DOCUMENT}/mcp`]) {
    const answer = await fetch(`${server.url}${path}`, { headers: { Origin: 'https://chat.example.no' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toEqual({
      resource: `${server.url}/mcp`,
      authorization_servers: [issuer.url],
      scopes_supported: ['gigahost:viewer', 'gigahost:operator', 'gigahost:admin'],
      bearer_methods_supported: ['header'],
      resource_name: 'Gigahost',
    });
    const before = await fetch(`${server.url}${path}`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://chat.example.no' },
    });
    expect(before.status).toBe(204);
    expect(before.headers.get('access-control-allow-headers')).toContain('MCP-Protocol-Version');
    expect((await fetch(`${server.url}${path}`, { method: 'POST' })).status).toBe(405);
  }
  expect((await fetch(`${server.url}${DOCUMENT}/other`)).status).toBe(404);
});

test('with tokens of the configuration there is no such document, and what is off is said in words', async () => {
  await using server = await serve({ principals: [{ name: 'vera', role: 'viewer' }] });
  expect((await fetch(`${server.url}${DOCUMENT}`)).status).toBe(404);
  const { status, text } = await callTool(server, server.tokens['vera'] ?? '', 'reboot_server', { server: 'web01' });
  expect(status).toBe(200);
  expect(text).toMatch(/reboot_server is switched off here: your role here, viewer, only looks/);
});

test.for([
  ['roles', { roles: 'operator' }, 2],
  ['roles', { roles: ['nobody', 'admin', 'viewer'] }, 3],
  ['roles', { roles: ['Admin'], scope: 'gigahost:viewer' }, 1],
  ['roles', { roles: ['viewer'], scope: 'gigahost:operator' }, 2],
  ['roles', { roles: { admin: true } }, 0],
  ['https://example.no/roles', { 'https://example.no/roles': ['admin'] }, 3],
  ['realm_access.roles', { realm_access: { roles: ['operator'] } }, 2],
  ['realm_access.roles', { realm_access: null }, 0],
  ['constructor.name', {}, 0],
] as const)(
  'with --oauth-roles %s, the claims %j let %i of three roles’ tools be seen',
  async ([claim, claims, seen]) => {
    await using issuer = await startIssuer();
    await using server = await serveOAuth(issuer, { args: ['--oauth-roles', claim] });
    const { status, text } = await post(server, await sign(issuer, server, { scope: undefined, ...claims }));
    expect(status).toBe(seen === 0 ? 403 : 200);
    const listed = ['get_server', 'rename_server', 'delete_dns_zone'].filter(name => text.includes(`"${name}"`));
    expect(listed).toHaveLength(seen);
  },
);

test('with --oauth-audience a token is for that', async () => {
  await using issuer = await startIssuer();
  await using server = await serveOAuth(issuer, { args: ['--oauth-audience', 'api://gigahost'] });
  expect((await post(server, await issuer.sign('api://gigahost'))).status).toBe(200);
  expect((await post(server, await sign(issuer, server))).status).toBe(401);
  // What clients ask a token for is where they found the server.
  expect(await documentOf(server)).toMatchObject({ resource: `${server.url}/mcp` });
});

test('with --public-url tokens are for the public address, and so is what clients are told', async () => {
  await using issuer = await startIssuer();
  await using server = await serveOAuth(issuer, {
    args: ['--public-url', 'https://mcp.example.no/gigahost', '--allowed-hosts', '127.0.0.1'],
  });
  const { status, challenge } = await post(server, undefined);
  expect(status).toBe(401);
  expect(challenge).toEqual({
    resource_metadata: 'https://mcp.example.no/gigahost/.well-known/oauth-protected-resource/mcp',
  });
  expect((await post(server, await issuer.sign('https://mcp.example.no/gigahost/mcp'))).status).toBe(200);
  expect((await post(server, await issuer.sign(`${server.url}/mcp`))).status).toBe(401);
});

test('what is off for another reason than the role asks for no other token', async () => {
  await using issuer = await startIssuer();
  await using server = await serveOAuth(issuer, {
    args: ['--exclude-tools', 'rename_server', '--toolsets', 'servers'],
  });
  const token = await sign(issuer, server);
  for (const [name, args, words] of [
    ['rename_server', { server: 'web01', name: 'x' }, /only looks|excluded/],
    ['delete_dns_zone', { zone: 'kunde.example' }, /only looks|not on/],
  ] as const) {
    const { status, text } = await callTool(server, token, name, args);
    expect([name, status]).toEqual([name, 200]);
    expect(text).toMatch(words);
  }
  await using reads = await serveOAuth(issuer, { args: ['--read-only'] });
  const { status, text } = await callTool(reads, await sign(issuer, reads), 'rename_server', {
    server: 'x',
    name: 'y',
  });
  expect(status).toBe(200);
  expect(text).toMatch(/--read-only/);
});

test('a session of a 2025-era client ends with the role it began in', async () => {
  await using issuer = await startIssuer();
  await using server = await serveOAuth(issuer, { args: ['--sessions'] });
  const high = await sign(issuer, server, ADMIN);
  const begun = await post(server, high, 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'raw', version: '1' },
  });
  const session = { 'Mcp-Session-Id': begun.headers.get('mcp-session-id') ?? '' };
  expect(
    (await post(server, await sign(issuer, server, { ...ADMIN, jti: '2' }), 'tools/list', {}, session)).status,
  ).toBe(200);
  for (const claims of [{}, { ...ADMIN, sub: 'ola' }])
    expect((await post(server, await sign(issuer, server, claims), 'tools/list', {}, session)).status).toBe(404);
});

test('a stream that was opened with a token is over when the token is', async () => {
  await using issuer = await startIssuer();
  await using server = await serveOAuth(issuer, { args: ['--sessions'] });
  const begun = await post(server, await sign(issuer, server), 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'raw', version: '1' },
  });
  const exp = inSeconds(2);
  // Nothing is sent on it before something happens, not even its headers.
  const stream = fetch(`${server.url}/mcp`, {
    headers: {
      Accept: 'text/event-stream',
      Authorization: `Bearer ${await sign(issuer, server, { exp })}`,
      'Mcp-Session-Id': begun.headers.get('mcp-session-id') ?? '',
      'MCP-Protocol-Version': '2025-11-25',
    },
  });
  await expect(stream.then(answer => answer.text())).rejects.toThrow(/terminated|fetch failed/);
  expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000);
});

test('with --credentials header the role of the token still counts', async () => {
  await using issuer = await startIssuer();
  await using server = await serveOAuth(issuer, {
    args: ['--credentials', 'header'],
    env: { GIGAHOST_API_KEY: undefined },
  });
  const key = { 'X-Gigahost-Api-Key': server.sandbox.apiKey };
  const rename = async (claims: Record<string, unknown>) =>
    post(
      server,
      await sign(issuer, server, claims),
      'tools/call',
      { name: 'rename_server', arguments: { server: '18102', name: 'by-key' } },
      key,
    );
  const done = await rename(ADMIN);
  expect([done.status, done.text]).toEqual([200, expect.not.stringContaining('"isError":true')]);
  const weak = await rename({});
  expect([weak.status, weak.challenge['scope']]).toEqual([403, 'gigahost:operator']);
});

test.for([
  [['--auth', 'oauth'], /--auth oauth needs the authorization server whose tokens are accepted: --oauth-issuer/],
  [['--auth', 'oauth', '--oauth-issuer', 'http://login.example.no'], /must be https/],
  [['--auth', 'oauth', '--oauth-issuer', 'login.example.no'], /is not an address/],
] as const)('%j does not start, and says why', async ([args, words]) => {
  await expect(serve({ args })).rejects.toThrow(words);
});
