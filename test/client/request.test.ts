import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inspect } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { getLegacyAccount } from '../../src/client/api/account.js';
import { listServerIsos } from '../../src/client/api/isos.js';
import { getServer, listServers, setServerName } from '../../src/client/api/servers.js';
import { powerOffServer, powerOnServer, rebootServer } from '../../src/client/api/power.js';
import { startSandbox, type Fault } from '../../src/sandbox/index.js';
import { clientOf, failure, loginOf } from './support/client.js';
import { DONE, startServer } from './support/plain-server.js';

const web01 = { params: { id: '18101' } };

describe('what goes out', () => {
  test('a request names the program, wants JSON, and carries a body only where there is one', async () => {
    const seen: { readonly url: string | undefined; readonly headers: NodeJS.Dict<string | string[]> }[] = [];
    await using server = await startServer((request, response) => {
      seen.push({ url: request.url, headers: request.headers });
      response.end(DONE);
    });
    await using client = clientOf(server);
    await client.call(listServers, {});
    await client.call(setServerName, { ...web01, body: { name: 'web01' } });

    expect(seen.map(({ url }) => url)).toEqual(['/api/v0/servers', '/api/v0/servers/18101/name']);
    expect(seen[0]?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'gigahost-mcp/test',
      authorization: `Bearer ${server.apiKey}`,
    });
    expect(seen[0]?.headers).not.toHaveProperty('content-type');
    expect(seen[1]?.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '16' });
  });

  test('wire note 1.8: replies are asked for uncompressed, so the size limit holds for what is unpacked', async () => {
    const offered: unknown[] = [];
    await using server = await startServer((request, response) => {
      offered.push(request.headers['accept-encoding']);
      response.end(DONE);
    });
    await using client = clientOf(server);
    await client.call(listServers, {});
    expect(offered).toEqual(['identity']);
  });

  test.each(['', '0', '07', '1/../2', 'web01', '-1', ' 1'])(
    'wire notes 2.4 and 3.2: the broken id %j never reaches Gigahost',
    async id => {
      await using gigahost = await startSandbox();
      await using client = clientOf(gigahost);
      await expect(client.call(getServer, { params: { id } })).rejects.toThrow();
      await expect(client.call(rebootServer, { params: { id } })).rejects.toThrow();
      expect(gigahost.requests).toEqual([]);
    },
  );

  test('wire note 3.8: an empty name never reaches Gigahost, which would accept it', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    await expect(client.call(setServerName, { ...web01, body: { name: '' } })).rejects.toThrow();
    expect(gigahost.requests).toEqual([]);
  });

  test('wire note 4.1: a redirect is not followed, and the credential goes nowhere else', async () => {
    await using elsewhere = await startSandbox();
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const redirect: Fault = {
      kind: 'status',
      status: 302,
      headers: { location: `${elsewhere.url}/servers` },
      body: '',
    };
    gigahost.misbehave({ fault: redirect, times: 2 });

    const read = await failure(client.call(listServers, {}));
    const change = await failure(client.call(rebootServer, web01));

    expect(read).toMatchObject({ kind: 'unexpected_response', facts: { changed: 'nothing' } });
    expect(read.facts.reason).toContain('redirect');
    expect(change).toMatchObject({ kind: 'outcome_unknown', facts: { changed: 'unknown' } });
    expect(gigahost.requests).toHaveLength(2);
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('what a refusal says', () => {
  test('wire note 1.3: HTTP 200 with a refusing meta.status is a refusal', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const body = { meta: { status: '403', message: 'You do not have permission for this operation.' }, data: [] };
    gigahost.misbehave({ fault: { kind: 'reply', body } });
    expect(await failure(client.call(rebootServer, web01))).toMatchObject({
      kind: 'forbidden',
      facts: {
        operation: 'reboot the server',
        changed: 'nothing',
        status: 403,
        reason: 'You do not have permission for this operation.',
      },
    });
  });

  test('wire note 1.4: meta.error is preferred to meta.message, and figures are passed on', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const meta = {
      status: 402,
      message: '402 Payment Required',
      error: 'Not enough credit.',
      required: 79,
      balance: '5',
    };
    gigahost.misbehave({ fault: { kind: 'reply', status: 402, body: { meta, data: [] } } });
    expect(await failure(client.call(rebootServer, web01))).toMatchObject({
      kind: 'rejected',
      facts: { reason: 'Not enough credit.', details: { required: '79', balance: '5' } },
    });
  });

  test('wire note 1.6: a refusal without a body is told by its status', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ fault: { kind: 'status', status: 400, body: '' } });
    const error = await failure(client.call(rebootServer, web01));
    expect(error).toMatchObject({ kind: 'rejected', facts: { status: 400, changed: 'nothing' } });
    expect(error.facts.reason).toBeUndefined();
  });

  test('wire note 3.4: the server of somebody else is not found, and that is asked once', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const error = await failure(client.call(getServer, { params: { id: '999999' } }));
    expect(error).toMatchObject({ kind: 'not_found', facts: { status: 404, changed: 'nothing' } });
    expect(gigahost.calls('GET', /999999/)).toHaveLength(1);
  });

  test('wire note 3.1: a server answered with an empty list is not found', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ fault: { kind: 'reply', body: { meta: { status: 200 }, data: [] } } });
    expect(await failure(client.call(getServer, web01))).toMatchObject({ kind: 'not_found' });
  });

  test('wire note 1.6: a legacy reply that says it is no success is a refusal, asked for once', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({
      fault: { kind: 'reply', body: { success: false, message: 'Not for you.' } },
      times: Infinity,
    });
    expect(await failure(client.call(getLegacyAccount, {}))).toMatchObject({
      kind: 'rejected',
      facts: { changed: 'nothing', reason: 'Not for you.' },
    });
    expect(gigahost.requests).toHaveLength(1);
  });

  test('wire note 3.3: a live server that goes missing is not found once and there again later', async () => {
    let now = Date.now();
    await using gigahost = await startSandbox({ now: () => now });
    await using client = clientOf(gigahost);
    gigahost.hide('web01', 30_000);
    expect(await failure(client.call(getServer, web01))).toMatchObject({ kind: 'not_found' });
    now += 31_000;
    expect(await client.call(getServer, web01)).toMatchObject({ name: 'web01' });
  });

  test('wire note 4.4: a 403 neither signs in again nor repeats', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { credentials: loginOf(gigahost) });
    gigahost.misbehave({ path: /servers/, fault: { kind: 'status', status: 403 } });
    expect(await failure(client.call(listServers, {}))).toMatchObject({ kind: 'forbidden' });
    expect(gigahost.requests.map(({ path }) => path)).toEqual(['/authenticate', '/servers']);
  });

  test('wire note 4.5: a read-only key may look and not rename', async () => {
    await using gigahost = await startSandbox();
    const apiKey = gigahost.addApiKey({ servers: { mode: 'r', all: true } });
    await using client = clientOf({ ...gigahost, apiKey });
    expect(await client.call(getServer, web01)).toMatchObject({ name: 'web01' });
    const error = await failure(client.call(setServerName, { ...web01, body: { name: 'x' } }));
    expect(error).toMatchObject({ kind: 'forbidden', facts: { changed: 'nothing' } });
    expect(gigahost.world.server('18101').name).toBe('web01');
  });

  test.each([powerOnServer, powerOffServer])(
    'wire note 5.2: $does is refused on a KVM server, with what to do instead, and no other verb is tried',
    async endpoint => {
      await using gigahost = await startSandbox();
      await using client = clientOf(gigahost);
      const error = await failure(client.call(endpoint, web01));
      expect(error).toMatchObject({ kind: 'rejected', facts: { status: 405, changed: 'nothing' } });
      expect(error.facts.hint).toContain('KVM');
      expect(gigahost.requests).toHaveLength(1);
    },
  );

  test('wire note 9.5: ISO images are refused on an hourly server, with the reason a person needs', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const error = await failure(client.call(listServerIsos, web01));
    expect(error.facts.changed).toBe('nothing');
    expect(error.facts.hint).toContain('ISO');
  });
});

describe('a read whose answer is no answer', () => {
  test.each<[string, Fault, string]>([
    ['not JSON', { kind: 'garbage' }, 'not a JSON object (text/html)'],
    ['empty', { kind: 'empty' }, 'an empty body'],
    ['a flood', { kind: 'flood' }, 'larger than 8 MiB'],
    ['of another shape', { kind: 'reply', body: { meta: { status: 200 }, data: [{ srv_id: {} }] } }, 'srv_id'],
  ])('is not sent again when the answer is %s', async (_, fault, words) => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ fault, times: Infinity });
    const error = await failure(client.call(listServers, {}));
    expect(error).toMatchObject({ kind: 'unexpected_response', facts: { changed: 'nothing' } });
    expect(error.facts.reason).toContain(words);
    expect(gigahost.requests).toHaveLength(1);
  });

  test('an answer just within the size limit is read', async () => {
    const head = '{"meta":{"status":200},"data":[],"padding":"';
    await using server = await startServer((_, response) => {
      response.end(`${head}${'x'.repeat(8 * 1024 * 1024 - head.length - 2)}"}`);
    });
    await using client = clientOf(server);
    expect(await client.call(listServers, {})).toEqual({ servers: [], pages: 1 });
  });
});

test('an error carries no credential, header, address or body', async () => {
  await using gigahost = await startSandbox();
  await using client = clientOf(gigahost);
  gigahost.misbehave({ fault: { kind: 'garbage' } });
  const shown = inspect(await failure(client.call(listServers, {})), { depth: Infinity });
  for (const inner of [gigahost.apiKey, 'authorization', '127.0.0.1', 'It works!']) expect(shown).not.toContain(inner);
});

test('a process that made a call and did not close its client ends by itself', async () => {
  await using gigahost = await startSandbox();
  const contents = `
    import { createClient } from './index.js';
    import { listServers } from './api/servers.js';
    const client = createClient({ baseUrl: '${gigahost.url}', credentials: { apiKey: { value: '${gigahost.apiKey}' } },
      stateDir: undefined, timeoutMs: 3_600_000, userAgent: 'script' });
    void client.call(listServers, {});`;
  const resolveDir = new URL('../../src/client/', import.meta.url).pathname;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    platform: 'node',
    write: false,
  });
  const child = spawn(process.execPath, ['-'], { stdio: ['pipe', 'inherit', 'inherit'] });
  child.stdin.end(outputFiles[0]?.contents);
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(gigahost.requests).toHaveLength(1);
});
