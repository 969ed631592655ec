import { en } from '../../../src/lang/en.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Secret } from '../../../src/client/secret.js';
import { createPages, type SecretPages } from '../../../src/guard/secrets/pages.js';
import { memoryStore } from '../../../src/store/index.js';
import { shownOn } from './support/browse.js';

const HOST = 'mcp.example.no';
const MINUTE = 60_000;
const TITLE = 'Root password of web01 (VPS 18101)';
const SECRETS = { user: 'root', password: new Secret('correct horse') };

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 2, 1, 12) }));
afterEach(() => void vi.useRealTimers());

const ask = (pages: SecretPages, method: string, path: string, headers: Record<string, string> = {}) =>
  pages.answer({ method, path, headers: { host: HOST, ...headers } }, HOST);

describe('a page', () => {
  test('shows a button until it is pressed, then the values, then that it was opened and when', async () => {
    const pages = createPages(memoryStore(), en.page);
    const path = await pages.add(TITLE, SECRETS);
    for (let looks = 0; looks < 3; looks += 1) {
      const closed = await ask(pages, 'GET', path);
      expect(closed.status).toBe(200);
      expect(closed.body).toContain(TITLE);
      expect(closed.body).toMatch(/<form method="post">\s*<button>Show it<\/button>\s*<\/form>/);
      expect(closed.body).not.toContain('correct horse');
    }
    vi.advanceTimersByTime(2 * MINUTE);
    const open = await ask(pages, 'POST', path);
    expect(open.status).toBe(200);
    expect(shownOn(open)).toEqual({ user: 'root', password: 'correct horse' });
    vi.advanceTimersByTime(MINUTE);
    for (const method of ['GET', 'POST']) {
      const gone = await ask(pages, method, path);
      expect(gone.status).toBe(410);
      expect(gone.body).toContain('opens once and was opened at 2026-03-01 12:02 UTC. If that was not you');
      expect(gone.body).not.toContain('correct horse');
    }
  });

  test('is gone after ten minutes, unopened, and says so', async () => {
    const pages = createPages(memoryStore(), en.page);
    const path = await pages.add(TITLE, SECRETS);
    vi.advanceTimersByTime(10 * MINUTE - 1);
    expect(await ask(pages, 'GET', path)).toMatchObject({
      status: 200,
      body: expect.stringContaining('in a minute') as unknown,
    });
    vi.advanceTimersByTime(1);
    for (const method of ['GET', 'POST']) {
      const gone = await ask(pages, method, path);
      expect(gone.status).toBe(410);
      expect(gone.body).toContain('lasted ten minutes and is gone. Nobody opened it.');
      expect(gone.body).not.toContain('correct horse');
    }
  });

  test('is gone after ten minutes by the clock, also where no timer ran meanwhile', async () => {
    const pages = createPages(memoryStore(), en.page);
    const path = await pages.add(TITLE, SECRETS);
    vi.setSystemTime(Date.now() + 10 * MINUTE);
    expect((await ask(pages, 'POST', path)).status).toBe(410);
  });

  test('holds its values no longer than that, also where nobody asks for it', async () => {
    const pages = createPages(memoryStore(), en.page);
    await pages.add(TITLE, SECRETS);
    expect(vi.getTimerCount()).toBe(1);
    vi.runAllTimers();
    expect(vi.getTimerCount()).toBe(0);
    expect(await pages.waiting()).toBe(0);
  });

  test('is remembered for a day', async () => {
    const pages = createPages(memoryStore(), en.page);
    const path = await pages.add(TITLE, SECRETS);
    await ask(pages, 'POST', path);
    vi.advanceTimersByTime(24 * 60 * MINUTE);
    expect((await ask(pages, 'GET', path)).status).toBe(410);
    vi.advanceTimersByTime(11 * MINUTE);
    expect((await ask(pages, 'GET', path)).status).toBe(404);
  });

  test('opens none of the others', async () => {
    const pages = createPages(memoryStore(), en.page);
    const [first, second] = [
      await pages.add('First', { password: 'one' }),
      await pages.add('Second', { password: 'two' }),
    ];
    expect(first).not.toBe(second);
    expect(shownOn(await ask(pages, 'POST', first))).toEqual({ password: 'one' });
    expect(await pages.waiting()).toBe(1);
    expect(shownOn(await ask(pages, 'POST', second))).toEqual({ password: 'two' });
    expect(await pages.waiting()).toBe(0);
  });

  test('is found with what a mail program or a messenger hangs on to its address', async () => {
    const pages = createPages(memoryStore(), en.page);
    const path = await pages.add(TITLE, SECRETS);
    expect((await ask(pages, 'GET', `${path}?utm_source=chat`)).status).toBe(200);
  });
});

test('nothing is found without the whole address', async () => {
  const pages = createPages(memoryStore(), en.page);
  const path = await pages.add(TITLE, SECRETS);
  for (const wrong of ['/', '/s/', '/s', path.slice(0, -1), `${path}x`, `${path}/`, path.toUpperCase(), `/x${path}`])
    for (const method of ['GET', 'POST']) {
      const missing = await ask(pages, method, wrong);
      expect(missing.status, wrong).toBe(404);
      expect(missing.body).not.toContain('web01');
    }
  expect(await pages.waiting()).toBe(1);
});

test.for([
  ['another name for this machine', 421, 'POST', { host: 'evil.example' }],
  ['the right name with another port', 421, 'POST', { host: `${HOST}:8080` }],
  ['HEAD', 405, 'HEAD', {}],
  ['PUT', 405, 'PUT', {}],
  ['a large body', 413, 'POST', { 'content-length': '1025' }],
  ['a body of unknown size', 413, 'POST', { 'transfer-encoding': 'chunked' }],
  ['the button of another site', 403, 'POST', { 'sec-fetch-site': 'cross-site' }],
  ['the button of a sister site', 403, 'POST', { 'sec-fetch-site': 'same-site' }],
] as const)('%s gets %i and opens nothing', async ([, status, method, headers]) => {
  const pages = createPages(memoryStore(), en.page);
  const path = await pages.add(TITLE, SECRETS);
  const refused = await ask(pages, method, path, headers);
  expect(refused.status).toBe(status);
  expect(refused.body).not.toContain('web01');
  expect(refused.headers['Allow']).toBe(status === 405 ? 'GET, POST' : undefined);
  expect(shownOn(await ask(pages, 'POST', path, { 'sec-fetch-site': 'same-origin' }))).toMatchObject({ user: 'root' });
});

test('every answer is kept by no cache, framed by nobody, and may load nothing', async () => {
  const pages = createPages(memoryStore(), en.page);
  const path = await pages.add(TITLE, SECRETS);
  const answers = [
    await ask(pages, 'GET', path),
    await ask(pages, 'POST', path),
    await ask(pages, 'GET', path),
    await ask(pages, 'GET', '/'),
    await ask(pages, 'DELETE', path),
    await ask(pages, 'GET', path, { host: 'evil.example' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 410, 404, 405, 421]);
  for (const { headers, body } of answers) {
    expect(headers).toMatchObject({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Cross-Origin-Opener-Policy': 'same-origin',
    });
    const [, nonce = ''] = /'nonce-([\w+/]{22}==)'/.exec(headers['Content-Security-Policy'] ?? '') ?? [];
    expect(headers['Content-Security-Policy']).toBe(
      `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect([...body.matchAll(/<(?:script|style)[^>]*>/g)].map(([tag]) => tag)).toEqual([
      `<style nonce="${nonce}">`,
      `<script nonce="${nonce}">`,
    ]);
    expect(body).not.toMatch(/\b(?:src|href|action|style|on\w+)\s*=/);
  }
  expect(new Set(answers.map(({ headers }) => headers['Content-Security-Policy'])).size).toBe(answers.length);
});

test('titles, names and values are text, whatever they hold', async () => {
  const hostile = `<img src=x onerror=alert(1)>&amp;"'</code></script><script>alert(1)</script>`;
  const pages = createPages(memoryStore(), en.page);
  const path = await pages.add(hostile, { [hostile]: hostile, spaced: '  two  blanks\nand a line' });
  const [closed, open] = [await ask(pages, 'GET', path), await ask(pages, 'POST', path)];
  for (const { body } of [closed, open]) {
    expect(body.match(/<script/g)).toHaveLength(1);
    expect(body).not.toContain('<img');
    expect(body).toContain('<h1>&lt;img src=x onerror=alert(1)&gt;&amp;amp;&quot;&#39;');
  }
  expect(shownOn(open)).toEqual({ [hostile]: hostile, spaced: '  two  blanks\nand a line' });
});
