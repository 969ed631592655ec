import { createHash, timingSafeEqual } from 'node:crypto';
import type { World } from '../world/world.js';

/** Who sends a request. A key with null permissions has full rights. */
export type Caller =
  | { readonly kind: 'session' }
  | { readonly kind: 'basic' }
  | { readonly kind: 'api-key'; readonly permissions: Record<string, unknown> | null };

/** The caller behind an Authorization header; null for none, an unknown one, or an expired token. */
export function identify(world: World, header: string | undefined): Caller | null {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(header ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return bearer(world, value);
  if (scheme.toLowerCase() === 'basic') return basic(world, value);
  return null;
}

function bearer(world: World, secret: string): Caller | null {
  const key = world.apiKeys.find(candidate => same(candidate.secret, secret));
  if (key) return { kind: 'api-key', permissions: key.permissions };
  const token = world.tokens.find(candidate => same(candidate.secret, secret));
  return token && token.expiresAt > world.now() ? { kind: 'session' } : null;
}

// Whether Basic works at all for an account with two-factor sign-in is unknown; here it does.
function basic(world: World, encoded: string): Caller | null {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return passwordFits(world, text.slice(0, colon), text.slice(colon + 1)) ? { kind: 'basic' } : null;
}

/** Whether that is the account's sign-in name and password. Letter case of the name does not matter. */
export function passwordFits(world: World, username: unknown, password: unknown): boolean {
  if (typeof username !== 'string' || typeof password !== 'string') return false;
  return username.toLowerCase() === world.settings.username && same(world.settings.password, password);
}

function same(expected: string, actual: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(actual));
}
