import { expect, test } from 'vitest';
import { open, signIn, START, type Gigahost, type Row } from './support/open.js';

const PATH = '/account/apikeys';
const READ_SERVERS = { servers: { mode: 'r', all: false, ids: ['18101'] } };

interface Session {
  readonly send: (method: string, tail: string, body?: unknown) => ReturnType<Gigahost['call']>;
  readonly rows: () => Promise<Row[]>;
  /** Creates a key and finds it in the list by its prefix. */
  readonly create: (body: Row) => Promise<{ secret: string; row: Row }>;
}

async function session(gigahost: Gigahost): Promise<Session> {
  const authorization = await signIn(gigahost);
  const send: Session['send'] = (method, tail, body) => gigahost.call(method, PATH + tail, { authorization, body });
  const rows = async () => (await send('GET', '')).data as Row[];
  return {
    send,
    rows,
    async create(body) {
      const { secret, prefix } = (await send('POST', '', body)).data as Row;
      const row = (await rows()).find(({ key_prefix }) => key_prefix === prefix);
      if (!row) throw new Error('The new key is not listed.');
      return { secret: String(secret), row };
    },
  };
}

const statusWith = async ({ get }: Gigahost, secret: string, path = '/servers/18101') =>
  (await get(path, { authorization: `Bearer ${secret}` })).status;

test('the demo account has a key for certbot, one for monitoring, and the one of the sandbox', async () => {
  await using gigahost = await open();
  const { rows } = await session(gigahost);
  expect(await rows()).toMatchObject([
    {
      key_id: 81,
      key_label: 'certbot',
      permissions: { dns: { mode: 'rw', all: false, ids: ['3301'] } },
      last_used_ip: '192.0.2.10',
      contact_id: '31',
    },
    { key_id: 82, key_label: 'monitoring', permissions: { servers: { mode: 'r', all: true } }, status: 'active' },
    {
      key_label: 'sandbox',
      key_prefix: gigahost.sandbox.apiKey.slice(0, 18),
      permissions: { billing: { mode: 'rw' }, dns: { mode: 'rw', all: true } },
      last_used_at: null,
    },
  ]);
});

test('keys cannot manage keys', async () => {
  await using gigahost = await open();
  for (const [method, tail] of [
    ['GET', ''],
    ['POST', ''],
    ['GET', '/81'],
    ['PUT', '/81'],
    ['DELETE', '/81'],
    ['GET', '/81/log'],
    ['POST', '/81/rotate'],
  ] as const)
    expect(await gigahost.call(method, PATH + tail)).toMatchObject({
      status: 403,
      meta: { message: 'You do not have permission for this operation.' },
    });
});

test('a created key works within its permissions, and the reply has its secret but no id', async () => {
  await using gigahost = await open();
  const { send } = await session(gigahost);
  const { status, data } = await send('POST', '', { label: 'drift', permissions: READ_SERVERS });
  expect(status).toBe(201);
  expect(Object.keys(data as Row)).toEqual(['secret', 'prefix', 'label', 'expires_at', 'permissions']);
  const { secret, prefix } = data as Record<string, string>;
  expect(secret).toMatch(/^flux_live_[0-9a-f]{64}$/);
  expect(secret?.startsWith(String(prefix))).toBe(true);
  expect(await statusWith(gigahost, String(secret))).toBe(200);
  expect(await statusWith(gigahost, String(secret), '/servers/18102')).toBe(403);
  expect(await statusWith(gigahost, String(secret), '/billing')).toBe(403);
});

test('a key limited to ids that names none reaches nothing', async () => {
  await using gigahost = await open();
  const { create } = await session(gigahost);
  const { secret } = await create({ label: 'none', permissions: { servers: { mode: 'r', all: false } } });
  expect(await statusWith(gigahost, secret)).toBe(403);
});

test('label, permissions and end of a key are checked', async () => {
  await using gigahost = await open();
  const { send, rows } = await session(gigahost);
  const now = START / 1000;
  const right: Row = { label: 'drift', permissions: READ_SERVERS };
  for (const [wrong, message] of [
    [{ label: '' }, 'Label is required (max 100 characters).'],
    [{ label: 'x'.repeat(101) }, 'Label is required (max 100 characters).'],
    [{ permissions: [] }, 'Invalid permissions payload.'],
    [{ permissions: { servers: { mode: 'w' } } }, 'Invalid permissions payload.'],
    [{ permissions: { server: { mode: 'r' } } }, 'Invalid permissions payload.'],
    [{ permissions: { dns: { mode: 'r', ids: ['fjordkaffe.no'] } } }, 'Invalid permissions payload.'],
    [{ expires_at: now }, 'Expiry must be in the future.'],
    [{ expires_at: '2027-01-01' }, 'Invalid data received.'],
  ] as const) {
    const answer = await send('POST', '', { ...right, ...wrong });
    expect(answer).toMatchObject({ status: 400, meta: { message } });
  }
  expect(await rows()).toHaveLength(3);
});

test('a key ends by itself when its time is up', async () => {
  await using gigahost = await open();
  const { create } = await session(gigahost);
  const end = START / 1000 + 60;
  const { secret, row } = await create({ label: 'short', permissions: READ_SERVERS, expires_at: end });
  expect(row.expires_at).toBe(end);
  gigahost.advance(59_000);
  expect(await statusWith(gigahost, secret)).toBe(200);
  gigahost.advance(1000);
  expect(await statusWith(gigahost, secret)).toBe(401);
});

test('a revoked key is refused at once, leaves the list, and stays readable by id', async () => {
  await using gigahost = await open();
  const { send, create, rows } = await session(gigahost);
  const { secret, row } = await create({ label: 'drift', permissions: READ_SERVERS });
  expect((await send('DELETE', `/${String(row.key_id)}`)).status).toBe(200);
  expect(await statusWith(gigahost, secret)).toBe(401);
  expect((await rows()).map(({ key_label }) => key_label)).toEqual(['certbot', 'monitoring', 'sandbox']);
  const { data } = await send('GET', `/${String(row.key_id)}`);
  expect(data).toMatchObject({ status: 'revoked', revoked_at: START / 1000 });
  for (const [method, tail] of [
    ['DELETE', ''],
    ['PUT', ''],
    ['POST', '/rotate'],
  ] as const) {
    const answer = await send(method, `/${String(row.key_id)}${tail}`, { label: 'again' });
    expect(answer).toMatchObject({ status: 404, meta: { message: 'API key not found.' } });
  }
});

test('rotation kills the old secret and keeps the rest', async () => {
  await using gigahost = await open();
  const { send, create } = await session(gigahost);
  const { secret, row } = await create({ label: 'drift', permissions: READ_SERVERS });
  const { data } = await send('POST', `/${String(row.key_id)}/rotate`);
  const rotated = data as Record<string, string>;
  expect(await statusWith(gigahost, secret)).toBe(401);
  expect(await statusWith(gigahost, String(rotated.secret))).toBe(200);
  expect((await send('GET', `/${String(row.key_id)}`)).data).toMatchObject({
    key_label: 'drift',
    key_prefix: rotated.prefix,
    permissions: READ_SERVERS,
  });
});

test('new permissions replace the old ones and count from the next call', async () => {
  await using gigahost = await open();
  const { send, create } = await session(gigahost);
  const { secret, row } = await create({ label: 'drift', permissions: READ_SERVERS });
  const put = (body: Row) => send('PUT', `/${String(row.key_id)}`, body);
  expect((await put({})).status).toBe(400);
  expect((await put({ permissions: { billing: { mode: 'r' } } })).status).toBe(200);
  expect((await put({ label: 'regnskap' })).status).toBe(200);
  expect(await statusWith(gigahost, secret)).toBe(403);
  expect(await statusWith(gigahost, secret, '/billing')).toBe(200);
  expect((await send('GET', `/${String(row.key_id)}`)).data).toMatchObject({
    key_label: 'regnskap',
    permissions: { billing: { mode: 'r' } },
  });
});

test('the log of a key has its calls, newest first, refusals too, with secrets masked', async () => {
  await using gigahost = await open();
  const { send, create } = await session(gigahost);
  const { secret, row } = await create({ label: 'drift', permissions: { account: { mode: 'rw' } } });
  const authorization = `Bearer ${secret}`;
  await statusWith(gigahost, secret, '/account?lang=no');
  gigahost.advance(5000);
  await statusWith(gigahost, secret, '/servers');
  await gigahost.call('POST', '/account/password', { authorization, body: { current: 'guess', new: 'bryggekaffe' } });

  const path = `/${String(row.key_id)}/log`;
  const { data } = await send('GET', path);
  const at = START / 1000;
  expect(data).toMatchObject([
    { method: 'POST', path: '/account/password', status: 400, request_body: '{"current":"***","new":"***"}' },
    { method: 'GET', path: '/servers', status: 403, created_at: at + 5, request_body: '' },
    { method: 'GET', path: '/account', query_string: 'lang=no', status: 200, created_at: at, ip: '127.0.0.1' },
  ]);
  expect((data as Row[])[1]?.response_body).toContain('You do not have permission for this operation.');
  expect((await send('GET', `/${String(row.key_id)}`)).data).toMatchObject({
    last_used_at: at + 5,
    last_used_ip: '127.0.0.1',
  });

  const part = (await send('GET', `${path}?limit=1&offset=1`)).data as Row[];
  expect(part.map(entry => entry.path)).toEqual(['/servers']);
  for (const query of ['limit=0', 'limit=201', 'limit=x', 'offset=-1'])
    expect((await send('GET', `${path}?${query}`)).status).toBe(400);
});

test('long bodies are cut in the log, and it says so', async () => {
  await using gigahost = await open();
  const { send } = await session(gigahost);
  const [, , own] = gigahost.sandbox.world.apiKeys;
  await gigahost.get('/servers');
  await gigahost.call('PUT', '/servers/18101/name', { body: { name: 'ø'.repeat(3000) } });
  const [rename, list] = (await send('GET', `/${String(own?.id)}/log`)).data as Row[];
  expect(list).toMatchObject({ truncated: true });
  expect(String(list?.response_body)).toHaveLength(16 * 1024);
  expect(rename).toMatchObject({ truncated: true });
  expect(String(rename?.request_body).length).toBeLessThan(2100);
});
