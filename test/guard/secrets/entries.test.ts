import { en } from '../../../src/lang/en.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEntries, type SecretEntries } from '../../../src/guard/secrets/entries.js';
import { memoryStore } from '../../../src/store/index.js';

const HOST = 'mcp.example.no';
const MINUTE = 60_000;
const WANTED = { title: 'Transfer code: Transfer kaffe.no', check: () => undefined };

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 2, 1, 12) }));
afterEach(() => void vi.useRealTimers());

const look = (entries: SecretEntries, path: string, headers: Record<string, string> = {}) =>
  entries.answer({ method: 'GET', path, headers: { host: HOST, ...headers } }, HOST);

/** What a browser sends for the form of the page. */
function submit(entries: SecretEntries, path: string, secret: string, headers: Record<string, string> = {}) {
  const body = new URLSearchParams({ secret }).toString();
  const sent = {
    host: HOST,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
    'sec-fetch-site': 'same-origin',
    ...headers,
  };
  return entries.answer({ method: 'POST', path, headers: sent, body }, HOST);
}

describe('a page', () => {
  test('takes what is typed to the letter, once, and gives it out once', async () => {
    const entries = createEntries(memoryStore(), en.page);
    const path = await entries.add('key', WANTED);
    expect(path).toMatch(/^\/e\/[\w-]{43}$/);
    const form = await look(entries, path);
    expect(form.status).toBe(200);
    expect(form.body).toMatch(
      /<form method="post" autocomplete="off">[^]*<input id="secret" name="secret" type="password"/,
    );
    expect(await entries.has('key')).toBe(false);
    const done = await submit(entries, path, ' blåbær & 100% "kode" ');
    expect(done).toMatchObject({ status: 200, body: expect.not.stringContaining('blåbær') as unknown });
    vi.advanceTimersByTime(MINUTE);
    for (const late of [await look(entries, path), await submit(entries, path, 'another')]) {
      expect(late.status).toBe(410);
      expect(late.body).toContain('was filled in at 2026-03-01 12:00 UTC. If that was not you');
    }
    expect(await entries.has('key')).toBe(true);
    expect((await entries.take('key'))?.reveal()).toBe(' blåbær & 100% "kode" ');
    expect(await entries.has('key')).toBe(false);
    expect(await entries.take('key')).toBeUndefined();
  });

  test('is the same one as long as it can be filled in, and another one after that', async () => {
    const entries = createEntries(memoryStore(), en.page);
    const path = await entries.add('key', WANTED);
    expect(await entries.add('key', WANTED)).toBe(path);
    await submit(entries, path, 'code');
    const second = await entries.add('key', WANTED);
    expect(second).not.toBe(path);
    vi.advanceTimersByTime(10 * MINUTE);
    expect(await entries.add('key', WANTED)).not.toBe(second);
  });

  test('is gone after ten minutes, and so is what was entered', async () => {
    const entries = createEntries(memoryStore(), en.page);
    const [unfilled, filled] = [await entries.add('one', WANTED), await entries.add('two', WANTED)];
    vi.advanceTimersByTime(9 * MINUTE);
    await submit(entries, filled, 'code');
    vi.advanceTimersByTime(MINUTE);
    const late = await submit(entries, unfilled, 'code');
    expect(late).toMatchObject({ status: 410, body: expect.stringContaining('Nobody filled it in.') as unknown });
    expect(await entries.has('one')).toBe(false);
    expect(await entries.has('two')).toBe(true);
    vi.advanceTimersByTime(9 * MINUTE);
    expect(await entries.has('two')).toBe(false);
    expect(await entries.take('two')).toBeUndefined();
    vi.advanceTimersByTime(25 * 60 * MINUTE);
    expect((await look(entries, filled)).status).toBe(404);
  });

  test('says what is wrong, without repeating it, and can be tried again', async () => {
    const entries = createEntries(memoryStore(), en.page);
    const check = (value: string) => (value.includes(' ') ? 'must be the code itself, without blanks' : undefined);
    const path = await entries.add('key', { ...WANTED, check });
    for (const [wrong, words] of [
      ['two words', 'That must be the code itself, without blanks.'],
      ['', 'Nothing was filled in.'],
      ['x'.repeat(4097), 'That is too long.'],
    ] as const) {
      const answer = await submit(entries, path, wrong);
      expect(answer.status).toBe(422);
      expect(answer.body).toContain(words);
      expect(answer.body).not.toMatch(/two words|xxxx/);
    }
    expect(await entries.has('key')).toBe(false);
    expect((await submit(entries, path, 'right')).status).toBe(200);
  });

  test('takes nothing for anybody else', async () => {
    const entries = createEntries(memoryStore(), en.page);
    const [mine, theirs] = [await entries.add('mine', WANTED), await entries.add('theirs', WANTED)];
    await submit(entries, theirs, 'code');
    expect([await entries.has('mine'), await entries.has('theirs')]).toEqual([false, true]);
    expect((await look(entries, mine)).status).toBe(200);
  });
});

test('nothing is taken without the whole address', async () => {
  const entries = createEntries(memoryStore(), en.page);
  const path = await entries.add('key', WANTED);
  for (const wrong of ['/', '/e/', path.slice(0, -1), `${path}x`, path.replace('/e/', '/s/'), path.toUpperCase()]) {
    const missing = await submit(entries, wrong, 'code');
    expect(missing.status, wrong).toBe(404);
    expect(missing.body).not.toContain('kaffe.no');
  }
  expect(await entries.has('key')).toBe(false);
});

test.for([
  ['another name for this machine', 421, { host: 'evil.example' }],
  ['a form of another site', 403, { 'sec-fetch-site': 'cross-site' }],
  ['a large body', 413, { 'content-length': '12389' }],
  ['a body of unknown size', 413, { 'transfer-encoding': 'chunked' }],
  ['what no form of ours sends', 422, { 'content-type': 'text/plain' }],
] as const)('%s gets %i, and nothing is taken', async ([, status, headers]) => {
  const entries = createEntries(memoryStore(), en.page);
  const path = await entries.add('key', WANTED);
  expect((await submit(entries, path, 'code', headers)).status).toBe(status);
  expect(await entries.has('key')).toBe(false);
});

test('what it is for is text, and nothing is kept, framed or loaded', async () => {
  const entries = createEntries(memoryStore(), en.page);
  const path = await entries.add('key', { ...WANTED, title: '<img src=x onerror=alert(1)>"' });
  for (const { headers, body } of [
    await look(entries, path),
    await submit(entries, path, ''),
    await submit(entries, path, 'code'),
  ]) {
    expect(headers).toMatchObject({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    expect(headers['Content-Security-Policy']).toMatch(/^default-src 'none'; .*form-action 'self'/);
    expect(body).not.toContain('<img');
    expect(body).toContain('<h1>&lt;img src=x onerror=alert(1)&gt;&quot;</h1>');
  }
});

test('whoever waits is told when it is there, or when they stop waiting', async () => {
  const entries = createEntries(memoryStore(), en.page);
  const path = await entries.add('key', WANTED);
  const leaving = new AbortController();
  const first = entries.entered('key', new AbortController().signal);
  const second = entries.entered('other', leaving.signal);
  await submit(entries, path, 'code');
  expect(await first).toBe(true);
  leaving.abort();
  expect(await second).toBe(false);
  expect(await entries.entered('key', leaving.signal)).toBe(true);
});
