import { request, type Dispatcher } from 'undici';
import { expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/index.js';
import { open, type Gigahost } from './support/open.js';

const REBOOT = '/servers/18101/reboot';

const ask = (
  { sandbox }: Gigahost,
  path = REBOOT,
  options: { signal?: AbortSignal } = {},
): Promise<Dispatcher.ResponseData> =>
  request(sandbox.url + path, { ...options, headers: { authorization: `Bearer ${sandbox.apiKey}` } });

const rebooted = ({ sandbox }: Gigahost): boolean => sandbox.world.server('web01').rebootingUntil !== null;

const afterFault = async (gigahost: Gigahost, fault: Fault): Promise<Dispatcher.ResponseData> => {
  gigahost.sandbox.misbehave({ fault });
  return ask(gigahost);
};

test('a connection dropped before acting leaves the world alone', async () => {
  await using gigahost = await open();
  await expect(afterFault(gigahost, { kind: 'drop', when: 'before' })).rejects.toThrow();
  expect(rebooted(gigahost)).toBe(false);
});

test('a connection dropped after acting hides that it happened', async () => {
  await using gigahost = await open();
  await expect(afterFault(gigahost, { kind: 'drop', when: 'after' })).rejects.toThrow();
  expect(rebooted(gigahost)).toBe(true);
});

test('a status comes with its headers and text, and acts only when told to', async () => {
  await using gigahost = await open();
  const fault = { kind: 'status', status: 503, headers: { 'retry-after': '2' }, body: 'later' } as const;
  const refusal = await afterFault(gigahost, fault);
  expect(refusal.statusCode).toBe(503);
  expect(refusal.headers['retry-after']).toBe('2');
  expect(await refusal.body.text()).toBe('later');
  expect(rebooted(gigahost)).toBe(false);
  const late = await afterFault(gigahost, { kind: 'status', status: 502, acts: true });
  expect(await late.body.json()).toMatchObject({ meta: { status: 502 }, data: [] });
  expect(rebooted(gigahost)).toBe(true);
});

test('a truncated answer ends before its length is reached', async () => {
  await using gigahost = await open();
  const { body, statusCode } = await afterFault(gigahost, { kind: 'truncate' });
  expect(statusCode).toBe(200);
  await expect(body.text()).rejects.toThrow();
  expect(rebooted(gigahost)).toBe(true);
});

test('garbage is a web page under status 200', async () => {
  await using gigahost = await open();
  const { body, headers } = await afterFault(gigahost, { kind: 'garbage' });
  expect(headers['content-type']).toBe('text/html');
  expect(await body.text()).toMatch(/^<html>/);
  expect(rebooted(gigahost)).toBe(true);
});

test('an empty answer has status 200 and nothing else', async () => {
  await using gigahost = await open();
  const { statusCode, body } = await afterFault(gigahost, { kind: 'empty' });
  expect([statusCode, await body.text()]).toEqual([200, '']);
  expect(rebooted(gigahost)).toBe(true);
});

test('an endless answer goes on until the peer hangs up', async () => {
  await using gigahost = await open();
  const { body } = await afterFault(gigahost, { kind: 'endless' });
  const chunks: string[] = [];
  for await (const chunk of body) {
    chunks.push(String(chunk));
    if (chunks.length === 4) break;
  }
  expect(chunks.join('')).toMatch(/^\{"meta":.*"data":\[ +$/);
  expect(rebooted(gigahost)).toBe(true);
});

test('a flood sends more than anybody should read', async () => {
  await using gigahost = await open();
  const { body } = await afterFault(gigahost, { kind: 'flood' });
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).length;
    if (size > 4_000_000) break;
  }
  expect(size).toBeGreaterThan(4_000_000);
});

test('a delayed request acts after the delay, or before it when the answer is delayed', async () => {
  await using gigahost = await open();
  for (const when of ['before', 'after'] as const) {
    gigahost.sandbox.world.server('web01').rebootingUntil = null;
    gigahost.sandbox.misbehave({ fault: { kind: 'delay', ms: 3_600_000, when } });
    const leaving = new AbortController();
    const pending = ask(gigahost, REBOOT, { signal: leaving.signal });
    await expect.poll(() => gigahost.sandbox.calls('GET', /reboot/).length).toBeGreaterThan(when === 'before' ? 0 : 1);
    expect(rebooted(gigahost)).toBe(when === 'after');
    leaving.abort();
    await expect(pending).rejects.toThrow();
  }
});

test('a short delay ends with the honest answer', async () => {
  await using gigahost = await open();
  const { statusCode } = await afterFault(gigahost, { kind: 'delay', ms: 1 });
  expect(statusCode).toBe(200);
  expect(rebooted(gigahost)).toBe(true);
});

test('a reply can be made up, and then nothing happens', async () => {
  await using gigahost = await open();
  const made = { meta: { status: 403, message: 'No.' }, data: [] };
  const { statusCode, body } = await afterFault(gigahost, { kind: 'reply', body: made });
  expect([statusCode, await body.json()]).toEqual([200, made]);
  expect(rebooted(gigahost)).toBe(false);
});

test('a rule hits the requests it names, as often as it says, older rules first', async () => {
  await using gigahost = await open();
  const fault = (status: number): Fault => ({ kind: 'status', status });
  gigahost.sandbox.misbehave({ method: 'get', path: /\/snapshots$/g, times: 2, fault: fault(500) });
  gigahost.sandbox.misbehave({ path: /snapshots/, times: Infinity, fault: fault(504) });
  const statuses = [];
  for (const path of ['/servers', ...Array.from({ length: 4 }, () => '/servers/18101/snapshots'), '/account']) {
    const { statusCode, body } = await ask(gigahost, path);
    await body.dump();
    statuses.push(statusCode);
  }
  expect(statuses).toEqual([200, 500, 500, 504, 504, 200]);
});
