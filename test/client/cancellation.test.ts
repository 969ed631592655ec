import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { listServers } from '../../src/client/api/servers.js';
import { rebootServer } from '../../src/client/api/power.js';
import { startSandbox, type Fault } from '../../src/sandbox/index.js';
import { clientOf, failure } from './support/client.js';
import { DONE, startServer, startSilence } from './support/plain-server.js';

const web01 = { params: { id: '18101' } };

describe('a deadline', () => {
  test.each<Fault>([{ kind: 'endless' }, { kind: 'delay', ms: 600_000 }])(
    'ends a read that gets no answer ($kind), which then says that nothing changed',
    async fault => {
      await using gigahost = await startSandbox();
      await using client = clientOf(gigahost, { timeoutMs: 500 });
      gigahost.misbehave({ fault, times: Infinity });
      expect(await failure(client.call(listServers, {}))).toMatchObject({
        kind: 'unavailable',
        facts: { changed: 'nothing', reason: 'no answer in time' },
      });
    },
  );

  test('wire note 17: a change that gets no answer in time is of unknown outcome, not failed', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { timeoutMs: 300 });
    gigahost.misbehave({ fault: { kind: 'delay', ms: 600_000, when: 'after' } });
    expect(await failure(client.call(rebootServer, web01))).toMatchObject({
      kind: 'outcome_unknown',
      facts: { changed: 'unknown', reason: 'no answer in time' },
    });
    expect(gigahost.requests).toHaveLength(1);
  });

  test('a change still waiting for a connection at its deadline has not been sent', async () => {
    await using silence = await startSilence();
    await using client = clientOf(silence, { timeoutMs: 50 });
    expect(await failure(client.call(rebootServer, web01))).toMatchObject({
      kind: 'unavailable',
      facts: { changed: 'nothing', sent: false, reason: 'no connection to Gigahost in time' },
    });
  });
});

describe('a caller who leaves', { timeout: 5000 }, () => {
  const reason = new Error('the person pressed escape');

  test('ends a read at once, and its connection with it', async () => {
    const leaving = new AbortController();
    let closed: Promise<unknown> | undefined;
    await using server = await startServer((_, response) => {
      closed = once(response, 'close');
      response.write('{');
      leaving.abort(reason);
    });
    await using client = clientOf(server);
    await expect(client.call(listServers, {}, { signal: leaving.signal })).rejects.toBe(reason);
    await closed;
  });

  test('ends a read at its last attempt too', async () => {
    const leaving = new AbortController();
    let attempts = 0;
    await using server = await startServer((_, response) => {
      attempts += 1;
      if (attempts < 3) response.writeHead(503).end();
      else leaving.abort(reason);
    });
    await using client = clientOf(server);
    await expect(client.call(listServers, {}, { signal: leaving.signal })).rejects.toBe(reason);
    expect(attempts).toBe(3);
  });

  test('gets the own reason back, even when that is no error', async () => {
    const leaving = new AbortController();
    await using server = await startServer(() => leaving.abort('escape'));
    await using client = clientOf(server);
    await expect(client.call(listServers, {}, { signal: leaving.signal })).rejects.toBe('escape');
  });

  test('sends nothing when gone before', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    const signal = AbortSignal.abort(reason);
    await expect(client.call(listServers, {}, { signal })).rejects.toBe(reason);
    await expect(client.call(rebootServer, web01, { signal })).rejects.toBe(reason);
    expect(gigahost.requests).toEqual([]);
  });

  test('does not stop a change on its way: its result is awaited', async () => {
    const leaving = new AbortController();
    await using server = await startServer((_, response) => {
      leaving.abort(reason);
      response.end(DONE);
    });
    await using client = clientOf(server);
    await expect(client.call(rebootServer, web01, { signal: leaving.signal })).resolves.toBeUndefined();
  });

  test('still hears that the outcome of a change is unknown', async () => {
    const leaving = new AbortController();
    await using server = await startServer(request => {
      leaving.abort(reason);
      request.socket.destroy();
    });
    await using client = clientOf(server);
    const error = await failure(client.call(rebootServer, web01, { signal: leaving.signal }));
    expect(error.kind).toBe('outcome_unknown');
  });

  test('stops a change that still waits for a connection', async () => {
    const leaving = new AbortController();
    await using silence = await startSilence(() => leaving.abort(reason));
    await using client = clientOf(silence);
    await expect(client.call(rebootServer, web01, { signal: leaving.signal })).rejects.toBe(reason);
  });

  test('need not wait for a sign-in, which goes on for the others', async () => {
    const leaving = new AbortController();
    const signIns: ServerResponse[] = [];
    await using server = await startServer((request, response) => {
      if (!request.url?.endsWith('/authenticate')) return void response.end(DONE);
      signIns.push(response);
      leaving.abort(reason);
    });
    const credentials = { username: { value: 'demo@example.no' }, password: { value: 'sandbox' } };
    await using client = clientOf(server, { credentials });
    const staying = client.call(listServers, {});
    await expect(client.call(rebootServer, web01, { signal: leaving.signal })).rejects.toBe(reason);
    for (const response of signIns) response.end(JSON.stringify({ meta: {}, data: { token: 't', token_expire: 0 } }));
    expect(await staying).toEqual({ servers: [], pages: 1 });
    expect(signIns).toHaveLength(1);
  });
});

describe('closing the client', { timeout: 10_000 }, () => {
  test('waits for the answer to a change on its way', async () => {
    let closing: Promise<void> | undefined;
    await using server = await startServer((_, response) => {
      closing = client.close();
      setImmediate(() => response.end(DONE));
    });
    await using client = clientOf(server);
    await expect(client.call(rebootServer, web01)).resolves.toBeUndefined();
    await closing;
  });

  test('ends a read, which says that nothing changed', async () => {
    await using server = await startServer(() => void client.close());
    await using client = clientOf(server);
    expect(await failure(client.call(listServers, {}))).toMatchObject({
      kind: 'unavailable',
      facts: { changed: 'nothing' },
    });
  });
});
