import type { Store } from '../store/index.js';
import { beginning, entriesIn, type Journal } from './journal.js';

/** A journal in the store, under a key of its own: on record there before anything is sent, whatever node sends it. */
export const storeJournal = (
  store: Pick<Store, 'append' | 'lines'>,
  key: string,
  now: () => number = Date.now,
): Journal => ({
  on: true,
  async begin(attempt) {
    const { id, line } = beginning(attempt, now());
    await store.append(key, JSON.stringify(line));
    return id;
  },
  end: (id, ending) => store.append(key, JSON.stringify({ id, ...ending })),
  read: async () => entriesIn(await store.lines(key)).reverse(),
});
