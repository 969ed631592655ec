import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiKey, Contact } from '../world/records.js';
import type { World } from '../world/world.js';

/** Who sends a request, and by which credential. A key with null permissions has full rights. */
export type Caller =
  | { readonly kind: 'session' | 'basic'; readonly contact: Contact }
  | {
      readonly kind: 'api-key';
      readonly contact: Contact;
      readonly permissions: Record<string, unknown> | null;
      readonly key: ApiKey;
    };

/** The caller behind an Authorization header; null for none, an unknown one, or one that has ended. */
export function identify(world: World, header: string | undefined): Caller | null {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(header ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return bearer(world, value);
  if (scheme.toLowerCase() === 'basic') return basic(world, value);
  return null;
}

function bearer(world: World, secret: string): Caller | null {
  const key = world.people.activeKeys.find(candidate => same(candidate.secret, secret));
  const token = world.tokens.find(candidate => same(candidate.secret, secret) && candidate.expiresAt > world.now());
  const contact = world.people.contact(key?.contactId ?? token?.contactId);
  if (!contact) return null;
  if (key) return { kind: 'api-key', contact, permissions: key.permissions, key };
  return token ? { kind: 'session', contact } : null;
}

// Whether Basic works at all for an account with two-factor sign-in is unknown; here it does.
function basic(world: World, encoded: string): Caller | null {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const contact = contactFor(world, text.slice(0, colon), text.slice(colon + 1));
  return contact && { kind: 'basic', contact };
}

/** The contact with that sign-in name and password, or null. Letter case of the name does not matter. */
export function contactFor(world: World, username: string, password: string): Contact | null {
  const contact = world.people.contactNamed(username);
  return contact?.active && passwordFits(contact, password) ? contact : null;
}

export const passwordFits = (contact: Contact, password: string): boolean =>
  contact.password !== null && same(contact.password, password);

function same(expected: string, actual: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(actual));
}
