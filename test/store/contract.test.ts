import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryStore, openStore, type Store } from '../../src/store/index.js';
import { startRedis, until } from '../support/redis.js';

const redis = await startRedis();
afterAll(() => redis[Symbol.asyncDispose]());

const LONG = { ttlMs: 60_000 };
let made = 0;
/** A name that no other test uses. */
const fresh = (): string => `key ${(made += 1)}`;

describe.each([
  ['memory', (): Store => memoryStore()],
  ['Redis', (): Store => redis.store()],
])('the store in %s', (_, open) => {
  let store: Store;
  beforeAll(() => void (store = open()));

  test('gives back what was set, to the letter, and nothing for what was not', async () => {
    const key = fresh();
    expect(await store.get(key)).toBeUndefined();
    expect(await store.set(key, 'blåbær\n"1" ', LONG)).toBe(true);
    expect(await store.get(key)).toBe('blåbær\n"1" ');
    expect(await store.set(key, '', LONG)).toBe(true);
    expect(await store.get(key)).toBe('');
  });

  test('sets where nothing is for one of many who ask', async () => {
    const key = fresh();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_value, n) => store.set(key, `${n}`, { ...LONG, ifAbsent: true })),
    );
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await store.get(key)).toBe(`${all.indexOf(true)}`);
  });

  test('forgets a value when its time is over, and takes another then', async () => {
    const key = fresh();
    await store.set(key, 'old', { ttlMs: 30 });
    expect(await store.get(key)).toBe('old');
    await until(async () => (await store.get(key)) === undefined, 'the value is gone');
    expect(await store.take(key)).toBeUndefined();
    expect(await store.set(key, 'new', { ...LONG, ifAbsent: true })).toBe(true);
  });

  test('a value that is set again lasts as long as was said last', async () => {
    const key = fresh();
    await store.set(key, 'short', { ttlMs: 30 });
    await store.set(key, 'long', LONG);
    const other = fresh();
    await store.set(other, 'short', { ttlMs: 60 });
    await until(async () => (await store.get(other)) === undefined, 'the short one is gone');
    expect(await store.get(key)).toBe('long');
  });

  test('is taken by one of many', async () => {
    const key = fresh();
    await store.set(key, 'once', LONG);
    const all = await Promise.all(Array.from({ length: 20 }, () => store.take(key)));
    expect(all.filter(value => value !== undefined)).toEqual(['once']);
    expect(await store.get(key)).toBeUndefined();
  });

  test('counts what many add, and starts again when the time is over', async () => {
    const key = fresh();
    const all = await Promise.all(Array.from({ length: 20 }, () => store.count(key, 2, 60_000)));
    expect(all.map(({ count }) => count).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_v, n) => 2 * n + 2),
    );
    for (const { leftMs } of all) expect(leftMs).toSatisfy((left: number) => left > 50_000 && left <= 60_000);
    const short = fresh();
    await store.count(short, 5, 30);
    await until(async () => (await store.count(short, 0, 30)).count === 0, 'the count starts again');
  });

  test('keeps lines in the order they were added', async () => {
    const list = fresh();
    expect(await store.lines(list)).toEqual([]);
    for (const line of ['one', 'two\nlines', '']) await store.append(list, line);
    expect(await store.lines(list)).toEqual(['one', 'two\nlines', '']);
  });

  test('lets one piece of work per key run at a time, and says who waited', async () => {
    const key = fresh();
    const log: string[] = [];
    const work = (name: string) =>
      store.lock(key, async waited => {
        log.push(`${name} begins${waited ? ' after another' : ''}`);
        await turn();
        log.push(`${name} ends`);
        return name;
      });
    expect(await Promise.all([work('a'), work('b'), work('c')])).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins after another', 'b ends', 'c begins after another', 'c ends']);
    expect(await store.lock(key, waited => Promise.resolve(waited))).toBe(false);
  });

  test('a lock is free after work that failed, and keys do not wait for each other', async () => {
    const key = fresh();
    await expect(store.lock(key, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    expect(await store.lock(key, () => store.lock(fresh(), waited => Promise.resolve(waited)))).toBe(false);
  });

  test('tells listeners of their channel until they leave', async () => {
    const [channel, other] = [fresh(), fresh()];
    const heard: unknown[] = [];
    const leave = await store.subscribe(channel, message => heard.push(message));
    const others: unknown[] = [];
    await store.subscribe(other, message => others.push(message));
    await store.publish(channel, 'first');
    await store.publish(other, 'theirs');
    await until(() => heard.length === 1 && others.length === 1, 'each has heard');
    leave();
    await store.publish(channel, 'second');
    await store.publish(other, 'last');
    await until(() => others.length === 2, 'the other has heard');
    expect([heard, others]).toEqual([['first'], ['theirs', 'last']]);
  });

  test('can be reached', async () => expect(await store.reachable()).toBe(true));
});

test('the store is in memory unless an address is given', async () => {
  await using alone = disposing(await openStore(undefined));
  await using shared = disposing(await openStore(redis.url));
  const key = fresh();
  await shared.store.set(key, 'shared', LONG);
  expect([await alone.store.get(key), await redis.store().get(key)]).toEqual([undefined, 'shared']);
});

const disposing = (store: Store) => ({ store, [Symbol.asyncDispose]: () => store.close() });
