import { randomInt } from 'node:crypto';
import { InputError } from '../inventory/input-error.js';
import type { Store } from '../store/index.js';
import type { Attempt } from './journal.js';
import { digest } from './plan.js';
import type { Limits } from './spend.js';

/** A change that one person asked for and confirmed, and that a second one has to approve. Free of secrets. */
export interface PendingChange {
  readonly id: string;
  /** ISO 8601, as is `expires_at`. */
  readonly at: string;
  readonly expires_at: string;
  /** As it is on record; its principal asked for it. */
  readonly attempt: Attempt;
  /** id in the journal; empty where that is off. */
  readonly change_id: string;
  readonly consequences: readonly string[];
  /** Who carries it out, and with what. */
  readonly call: PendingCall;
  /** The facts the plan rests on, and their digest. */
  readonly facts: unknown;
  readonly fingerprint: string;
  /** What its requester may spend. */
  readonly limits: Limits;
}

export interface PendingCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The change on record that it takes back. */
  readonly undoes?: { readonly id: string; readonly left: unknown; readonly about: string | null } | undefined;
}

export type Unanswered = 'expired' | 'withdrawn';

/** The changes of one Gigahost account that wait, of all nodes. @throws {StoreError} */
export interface PendingChanges {
  /**
   * What the same person asked for before, word for word, is replaced: two approvals never make one wish come true twice.
   * @throws {InputError} when that person has asked for too much already.
   */
  add(asked: Omit<PendingChange, 'id' | 'at' | 'expires_at'>): Promise<PendingChange>;
  /** Those that still wait, oldest first. */
  list(): Promise<readonly PendingChange[]>;
  /** Ends the waiting: of many callers, on whichever node, one gets it. */
  take(id: string): Promise<PendingChange | undefined>;
}

const DAY_MS = 86_400_000;
/** Expired ones are kept for whoever looks next, who puts that on record. */
const REMEMBER_MS = 30 * DAY_MS;
/** What one person can have waiting. */
const MOST = 20;
/** Crockford's base32, as in codes: nothing that is read for something else. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

interface PendingOptions {
  readonly lifetimeMs?: number;
  readonly now?: () => number;
}

/**
 * `account` names the Gigahost account: what waits for one is never seen by callers of another. `onEnd` hears of each that
 * ended without an answer, once.
 */
export function createPending(
  store: Pick<Store, 'get' | 'set' | 'take' | 'lock'>,
  account: () => Promise<string>,
  onEnd: (change: PendingChange, how: Unanswered, why: string) => Promise<void>,
  { lifetimeMs = DAY_MS, now = Date.now }: PendingOptions = {},
): PendingChanges {
  const kept = { ttlMs: lifetimeMs + REMEMBER_MS };
  const keyOf = async (id: string): Promise<string> => `pending ${await account()} ${id}`;
  /** Holds the ids of those that wait, and of some that do no longer. */
  const listKey = async (): Promise<string> => `pending-of ${await account()}`;
  const isOver = ({ expires_at }: PendingChange): boolean => Date.parse(expires_at) <= now();

  async function take(id: string): Promise<PendingChange | undefined> {
    const held = await store.take(await keyOf(id));
    if (held === undefined) return undefined;
    const change = JSON.parse(held) as PendingChange;
    if (!isOver(change)) return change;
    await onEnd(change, 'expired', `nobody approved it until ${change.expires_at}`);
    return undefined;
  }

  async function list(): Promise<readonly PendingChange[]> {
    const ids = JSON.parse((await store.get(await listKey())) ?? '[]') as string[];
    const held = await Promise.all(ids.map(async id => store.get(await keyOf(id))));
    const all = held.flatMap(text => (text === undefined ? [] : [JSON.parse(text) as PendingChange]));
    for (const change of all.filter(isOver)) await take(change.id);
    return all.filter(change => !isOver(change));
  }

  return {
    list,
    take,
    async add(asked) {
      const own = await listKey();
      return store.lock(own, async () => {
        const id = `p${Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
        const waiting = await list();
        const ofRequester = waiting.filter(({ attempt }) => attempt.principal === asked.attempt.principal);
        const same = ofRequester.filter(({ call }) => digest(call) === digest(asked.call));
        if (ofRequester.length - same.length >= MOST)
          throw new InputError(
            `${MOST} changes that ${asked.attempt.principal} asked for wait for approval already. withdraw_change takes back those that are no longer wanted.`,
          );
        const at = now();
        const change: PendingChange = {
          ...asked,
          id,
          at: new Date(at).toISOString(),
          expires_at: new Date(at + lifetimeMs).toISOString(),
        };
        await store.set(await keyOf(id), JSON.stringify(change), kept);
        await store.set(own, JSON.stringify([...waiting.map(one => one.id), id]), kept);
        for (const before of same) {
          const replaced = await take(before.id);
          if (replaced) await onEnd(replaced, 'withdrawn', `asked for again, as ${id}`);
        }
        return change;
      });
    },
  };
}

/** One person can come with several Gigahost keys, and is then called by each of them: `name#mark`. */
const personOf = (principal: string): string => principal.replace(/#.*/, '');

export const isSamePerson = (one: string, other: string): boolean => personOf(one) === personOf(other);
