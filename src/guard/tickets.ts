import { randomInt } from 'node:crypto';

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

/** Confirmations asked for and not yet given. Shared by all connections of a process. */
export interface Tickets {
  /** Replaces an open one for the same request: one yes never carries a change out twice. */
  issue(ticket: Ticket): { readonly id: string; readonly expiresAt: Date };
  /** Looks without using it up. */
  look(id: string): Redeemed;
  /** Uses it up: valid at most once. */
  redeem(id: string): Redeemed;
}

const LIFETIME_MS = 10 * 60_000;
/** Used and expired ones are remembered, so that a late answer can be told apart from a wrong one. */
const REMEMBER_MS = 60 * 60_000;
/** Crockford's base32: nothing that is read for something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function createTickets(now: () => number = Date.now): Tickets {
  const issued = new Map<
    string,
    { readonly ticket: Ticket; readonly expiresAt: number; spent?: 'used' | 'replaced' }
  >();

  const look = (id: string): Redeemed => {
    const entry = issued.get(normal(id));
    if (!entry) return { status: 'unknown' };
    if (entry.spent) return { status: entry.spent };
    return entry.expiresAt < now() ? { status: 'expired' } : { status: 'valid', ticket: entry.ticket };
  };

  return {
    issue(ticket) {
      for (const [id, entry] of issued) {
        if (entry.expiresAt + REMEMBER_MS < now()) issued.delete(id);
        if (entry.ticket.request === ticket.request) entry.spent ??= 'replaced';
      }
      const letters = Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
      const expiresAt = now() + LIFETIME_MS;
      issued.set(letters, { ticket, expiresAt });
      return { id: `${letters.slice(0, 5)}-${letters.slice(5)}`, expiresAt: new Date(expiresAt) };
    },
    look,
    redeem(id) {
      const found = look(id);
      const entry = issued.get(normal(id));
      if (entry && found.status === 'valid') entry.spent = 'used';
      return found;
    },
  };
}

const normal = (id: string): string => id.toUpperCase().replace(/[^0-9A-Z]/g, '');
