import { en } from '../../../src/lang/en.js';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { Secret } from '../../../src/client/secret.js';
import { createSecretDelivery } from '../../../src/guard/secrets/index.js';
import { pageDelivery } from '../../../src/guard/secrets/page.js';
import { createPages } from '../../../src/guard/secrets/pages.js';
import { memoryStore } from '../../../src/store/index.js';
import { addressIn, shownOn, visit } from './support/browse.js';
import { openStateDir } from './support/state-dir.js';

const TITLE = 'Root password of web01 (VPS 18101)';
const SECRETS = { user: 'root', password: new Secret('correct horse') };

async function open() {
  const dir = await openStateDir();
  const delivery = createSecretDelivery('page', dir.path, memoryStore(), en.page);
  return {
    ...delivery,
    async deliver() {
      await delivery.ready();
      return addressIn(delivery.fillIn(await delivery.deliver(TITLE, SECRETS)));
    },
    async [Symbol.asyncDispose]() {
      await delivery.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

test('over HTTP, a look shows a button, the button shows the values, and then they are gone', async () => {
  await using delivery = await open();
  const address = await delivery.deliver();
  const closed = await visit('GET', address);
  expect(closed.status).toBe(200);
  expect(closed.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  expect(closed.body).not.toContain('correct horse');
  const opened = await visit('POST', address);
  expect(shownOn(opened)).toEqual({ user: 'root', password: 'correct horse' });
  expect(await visit('POST', address)).toMatchObject({ status: 410 });
  expect(await visit('GET', address)).toMatchObject({ status: 410 });
});

test('of many who press at once, one sees the values', async () => {
  await using delivery = await open();
  const address = await delivery.deliver();
  const answers = await Promise.all(Array.from({ length: 20 }, () => visit('POST', address)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.includes('correct horse'))).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 410)).toHaveLength(19);
});

test('a site whose name is made to point at this machine gets nothing', async () => {
  await using delivery = await open();
  const address = await delivery.deliver();
  const { host, port } = new URL(address);
  for (const Host of ['evil.example', `evil.example:${port}`, `localhost:${port}`, `127.0.0.1`]) {
    expect(await visit('POST', address, { Host }), Host).toMatchObject({ status: 421 });
  }
  expect(await visit('POST', address, { Host: host })).toMatchObject({ status: 200 });
});

test('a request that is too large is refused, and the page is still there', async () => {
  await using delivery = await open();
  const address = await delivery.deliver();
  expect(await visit('GET', address, { 'X-Large': 'x'.repeat(9000) })).toMatchObject({ status: 431 });
  expect(await visit('POST', address, {}, 'x'.repeat(2000))).toMatchObject({ status: 413 });
  expect(await visit('POST', address)).toMatchObject({ status: 200 });
});

test('until the answer leaves, the words hold no address', async () => {
  await using dir = await openStateDir();
  const delivery = createSecretDelivery('page', dir.path, memoryStore(), en.page);
  const words = await delivery.deliver(TITLE, SECRETS);
  expect(words).toMatch(/^the page \{withheld [\w-]{36}\} \(opens once, gone after ten minutes\)$/);
  await delivery.close();
});

test('waiting for a person to come keeps no process alive', async () => {
  await using delivery = await open();
  const alive = () => process.getActiveResourcesInfo().filter(name => name === 'TCPServerWrap').length;
  const before = alive();
  await delivery.deliver();
  expect(alive()).toBe(before);
});

test('all pages of a session are behind one door, which closes with it', async () => {
  await using delivery = await open();
  const [first, second] = [await delivery.deliver(), await delivery.deliver()];
  expect(new URL(first).host).toBe(new URL(second).host);
  expect(first).not.toBe(second);
  const held = connect(Number(new URL(first).port), '127.0.0.1');
  await once(held, 'connect');
  const dropped = once(held, 'close');
  await delivery.close();
  await dropped;
  await expect(visit('GET', first)).rejects.toThrow(/ECONNREFUSED/);
});

test('whoever waits for the pages to be opened is told so once, and waits for the last of them', async () => {
  await using delivery = await open();
  const [first, second] = [await delivery.deliver(), await delivery.deliver()];
  const said: string[] = [];
  let over = false;
  const waiting = delivery
    .untilFetched(new AbortController().signal, what => said.push(what))
    .then(() => (over = true));
  await visit('POST', first);
  expect(over).toBe(false);
  await visit('POST', second);
  await waiting;
  expect(said).toEqual(['Waiting until the page is opened; Ctrl-C takes it away.', '']);
});

test('nobody waits where there is nothing to open, or longer than they want', async () => {
  await using delivery = await open();
  const said: string[] = [];
  await delivery.untilFetched(new AbortController().signal, what => said.push(what));
  expect(said.join('')).toBe('');
  await delivery.deliver();
  const leaving = new AbortController();
  const waiting = delivery.untilFetched(leaving.signal, () => leaving.abort());
  await waiting;
});

test('where no page can be served, that is said before anything is changed', async () => {
  const refused = Object.assign(new Error('listen EPERM'), { code: 'EPERM' });
  const door = { open: () => Promise.reject(refused), close: () => Promise.resolve() };
  await expect(pageDelivery(createPages(memoryStore(), en.page), door).ready()).rejects.toThrow(
    'Secrets could not be handed over: no page can be served (EPERM). Start with --secrets file.',
  );
});

test('another host serves the same pages under its own name', async () => {
  const pages = createPages(memoryStore(), en.page);
  const door = { open: () => Promise.resolve('https://mcp.example.no'), close: () => Promise.resolve() };
  const delivery = pageDelivery(pages, door);
  const words = delivery.fillIn(await delivery.deliver(TITLE, SECRETS));
  const [, path = ''] = /^the page https:\/\/mcp\.example\.no(\/s\/[\w-]+) \(/.exec(words) ?? [];
  const request = { method: 'POST', path, headers: { host: 'mcp.example.no' } };
  expect(shownOn(await pages.answer(request, 'mcp.example.no'))).toEqual({ user: 'root', password: 'correct horse' });
});
