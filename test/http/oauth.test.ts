import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK, UnsecuredJWT } from 'jose';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served } from '../support/http.js';
import { inSeconds, startIssuer, type TestIssuer } from '../support/issuer.js';
import { callTool, post, serveOAuth } from '../support/oauth.js';

const VIEWER = 'gigahost:viewer';
const OPERATOR = 'gigahost:operator';
const ADMIN = 'gigahost:admin';

const audienceOf = ({ url }: Served): string => `${url}/mcp`;
const metadataOf = ({ url }: Served): string => `${url}/.well-known/oauth-protected-resource/mcp`;
const rename = (server: Served, token: string, name: string) =>
  callTool(server, token, 'rename_server', { server: '18102', name });
const namesIn = ({ sandbox }: Served): (string | undefined)[] => sandbox.world.servers.map(({ name }) => name);

describe('a token', () => {
  let issuer: TestIssuer;
  let other: TestIssuer;
  let server: Served;
  beforeAll(async () => {
    [issuer, other] = [await startIssuer(), await startIssuer()];
    server = await serveOAuth(issuer, {
      config: { principals: [{ name: 'ola', role: 'operator', subject: 'auth0|ola' }] },
    });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await issuer[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  });

  const sign = (claims: Record<string, unknown> = {}, options = {}) => issuer.sign(audienceOf(server), claims, options);
  const publicPem = async () => exportSPKI((await importJWK(issuer.key.jwk, 'RS256')) as never);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = () => ({
    iss: issuer.url,
    aud: audienceOf(server),
    sub: 'kari',
    scope: ADMIN,
    exp: inSeconds(600),
  });
  const withSecret = (header: object, secret: string) => {
    const signed = `${encode(header)}.${encode(claims())}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };

  test('that is right lets in, also as a mere JWT, with more audiences, or a clock that goes a little after', async () => {
    const right: [Record<string, unknown>, object][] = [
      [{}, {}],
      [{}, { header: { typ: 'JWT' } }],
      [{}, { header: { typ: 'application/AT+JWT' } }],
      [{}, { header: { typ: undefined } }],
      [{ aud: ['https://other.example', audienceOf(server)] }, {}],
      [{ exp: inSeconds(-5) }, {}],
      [{ nbf: inSeconds(5) }, {}],
    ];
    for (const [claimed, options] of right) {
      const { status, text } = await post(server, await sign(claimed, options));
      expect(status, `${JSON.stringify([claimed, options])}: ${text}`).toBe(200);
      expect(text).toContain('get_server');
    }
  });

  const wrong: [string, () => Promise<string>, RegExp][] = [
    ['of another issuer', () => sign({ iss: 'https://login.example.no' }), /of another issuer/],
    [
      'of another issuer, with its key',
      () => other.sign(audienceOf(server)),
      /not signed with a key of its issuer|signature .* is wrong/,
    ],
    ['for another server', () => sign({ aud: 'https://other.example/mcp' }), /audience must be http:.*\/mcp/],
    ['for no server', () => sign({ aud: undefined }), /audience must be/],
    ['for the server, not its /mcp', () => sign({ aud: server.url }), /audience must be/],
    ['that has expired', () => sign({ exp: inSeconds(-60) }), /has expired/],
    ['that never expires', () => sign({ exp: undefined }), /no exp/],
    ['that is not valid yet', () => sign({ nbf: inSeconds(60) }), /not valid yet/],
    ['that nobody owns', () => sign({ sub: undefined }), /no sub/],
    ['whose owner has no name', () => sign({ sub: '' }), /whose it is/],
    ['whose owner is a number', () => sign({ sub: 7 }), /whose it is/],
    ['that is no access token', () => sign({}, { header: { typ: 'logout+jwt' } }), /not an access token/],
    ['with a header that must be understood', () => withCrit(), /not accepted/],
    ['without a signature', () => Promise.resolve(new UnsecuredJWT(claims()).encode()), /not accepted/],
    [
      'signed with the public key as a secret',
      async () => withSecret({ alg: 'HS256', kid: 'first' }, await publicPem()),
      /not accepted/,
    ],
    [
      'whose claims were changed',
      async () => {
        const [header, , signature] = (await sign()).split('.');
        return [header, encode(claims()), signature].join('.');
      },
      /signature .* is wrong/,
    ],
    [
      'whose algorithm was changed',
      async () => {
        const [, payload, signature] = (await sign()).split('.');
        return [encode({ alg: 'PS256', kid: 'first' }), payload, signature].join('.');
      },
      /not signed with a key of its issuer|signature .* is wrong/,
    ],
    ['whose signature was cut', async () => (await sign()).slice(0, -4), /signature .* is wrong/],
    [
      'that brings its own key',
      async () => other.sign(audienceOf(server), { iss: issuer.url }, { header: { jwk: other.key.jwk } }),
      /signature .* is wrong/,
    ],
    ['that is none', () => Promise.resolve('ghm_no-jwt-at-all'), /not a token of the issuer/],
    ['that is JSON in JSON', () => Promise.resolve(`${encode({ alg: 'RS256' })}.e30.e30`), /./],
  ];
  const withCrit = async () => {
    const [, payload, signature] = (await sign()).split('.');
    return [encode({ alg: 'RS256', kid: 'first', crit: ['x'], x: 1 }), payload, signature].join('.');
  };
  test.for(wrong)('%s is refused, and the client is told where to get another', async ([, make, words]) => {
    const { status, challenge, text } = await post(server, await make());
    expect(status, text).toBe(401);
    expect(challenge).toMatchObject({ error: 'invalid_token', resource_metadata: metadataOf(server) });
    expect(challenge['error_description']).toMatch(words);
    expect((JSON.parse(text) as { error: { message: string } }).error.message).toBe(challenge['error_description']);
  });

  test('is needed: whoever sends none is told where to get one, and of no fault', async () => {
    const { status, challenge } = await post(server, undefined);
    expect(status).toBe(401);
    expect(challenge).toEqual({ resource_metadata: metadataOf(server) });
  });

  const roles: [string, Record<string, unknown>, 'viewer' | 'operator' | 'admin' | undefined][] = [
    ['a scope', { scope: VIEWER }, 'viewer'],
    ['the strongest of several', { scope: `openid ${OPERATOR} ${VIEWER}` }, 'operator'],
    ['a list of scopes', { scope: [ADMIN] }, 'admin'],
    ['scopes called scp', { scope: undefined, scp: [OPERATOR] }, 'operator'],
    ['a scope that only begins alike', { scope: 'gigahost:administrator' }, undefined],
    ['a scope in other letters', { scope: 'GIGAHOST:ADMIN' }, undefined],
    ['no scope', { scope: undefined }, undefined],
    ['a scope that is no text', { scope: { admin: true } }, undefined],
    ['a claim nobody configured', { scope: undefined, roles: ['admin'] }, undefined],
    ['the entry of the configuration, without a role in the token', { sub: 'auth0|ola', scope: 'openid' }, 'operator'],
    ['the entry, lowered by the token', { sub: 'auth0|ola', scope: VIEWER }, 'viewer'],
    ['the entry, which the token cannot raise', { sub: 'auth0|ola', scope: ADMIN }, 'operator'],
  ];
  test.for(roles)('gives a role by %s', async ([, claimed, role]) => {
    const token = await sign(claimed);
    const { status, challenge, text } = await post(server, token);
    if (role === undefined) {
      expect(status).toBe(403);
      expect(challenge).toMatchObject({
        error: 'insufficient_scope',
        scope: VIEWER,
        resource_metadata: metadataOf(server),
      });
      return expect(challenge['error_description']).toMatch(/names no role/);
    }
    expect(status).toBe(200);
    const listed = ['get_server', 'rename_server', 'delete_dns_zone'].filter(name => text.includes(`"${name}"`));
    expect(listed).toHaveLength({ viewer: 1, operator: 2, admin: 3 }[role]);
  });

  test('that is too weak for a tool gets its scope named, and a stronger one works', async () => {
    const weak = await rename(server, await sign({ sub: 'eva' }), 'stepped-up');
    expect(weak.status).toBe(403);
    expect(weak.challenge).toMatchObject({
      error: 'insufficient_scope',
      scope: OPERATOR,
      resource_metadata: metadataOf(server),
      error_description: 'rename_server takes the role operator; the token gives viewer.',
    });
    expect(namesIn(server)).not.toContain('stepped-up');
    const zone = await callTool(server, await sign({ sub: 'eva', scope: OPERATOR }), 'delete_dns_zone', {
      zone: 'fjordkaffe.no',
    });
    expect([zone.status, zone.challenge['scope']]).toEqual([403, ADMIN]);
    const strong = await rename(server, await sign({ sub: 'eva', scope: `${VIEWER} ${OPERATOR}` }), 'stepped-up');
    expect(strong.status).toBe(200);
    expect(namesIn(server)).toContain('stepped-up');
  });

  test('of somebody whom no token would make stronger is answered in words', async () => {
    const { status, text } = await callTool(
      server,
      await sign({ sub: 'auth0|ola', scope: VIEWER }),
      'delete_dns_zone',
      { zone: 'fjordkaffe.no' },
    );
    expect(status).toBe(200);
    expect(text).toMatch(
      /delete_dns_zone is switched off here: your role here, viewer, only looks; it takes the role admin/,
    );
    const help = await rename(server, await sign({ sub: 'auth0|ola', scope: VIEWER }), 'x');
    expect([help.status, help.challenge['scope']]).toEqual([403, OPERATOR]);
  });

  test('that turns out too weak for what it relays is answered in words that name the role', async () => {
    const asked = await callTool(server, await sign(), 'run_operation', { operation: 'deleteZone', arguments: {} });
    expect([asked.status, asked.challenge['scope']]).toEqual([403, OPERATOR]);
    const { status, text } = await callTool(server, await sign({ scope: OPERATOR }), 'run_operation', {
      operation: 'deleteDatabase',
      arguments: { hosting: 'fjordkaffe.no', dbname: 'shop' },
    });
    expect(status).toBe(200);
    expect(text).toMatch(/role/);
    expect(text).toMatch(/admin/);
  });

  test('of a lower role gets nothing of a session of a higher one', async () => {
    const high = await sign({ sub: 'liv', scope: ADMIN });
    const plan = await callTool(server, high, 'delete_dns_zone', { zone: 'kunde.example' });
    const code = /"confirmation_code":"([^"]+)"/.exec(plan.text)?.[1];
    expect(code, plan.text).toBeDefined();
    const args = { zone: 'kunde.example', confirmation_code: code };
    const low = await sign({ sub: 'liv', scope: VIEWER });
    expect((await callTool(server, low, 'delete_dns_zone', args)).status).toBe(403);
    expect((await callTool(server, low, 'run_operation', { operation: 'deleteZone', arguments: args })).status).toBe(
      403,
    );
    const listed = await post(server, low);
    expect(listed.text).not.toContain('"delete_dns_zone"');
    expect((await callTool(server, await sign({ sub: 'per', scope: ADMIN }), 'delete_dns_zone', args)).text).toContain(
      '"isError":true',
    );
    expect((await callTool(server, high, 'delete_dns_zone', args)).text).toContain('"status":"done"');
  });

  test('is not found in what the server writes, nor is anybody on record under the name of another', async () => {
    const tokens = await Promise.all(
      ['ola', 'local', 'a b', 'a_b', 'a\nb', 'x'.repeat(300)].map(async sub => {
        const token = await sign({ sub, scope: OPERATOR });
        const { status, text } = await rename(server, token, `n${Math.abs(sub.length)}`);
        expect(status, text).toBe(200);
        return token;
      }),
    );
    const entry = await sign({ sub: 'auth0|ola' });
    expect((await rename(server, await sign({ sub: 'auth0|ola', scope: OPERATOR }), 'of-ola')).status).toBe(200);
    const journal = await readFile(join(server.stateDir, 'journal.jsonl'), 'utf8');
    const names = [...journal.matchAll(/"principal":"([^"]*)"/g)].map(([, name = '']) => name);
    expect(names.every(name => /^[\w.@~-]{1,64}$/.test(name))).toBe(true);
    const distinct = new Set(names);
    expect(distinct).toContain('ola');
    expect(distinct).toContain('a_b');
    for (const sub of ['ola', 'local', 'a_b', 'x+'])
      expect(
        [...distinct].some(name => new RegExp(`^${sub}~[\\w-]{16}$`).test(name)),
        sub,
      ).toBe(true);
    expect([...distinct].filter(name => /^a_b/.test(name))).toHaveLength(3);
    const theirs = await callTool(server, await sign({ sub: 'ola' }), 'list_changes');
    expect(theirs.text).not.toContain('of-ola');
    const written = server.stderr() + journal;
    for (const token of [...tokens, entry])
      for (const part of token.split('.').slice(1)) expect(written).not.toContain(part);
  });
});
