import { expect, test } from 'vitest';
import type { Attempt } from '../../src/guard/journal.js';
import { createPending, isSamePerson } from '../../src/guard/pending.js';
import { memoryStore } from '../../src/store/index.js';

const HOUR_MS = 3_600_000;

const asked = (principal: string, server = 'web01') => ({
  attempt: { principal, effect: 'destroy', what: `Reinstall ${server}` } as unknown as Attempt,
  change_id: `c-${principal}-${server}`,
  consequences: [],
  call: { tool: 'reinstall_server', arguments: { server } },
  facts: {},
  fingerprint: 'x',
  limits: { perDay: null, each: null },
});

/** Two nodes on one store, with a clock that stands until it is set. */
function nodes() {
  let now = 0;
  const ended: string[] = [];
  const store = memoryStore(() => now);
  const node = (account = '1') =>
    createPending(
      store,
      () => Promise.resolve(account),
      ({ change_id }, how) => Promise.resolve(void ended.push(`${change_id} ${how}`)),
      { lifetimeMs: 24 * HOUR_MS, now: () => now },
    );
  return { node, ended, at: (hours: number) => void (now = hours * HOUR_MS) };
}

test('what waits on one node is seen on another, of the same account only, and is taken once', async () => {
  const { node } = nodes();
  const [a, b, other] = [node(), node(), node('2')];
  const { id } = await a.add(asked('ada'));
  expect(await b.list()).toMatchObject([{ id, expires_at: '1970-01-02T00:00:00.000Z' }]);
  expect(await other.list()).toEqual([]);
  expect(await other.take(id)).toBeUndefined();
  const taken = await Promise.all([a, b, a, b].map(one => one.take(id)));
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect(await a.list()).toEqual([]);

  // Neither forgets its own over those of another.
  await a.add(asked('ada', 'one'));
  await other.add(asked('eve', 'two'));
  await a.add(asked('ada', 'three'));
  const listed = await Promise.all([b, other].map(async one => (await one.list()).map(({ change_id }) => change_id)));
  expect(listed).toEqual([['c-ada-one', 'c-ada-three'], ['c-eve-two']]);
});

test('it waits for a day, and that it expired is on record once', async () => {
  const { node, ended, at } = nodes();
  const [a, b] = [node(), node()];
  const { id } = await a.add(asked('ada'));
  at(23);
  expect(await b.list()).toMatchObject([{ id }]);
  at(25);
  const [left, listed] = await Promise.all([a.take(id), b.list()]);
  expect([left, listed]).toEqual([undefined, []]);
  expect(await a.list()).toEqual([]);
  expect(ended).toEqual(['c-ada-web01 expired']);
});

test('asked for again, word for word, it waits once; somebody else’s wish is another', async () => {
  const { node, ended } = nodes();
  const [a, b] = [node(), node()];
  const first = await a.add(asked('ada'));
  const second = await b.add(asked('ada'));
  const third = await a.add(asked('bo'));
  expect((await a.list()).map(({ id }) => id)).toEqual([second.id, third.id]);
  expect(await b.take(first.id)).toBeUndefined();
  expect(ended).toEqual(['c-ada-web01 withdrawn']);
});

test('one person cannot fill the list', async () => {
  const pending = nodes().node();
  for (let n = 0; n < 20; n++) await pending.add(asked('ada', `web${n}`));
  await expect(pending.add(asked('ada', 'one-more'))).rejects.toThrow(/20 changes that ada asked for wait/);
  await pending.add(asked('ada', 'web3'));
  await pending.add(asked('bo'));
  expect(await pending.list()).toHaveLength(21);
});

test('a person with two Gigahost keys is still one person', () => {
  expect(isSamePerson('ada#1a2b', 'ada#3c4d')).toBe(true);
  expect(isSamePerson('ada', 'ada')).toBe(true);
  expect(isSamePerson('ada#1a2b', 'bo#1a2b')).toBe(false);
});
