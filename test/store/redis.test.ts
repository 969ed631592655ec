import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { explainError, isAbsence } from '../../src/words/explain-error.js';
import { InputError } from '../../src/inventory/input-error.js';
import { StoreError, type Store } from '../../src/store/index.js';
import { redisStore } from '../../src/store/redis.js';
import { startRedis, until } from '../support/redis.js';

const LONG = { ttlMs: 60_000 };

/** Every method that needs an answer. */
const CALLS: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  get: store => store.get('key'),
  set: store => store.set('key', 'value', LONG),
  take: store => store.take('key'),
  count: store => store.count('number', 1, 1000),
  lock: store => store.lock('key', () => Promise.reject(new Error('work was begun'))),
  append: store => store.append('list', 'line'),
  lines: store => store.lines('list'),
  publish: store => store.publish('channel', 'message'),
};

async function allRefuse(store: Store, withinMs: number): Promise<void> {
  const started = performance.now();
  for (const outcome of await Promise.allSettled(Object.values(CALLS).map(call => call(store)))) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreError) as unknown });
  }
  expect(await store.reachable()).toBe(false);
  expect(performance.now() - started).toBeLessThan(withinMs);
}

test('work under one lock on two nodes never overlaps, and all of it is done', async () => {
  await using redis = await startRedis();
  const nodes = [redis.store(), redis.store()];
  let inside = 0;
  let most = 0;
  const done: boolean[] = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      (nodes[n % 2] as Store).lock('zone example.no', async waited => {
        most = Math.max(most, (inside += 1));
        await turn();
        inside -= 1;
        return waited;
      }),
    ),
  );
  expect(most).toBe(1);
  expect(done.filter(waited => !waited)).toHaveLength(1);
});

test('a lock is held for longer than its lease as long as the work runs', async () => {
  await using redis = await startRedis();
  const [first, second] = [redis.store({ leaseMs: 150 }), redis.store({ leaseMs: 150 })];
  const order: string[] = [];
  let begun = (): void => undefined;
  const isHeld = new Promise<void>(resolve => (begun = resolve));
  const long = first.lock('key', async () => {
    begun();
    const until = performance.now() + 600;
    while (performance.now() < until) await turn();
    order.push('first');
  });
  await isHeld;
  await second.lock('key', () => Promise.resolve(void order.push('second')));
  await long;
  expect(order).toEqual(['first', 'second']);
});

test('a lock that a killed node held is free once its lease is over', async () => {
  await using redis = await startRedis();
  const folder = await mkdtemp(join(tmpdir(), 'gigahost-mcp-holder-'));
  try {
    const holder = join(folder, 'holder.mjs');
    const leaseMs = 1000;
    await build({
      stdin: {
        contents: `import { redisStore } from './src/store/redis.ts';
          const store = redisStore(process.argv[2], { leaseMs: ${leaseMs} });
          store.lock('zone example.no', () => new Promise(() => process.stdout.write('held')));`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      banner: { js: 'import{createRequire as __r}from"node:module";const require=__r(import.meta.url);' },
      outfile: holder,
    });
    const child = spawn(process.execPath, [holder, redis.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const store = redis.store({ leaseMs });
    let waited: boolean | undefined;
    const taking = store.lock('zone example.no', how => Promise.resolve(void (waited = how)));
    // Longer than a lease: it is renewed, and only its death frees it.
    const renewedUntil = performance.now() + 1.5 * leaseMs;
    await until(() => performance.now() > renewedUntil, 'a lease has passed');
    expect(waited).toBeUndefined();
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    const killed = performance.now();
    await taking;
    expect(waited).toBe(true);
    expect(performance.now() - killed).toBeLessThan(leaseMs + 1000);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a Redis that goes away is said at once, and used again when it is back', async () => {
  await using redis = await startRedis();
  const store = redis.store();
  await store.set('key', 'value', LONG);
  const heard: (string | undefined)[] = [];
  await store.subscribe('channel', message => heard.push(message));
  await redis.stop();
  await until(async () => !(await store.reachable()), 'the connection is lost');
  await allRefuse(store, 500);
  await redis.start();
  await until(() => store.reachable(), 'it is connected again');
  expect(await store.get('key')).toBeUndefined();
  expect(await store.set('key', 'again', LONG)).toBe(true);
  // Whoever listens is told that something may have been missed, and hears what comes.
  await until(() => heard.length === 1, 'the listener is told to look');
  await redis.store().publish('channel', 'news');
  await until(() => heard.length === 2, 'the listener hears again');
  expect(heard).toEqual([undefined, 'news']);
});

test('a Redis that stops answering is waited for two seconds, and a new connection made', async () => {
  await using redis = await startRedis();
  const store = redis.store();
  await store.set('kept', 'value', LONG);
  redis.freeze();
  // What was sent may still be carried out when it wakes; that it was not answered is all that is known.
  await allRefuse(store, 6000);
  redis.thaw();
  await until(() => store.reachable(), 'it answers again');
  expect(await store.get('kept')).toBe('value');
});

test('work that was begun is finished when the store goes away under it', async () => {
  await using redis = await startRedis();
  const store = redis.store();
  expect(
    await store.lock('key', async () => {
      await redis.stop();
      await until(async () => !(await store.reachable()), 'the connection is lost');
      return 'done';
    }),
  ).toBe('done');
});

test('a store that is not there yet refuses, and is used once it is', async () => {
  await using redis = await startRedis();
  await redis.stop();
  const store = redis.store();
  await allRefuse(store, 3000);
  await redis.start();
  await until(() => store.reachable(), 'it is connected');
});

test('what went wrong is told without the address, which may hold a password', async () => {
  const store = redisStore('redis://user:hunter2@127.0.0.1:1');
  const error = await store.get('key').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect(String(error)).toBe(
    'InputError: The store that the nodes of this server share cannot be reached (ECONNREFUSED). Changes are refused without it, and reading goes on. It is connected to again by itself: try again when it is back.',
  );
  // For a resource it is a failure, not something that does not exist.
  expect(isAbsence(error)).toBe(false);
  expect(explainError(error, { changed: 'nothing', settledBy: 'get_server' })).toMatch(
    /when it is back\. Nothing changed\.$/,
  );
  await store.close();
  await expect(store.get('key')).rejects.toThrow('(closed)');
});
