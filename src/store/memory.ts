import { localListeners, localLocks } from './local.js';
import type { Store } from './store.js';

/** Node takes a longer one for none at all. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The store of one process, which ends with it. What is too old is gone by the clock, and soon from memory too. */
export function memoryStore(now: () => number = Date.now): Store {
  const values = new Map<string, { readonly value: string; readonly expiresAt: number }>();
  const lists = new Map<string, string[]>();
  const listeners = localListeners();
  let sweeping: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;

  const sweepAt = (at: number): void => {
    if (sweeping && sweeping.at <= at) return;
    clearTimeout(sweeping?.timer);
    const timer = setTimeout(sweep, Math.min(Math.max(at - now(), 0) + 1, LONGEST_TIMER_MS));
    sweeping = { at, timer: timer.unref() };
  };
  const sweep = (): void => {
    sweeping = undefined;
    let next = Infinity;
    for (const [key, { expiresAt }] of values) {
      if (expiresAt <= now()) values.delete(key);
      else next = Math.min(next, expiresAt);
    }
    if (next < Infinity) sweepAt(next);
  };
  const present = (key: string) => {
    const found = values.get(key);
    return found && found.expiresAt > now() ? found : undefined;
  };
  const put = (key: string, value: string, expiresAt: number): void => {
    values.set(key, { value, expiresAt });
    sweepAt(expiresAt);
  };

  return {
    get: key => Promise.resolve(present(key)?.value),
    set(key, value, { ttlMs, ifAbsent = false }) {
      if (ifAbsent && present(key)) return Promise.resolve(false);
      put(key, value, now() + ttlMs);
      return Promise.resolve(true);
    },
    take(key) {
      const found = present(key);
      values.delete(key);
      return Promise.resolve(found?.value);
    },
    count(key, by, ttlMs) {
      const before = present(key);
      const count = Number(before?.value ?? 0) + by;
      const expiresAt = before?.expiresAt ?? now() + ttlMs;
      put(key, String(count), expiresAt);
      return Promise.resolve({ count, leftMs: expiresAt - now() });
    },
    lock: localLocks(),
    append(list, line) {
      const lines = lists.get(list);
      if (lines) lines.push(line);
      else lists.set(list, [line]);
      return Promise.resolve();
    },
    lines: list => Promise.resolve([...(lists.get(list) ?? [])]),
    publish(channel, message) {
      queueMicrotask(() => listeners.tell(channel, message));
      return Promise.resolve();
    },
    subscribe(channel, listener) {
      const remove = listeners.add(channel, listener);
      return Promise.resolve(() => void remove());
    },
    reachable: () => Promise.resolve(true),
    close() {
      clearTimeout(sweeping?.timer);
      values.clear();
      return Promise.resolve();
    },
  };
}
