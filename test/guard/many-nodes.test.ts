import { en } from '../../src/lang/en.js';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/client/secret.js';
import type { Attempt, Ending } from '../../src/guard/journal.js';
import { createQueue } from '../../src/guard/queue.js';
import { createEntries } from '../../src/guard/secrets/entries.js';
import { createPages, type SecretPages } from '../../src/guard/secrets/pages.js';
import { spendLimits } from '../../src/guard/spend.js';
import { storeJournal } from '../../src/guard/store-journal.js';
import { createTickets, type Ticket } from '../../src/guard/tickets.js';
import { memoryStore, StoreError, type Store } from '../../src/store/index.js';
import { startRedis, until } from '../support/redis.js';
import { shownOn } from './secrets/support/browse.js';

const HOST = 'mcp.example.no';
const TITLE = 'Root password of web01 (VPS 18101)';
const SECRETS = { user: 'root', password: new Secret('correct horse') };
const TICKET: Ticket = { request: 'reinstall web01 for ingrid', state: 'running', via: 'code' };

/** Two nodes on one Redis. */
async function twoNodes() {
  const redis = await startRedis();
  return {
    ...redis,
    a: redis.store({ leaseMs: 1000 }),
    b: redis.store({ leaseMs: 1000 }),
    [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose](),
  };
}

/** Everything that lies in it, as whoever has got hold of it would see it. */
async function dump(url: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  try {
    const keys = (await ask(socket, 'KEYS *')).split('\r\n').filter(line => line.startsWith('gigahost-mcp:'));
    const values: string[] = [];
    for (const key of keys) values.push(await ask(socket, `GET "${key}"`));
    return [...keys, ...values].join('\n');
  } finally {
    socket.destroy();
  }
}

async function ask(socket: Socket, command: string): Promise<string> {
  socket.write(`${command}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString();
}

const post = (path: string, body = '') => ({
  method: 'POST',
  path,
  headers: { host: HOST, 'content-type': 'application/x-www-form-urlencoded' },
  body,
});
const look = (path: string) => ({ ...post(path), method: 'GET' });

describe('a confirmation', () => {
  test('given out on one node is good once on any, also for many at the same time', async () => {
    await using nodes = await twoNodes();
    const tickets = [createTickets(nodes.a), createTickets(nodes.b)] as const;
    const { id } = await tickets[0].issue(TICKET);
    expect(await tickets[1].look(id)).toEqual({ status: 'valid', ticket: TICKET });
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => tickets[n % 2 === 0 ? 0 : 1].redeem(id.toLowerCase())),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([...Array<string>(19).fill('used'), 'valid']);
    for (const one of tickets) expect(await one.look(id)).toEqual({ status: 'used' });
  });

  test('is replaced by the next one for the same request, wherever it is given out', async () => {
    await using nodes = await twoNodes();
    const tickets = [createTickets(nodes.a), createTickets(nodes.b)] as const;
    const issued = await Promise.all(Array.from({ length: 20 }, (_, n) => tickets[n % 2 === 0 ? 0 : 1].issue(TICKET)));
    const found = await Promise.all(issued.map(({ id }) => tickets[0].look(id)));
    expect(found.map(({ status }) => status).sort()).toEqual([...Array<string>(19).fill('replaced'), 'valid']);
    expect(await tickets[0].look('00000-00000')).toEqual({ status: 'unknown' });
  });

  test('that was used stays used when another one is given out for the same request', async () => {
    const tickets = createTickets(memoryStore());
    const { id } = await tickets.issue(TICKET);
    expect(await tickets.redeem(id)).toMatchObject({ status: 'valid' });
    await tickets.issue(TICKET);
    expect(await tickets.look(id)).toEqual({ status: 'used' });
  });

  test('is refused and not used up while the store is away', async () => {
    await using nodes = await twoNodes();
    const tickets = createTickets(nodes.a);
    const { id } = await tickets.issue(TICKET);
    await nodes.stop();
    await until(async () => !(await nodes.a.reachable()), 'the connection is lost');
    await expect(tickets.redeem(id)).rejects.toThrow(StoreError);
    await expect(tickets.issue(TICKET)).rejects.toThrow('Changes are refused without it');
    await expect(createQueue(nodes.a).run('zone', () => Promise.resolve())).rejects.toThrow(StoreError);
    await nodes.start();
    await until(() => nodes.a.reachable(), 'it is connected again');
    const again = await tickets.issue(TICKET);
    expect(await tickets.redeem(again.id)).toMatchObject({ status: 'valid' });
  });
});

describe('a page', () => {
  test('made on one node opens once, on whichever', async () => {
    await using nodes = await twoNodes();
    const pages: readonly SecretPages[] = [createPages(nodes.a, en.page), createPages(nodes.b, en.page)];
    const [made, other] = pages as [SecretPages, SecretPages];
    const path = await made.add(TITLE, SECRETS);
    expect((await other.answer(look(path), HOST)).body).toContain(TITLE);
    expect(await made.waiting()).toBe(1);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? made : other).answer(post(path), HOST)),
    );
    const [opened, ...more] = replies.filter(({ status }) => status === 200);
    expect(more).toEqual([]);
    expect(shownOn(opened ?? expect.fail('nobody saw it'))).toEqual({ user: 'root', password: 'correct horse' });
    for (const { status, body } of replies.filter(reply => reply !== opened)) {
      expect(status).toBe(410);
      expect(body).toContain('opens once and was opened at');
    }
    expect(await made.waiting()).toBe(0);
  });

  test('lies in the store so that nobody can read it there', async () => {
    await using nodes = await twoNodes();
    const path = await createPages(nodes.a, en.page).add(TITLE, SECRETS);
    const held = await dump(nodes.url);
    expect(held.split('\n').filter(line => line.startsWith('gigahost-mcp:page'))).toHaveLength(2);
    for (const hidden of ['web01', 'root', 'correct horse', path.slice('/s/'.length)])
      expect(held).not.toContain(hidden);
  });

  test('says that it has to wait while the store is away, and none is made then', async () => {
    await using nodes = await twoNodes();
    const pages = createPages(nodes.a, en.page);
    const path = await pages.add(TITLE, SECRETS);
    await nodes.stop();
    await until(async () => !(await nodes.a.reachable()), 'the connection is lost');
    expect(await pages.answer(post(path), HOST)).toMatchObject({ status: 503 });
    await expect(pages.ready()).rejects.toThrow(StoreError);
  });
});

describe('a page to fill in', () => {
  const wanted = (check: (value: string) => string | undefined = () => undefined) => ({
    title: 'Transfer code',
    check,
  });
  const submitted = (path: string, secret: string) => post(path, new URLSearchParams({ secret }).toString());

  test('made on one node is filled in on another, and wakes who waits on a third', async () => {
    await using nodes = await twoNodes();
    const [a, b, c] = [nodes.a, nodes.b, nodes.store()].map(store =>
      createEntries(store, en.page, { pepper: 'api key' }),
    ) as [ReturnType<typeof createEntries>, ReturnType<typeof createEntries>, ReturnType<typeof createEntries>];
    const path = await a.add('key', wanted());
    expect(await b.add('key', wanted())).toBe(path);
    const leaving = new AbortController();
    const entered = c.entered('key', AbortSignal.timeout(10_000));
    const other = c.entered('other', leaving.signal);
    expect(await b.answer(submitted(path, 'blåbær'), HOST)).toMatchObject({ status: 200 });
    expect(await entered).toBe(true);
    leaving.abort();
    expect(await other).toBe(false);
    expect(await a.answer(submitted(path, 'late'), HOST)).toMatchObject({ status: 410 });
    const held = await dump(nodes.url);
    for (const hidden of ['blåbær', 'Transfer', path.slice('/e/'.length)]) expect(held).not.toContain(hidden);
    const taken = await Promise.all([a, b, c].map(entries => entries.take('key')));
    expect(taken.flatMap(secret => (secret ? [secret.reveal()] : []))).toEqual(['blåbær']);
  });

  test('takes one value of many that are sent at once', async () => {
    await using nodes = await twoNodes();
    const [a, b] = [createEntries(nodes.a, en.page), createEntries(nodes.b, en.page)];
    const path = await a.add('key', wanted());
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? a : b).answer(submitted(path, `value ${n}`), HOST)),
    );
    const first = replies.findIndex(({ status }) => status === 200);
    expect(replies.filter(({ status }) => status === 410)).toHaveLength(19);
    expect((await b.take('key'))?.reveal()).toBe(`value ${first}`);
  });

  test('is one page, however many nodes are asked for it at once', async () => {
    await using nodes = await twoNodes();
    const all = [nodes.a, nodes.b].map(store => createEntries(store, en.page));
    const paths = await Promise.all(
      Array.from({ length: 10 }, (_, n) => all[n % 2]?.add('key', wanted()) ?? expect.fail()),
    );
    expect(new Set(paths).size).toBe(1);
  });

  test('is looked at by the nodes that were asked for it', async () => {
    await using nodes = await twoNodes();
    const entries = createEntries(nodes.a, en.page);
    const path = await entries.add(
      'key',
      wanted(value => (value === 'right' ? undefined : 'is wrong')),
    );
    expect(await entries.answer(submitted(path, 'left'), HOST)).toMatchObject({ status: 422 });
    expect(await entries.answer(submitted(path, 'right'), HOST)).toMatchObject({ status: 200 });
  });
});

describe('the journal', () => {
  const attempt = (what: string, cost: Attempt['cost'] = null): Attempt => ({
    principal: 'ingrid',
    tool: 'rename_server',
    effect: 'update',
    what,
    server: null,
    zone: null,
    zone_id: null,
    arguments: {},
    before: null,
    undo: null,
    cost,
    undoes: null,
  });
  const ending: Ending = { outcome: 'applied', after: null, reason: null, requests: 1, duration_ms: 5 };
  const journals = (stores: readonly Store[]) => stores.map(store => storeJournal(store, 'journal ingrid'));

  test('that many nodes write holds every change, and each reads it newest first', async () => {
    await using nodes = await twoNodes();
    const both = journals([nodes.a, nodes.b]);
    for (let n = 0; n < 6; n += 1) {
      const journal = both[n % 2];
      const id = await journal?.begin(attempt(`change ${n}`));
      if (n !== 3) await journal?.end(id ?? '', ending);
    }
    for (const journal of both)
      expect((await journal.read()).map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
        'change 5 applied',
        'change 4 applied',
        'change 3 unknown',
        'change 2 applied',
        'change 1 applied',
        'change 0 applied',
      ]);
    expect(await storeJournal(nodes.a, 'journal jonas').read()).toEqual([]);
    await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const journal = both[n % 2];
        await journal?.end((await journal.begin(attempt(`more ${n}`))) ?? '', ending);
      }),
    );
    const entries = (await both[0]?.read()) ?? [];
    expect(new Set(entries.map(({ what }) => what)).size).toBe(106);
    expect(entries.filter(({ outcome }) => outcome !== 'applied')).toHaveLength(1);
  });

  test('counts what was spent on other nodes', async () => {
    await using nodes = await twoNodes();
    const [a, b] = journals([nodes.a, nodes.b]);
    const cost = { amount: '60.00', currency: 'NOK' };
    const limits = spendLimits({ perDay: { amount: '100', currency: 'NOK' }, each: null }, b ?? expect.fail());
    await limits.check(cost);
    await a?.end((await a.begin(attempt('Order', cost))) ?? '', ending);
    await expect(limits.check(cost)).rejects.toThrow('60.00 NOK was spent in the last 24 hours');
  });

  test('refuses a change that it cannot record', async () => {
    await using nodes = await twoNodes();
    const journal = storeJournal(nodes.a, 'journal');
    await nodes.stop();
    await until(async () => !(await nodes.a.reachable()), 'the connection is lost');
    await expect(journal.begin(attempt('x'))).rejects.toThrow(StoreError);
    await expect(journal.read()).rejects.toThrow(StoreError);
  });
});
