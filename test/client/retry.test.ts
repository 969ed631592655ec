import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, test } from 'vitest';
import { GigahostError } from '../../src/client/errors.js';
import type { Client } from '../../src/client/index.js';
import { mayRepeat } from '../../src/client/retry.js';
import { listServers, setServerName } from '../../src/client/api/servers.js';
import { rebootServer } from '../../src/client/api/power.js';
import { startSandbox, type Fault } from '../../src/sandbox/index.js';
import { clientOf, failure } from './support/client.js';
import { DONE, startServer } from './support/plain-server.js';

const web01 = { params: { id: '18101' } };

describe('a read is sent again', () => {
  const passing: [string, Fault][] = [
    ['the connection broke before an answer', { kind: 'drop', when: 'before' }],
    ['the connection broke instead of an answer', { kind: 'drop', when: 'after' }],
    ['the answer was cut off', { kind: 'truncate' }],
    ['it got 429', { kind: 'status', status: 429 }],
    ['it got 502 in HTML', { kind: 'status', status: 502, body: '<html>Bad Gateway</html>' }],
    ['it got 503', { kind: 'status', status: 503 }],
    ['it got 504 without a body', { kind: 'status', status: 504, body: '' }],
  ];

  test.concurrent.each(passing)('wire note 17: after %s, and then succeeds', async (_, fault) => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ fault });
    expect((await client.call(listServers, {})).servers).not.toHaveLength(0);
    expect(gigahost.requests).toHaveLength(2);
  });

  test.concurrent.each(passing)('wire note 17: three times at most when %s every time', async (_, fault) => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ fault, times: Infinity });
    const error = await failure(client.call(listServers, {}));
    expect(error.kind).toBe(fault.kind === 'status' && fault.status === 429 ? 'rate_limited' : 'unavailable');
    expect(error.facts.changed).toBe('nothing');
    expect(gigahost.requests).toHaveLength(3);
  });
});

describe('a read is not sent again', () => {
  test.each([400, 403, 404, 405, 408, 409, 422, 500, 501, 520])('after %i, which is an answer', async status => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ fault: { kind: 'status', status }, times: Infinity });
    expect(await failure(client.call(listServers, {}))).toMatchObject({ facts: { status, changed: 'nothing' } });
    expect(gigahost.requests).toHaveLength(1);
  });

  test.each([
    new GigahostError('no_credentials', { operation: 'sign in', changed: 'nothing', sent: false }),
    new GigahostError('login_refused', { operation: 'sign in', changed: 'nothing', sent: false }),
    new TypeError('a bug of ours'),
  ])('because of $message, which no repetition would mend', error => {
    expect(mayRepeat(error, 'read')).toBe(false);
  });
});

describe('Retry-After', () => {
  const busy = (status: number, retryAfter: string): Fault => ({
    kind: 'status',
    status,
    headers: { 'retry-after': retryAfter },
  });

  test.concurrent.each([
    ['seconds', () => '1'],
    ['no time at all', () => '0'],
    ['a date', () => new Date(Date.now() + 1000).toUTCString()],
    ['a date that has passed', () => 'Wed, 21 Oct 2015 07:28:00 GMT'],
    ['something nobody can read', () => 'soon'],
  ])('wire note 17: given as %s, the read comes again', async (_, value) => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ fault: busy(429, value()) });
    expect((await client.call(listServers, {})).servers).not.toHaveLength(0);
    expect(gigahost.requests).toHaveLength(2);
  });

  test('wire note 17: is waited for: what happens meanwhile comes before the second attempt', async () => {
    const order: string[] = [];
    await using server = await startServer((_, response) => {
      order.push('read');
      if (order.length > 1) return void response.end(DONE);
      response.writeHead(503, { 'retry-after': '2' }).end();
      // Later than any pause of our own between the first two attempts, earlier than Retry-After.
      setTimeout(() => order.push('a second has passed'), 1000);
    });
    await using client = clientOf(server);
    await client.call(listServers, {});
    expect(order).toEqual(['read', 'a second has passed', 'read']);
  });

  test.each([429, 503])('wire note 17: too long after a %i is the caller’s to decide', async status => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { timeoutMs: 7_200_000 });
    gigahost.misbehave({ fault: busy(status, '3600'), times: Infinity });
    expect(await failure(client.call(listServers, {}))).toMatchObject({ facts: { status, retryAfterSeconds: 3600 } });
    expect(gigahost.requests).toHaveLength(1);
  });

  test('wire note 17: longer than the deadline, which counts for all attempts together, is the caller’s to decide', async () => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost, { timeoutMs: 3000 });
    gigahost.misbehave({ fault: busy(429, '5'), times: Infinity });
    expect(await failure(client.call(listServers, {}))).toMatchObject({ facts: { retryAfterSeconds: 5 } });
    expect(gigahost.requests).toHaveLength(1);
  });

  test.each([
    ['1', 1],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['Fri, 01 Jan 2100 00:00:00 GMT', expect.toSatisfy((seconds: number) => seconds > 1e9)],
    ['soon', undefined],
    ['', undefined],
  ])('wire note 17: a 429 on a change is not repeated, and %j says when to try again', async (value, seconds) => {
    await using gigahost = await startSandbox();
    await using client = clientOf(gigahost);
    gigahost.misbehave({ fault: busy(429, value), times: Infinity });
    const { kind, facts } = await failure(client.call(setServerName, { ...web01, body: { name: 'web02' } }));
    expect({ kind, ...facts }).toMatchObject({ kind: 'rate_limited', changed: 'nothing' });
    expect(facts.retryAfterSeconds).toEqual(seconds);
    expect(gigahost.requests).toHaveLength(1);
  });

  test.each([['an error', new Error('left')] as const, ['a word', 'left'] as const])(
    'is cut short by a caller who leaves with %s',
    { timeout: 10_000 },
    async (_, reason) => {
      const leaving = new AbortController();
      await using gigahost = await startSandbox();
      await using client = clientOf(gigahost);
      gigahost.misbehave({ fault: busy(503, '15') });
      const pausing = (): unknown => setImmediate(() => leaving.abort(reason));
      subscribe('undici:request:trailers', pausing);
      await expect(client.call(listServers, {}, { signal: leaving.signal })).rejects.toBe(reason);
      unsubscribe('undici:request:trailers', pausing);
      expect(gigahost.requests).toHaveLength(1);
    },
  );
});

describe('where nothing listens', () => {
  /** A port that is free now, and the connection attempts that fail there. */
  async function deadPort() {
    const server = await startServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const failed: (() => void)[] = [];
    let attempts = 0;
    const note = (message: unknown): void => {
      if ((message as { connectParams: { port: string } }).connectParams.port !== String(server.port)) return;
      attempts += 1;
      for (const hear of failed) hear();
    };
    subscribe('undici:client:connectError', note);
    return {
      ...server,
      attempts: () => attempts,
      onFailure: (hear: () => void) => failed.push(hear),
      [Symbol.asyncDispose]: () => Promise.resolve(void unsubscribe('undici:client:connectError', note)),
    };
  }

  const read = (client: Client) => client.call(listServers, {});
  const change = (client: Client) => client.call(rebootServer, web01);

  test.each([
    ['a read', read],
    ['a change', change],
  ])('wire note 17: %s is tried three times, and nothing was sent', async (_, call) => {
    await using dead = await deadPort();
    await using client = clientOf(dead);
    const error = await failure(call(client));
    expect(error).toMatchObject({ kind: 'unavailable', facts: { changed: 'nothing', sent: false } });
    expect(error.facts.reason).toContain('ECONNREFUSED');
    expect(dead.attempts()).toBe(3);
  });

  test('wire note 17: a change that found no connection arrives once when there is one again', async () => {
    await using dead = await deadPort();
    await using client = clientOf(dead);
    const arrived: (string | undefined)[] = [];
    const revived = new Promise<AsyncDisposable>((resolve, reject) => {
      dead.onFailure(() => {
        startServer((request, response) => {
          arrived.push(request.url);
          response.end(DONE);
        }, dead.port).then(resolve, reject);
      });
    });
    await change(client);
    await using _server = await revived;
    expect(arrived).toEqual(['/api/v0/servers/18101/reboot']);
  });

  test('a sign-in is tried three times in all, not three times for each of three attempts', async () => {
    await using dead = await deadPort();
    const credentials = { username: { value: 'demo@example.no' }, password: { value: 'sandbox' } };
    await using client = clientOf(dead, { credentials });
    expect(await failure(read(client))).toMatchObject({ kind: 'unavailable', facts: { operation: 'sign in' } });
    expect(dead.attempts()).toBe(3);
  });

  test('missing credentials are told at once, without a single attempt', async () => {
    await using dead = await deadPort();
    await using client = clientOf(dead, { credentials: { username: { value: 'demo@example.no' } } });
    expect(await failure(read(client))).toMatchObject({ kind: 'no_credentials', facts: { sent: false } });
    expect(dead.attempts()).toBe(0);
  });

  test('a name that does not resolve is no connection either', async () => {
    await using client = clientOf({ url: 'http://gigahost.invalid/api/v0', apiKey: `flux_live_${'0'.repeat(64)}` });
    expect(await failure(change(client))).toMatchObject({ kind: 'unavailable', facts: { sent: false } });
  });
});
