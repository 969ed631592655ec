import { randomInt } from 'node:crypto';
import type { Store } from '../store/index.js';

/** What one confirmation is bound to. */
export interface Ticket {
  /** Digest of tool, arguments and caller. */
  readonly request: string;
  /** Digest of the plan's state. */
  readonly state: string;
  /** Asked through the client, or handed out as a code. One never passes for the other. */
  readonly via: 'question' | 'code';
}

export type Redeemed =
  | { readonly status: 'valid'; readonly ticket: Ticket }
  | { readonly status: 'used' | 'replaced' | 'expired' | 'unknown' };

/** Confirmations asked for and not yet given, of all connections and nodes. @throws {StoreError} */
export interface Tickets {
  /** Replaces an open one for the same request: one yes never carries a change out twice. */
  issue(ticket: Ticket): Promise<{ readonly id: string; readonly expiresAt: Date }>;
  /** Looks without using it up. */
  look(id: string): Promise<Redeemed>;
  /** Uses it up: valid at most once, whoever else redeems it at the same time. */
  redeem(id: string): Promise<Redeemed>;
}

interface Issued {
  readonly ticket: Ticket;
  readonly expiresAt: number;
}

const LIFETIME_MS = 10 * 60_000;
/** Used and expired ones are remembered, so that a late answer can be told apart from a wrong one. */
const REMEMBER = { ttlMs: LIFETIME_MS + 60 * 60_000 };
/** Crockford's base32: nothing that is read for something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function createTickets(store: Pick<Store, 'get' | 'set' | 'take'>, now: () => number = Date.now): Tickets {
  const issuedUnder = (letters: string): string => `ticket ${letters}`;
  /** Holds the letters of the newest ticket of a request. */
  const newestOf = (request: string): string => `ticket-of ${request}`;
  /** The first to say what became of a ticket is right. */
  const spend = (letters: string, as: 'used' | 'replaced'): Promise<boolean> =>
    store.set(`ticket-spent ${letters}`, as, { ...REMEMBER, ifAbsent: true });

  const look = async (id: string): Promise<Redeemed> => {
    const letters = normal(id);
    const found = await store.get(issuedUnder(letters));
    if (found === undefined) return { status: 'unknown' };
    const spent = await store.get(`ticket-spent ${letters}`);
    if (spent !== undefined) return { status: spent === 'used' ? 'used' : 'replaced' };
    const { ticket, expiresAt } = JSON.parse(found) as Issued;
    return expiresAt < now() ? { status: 'expired' } : { status: 'valid', ticket };
  };

  return {
    look,
    async issue(ticket) {
      const letters = Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
      const issued: Issued = { ticket, expiresAt: now() + LIFETIME_MS };
      await store.set(issuedUnder(letters), JSON.stringify(issued), REMEMBER);
      // Whoever takes the one before replaces it; two that are issued at once take turns, and one is left.
      const newest = newestOf(ticket.request);
      do {
        const before = await store.take(newest);
        if (before !== undefined) await spend(before, 'replaced');
      } while (!(await store.set(newest, letters, { ...REMEMBER, ifAbsent: true })));
      return { id: `${letters.slice(0, 5)}-${letters.slice(5)}`, expiresAt: new Date(issued.expiresAt) };
    },
    async redeem(id) {
      const found = await look(id);
      if (found.status !== 'valid' || (await spend(normal(id), 'used'))) return found;
      return look(id);
    },
  };
}

const normal = (id: string): string => id.toUpperCase().replace(/[^0-9A-Z]/g, '');
