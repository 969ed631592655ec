import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { KnownPrincipal } from '../../config/principals.js';
import { unlimited, type Principal } from '../../guard/principal.js';
import { ROLES, scopeOf, type Role } from '../../guard/roles.js';

/** The scopes of a token, however its issuer writes them. */
export const scopesOf = ({ scope, scp }: JWTPayload): string[] => [...wordsOf(scope), ...wordsOf(scp)];

/** The strongest role that a token names, by a scope or in the claim; undefined where it names none. */
export function roleIn(claims: JWTPayload, claim: string | undefined): Role | undefined {
  const scopes = scopesOf(claims);
  const named = claim === undefined ? [] : wordsOf(claimAt(claims, claim));
  return ROLES.findLast(role => scopes.includes(scopeOf(role)) || named.includes(role));
}

/** Who a token is of, and the most that another token of theirs could make of them. */
export interface Grantee {
  readonly principal: Principal;
  readonly most: Role;
}

/**
 * Who has this `sub`, in this role. Somebody with an entry in the configuration is never more than that says, and is that
 * where the token names no role. Undefined for somebody without either.
 */
export function granteesFrom(known: readonly KnownPrincipal[]) {
  const taken = [...OF_OTHERS, ...known.map(({ principal }) => principal.name)];
  return (subject: string, role: Role | undefined): Grantee | undefined => {
    const entry = known.find(candidate => candidate.subject === subject)?.principal;
    if (entry) return { principal: { ...entry, role: weaker(entry.role, role ?? entry.role) }, most: entry.role };
    return role && { principal: { ...unlimited(nameOf(subject, taken)), role }, most: 'admin' };
  };
}

/** Names of principals that are not known by a token. */
const OF_OTHERS = ['local', 'anyone'];

const weaker = (one: Role, other: Role): Role => (ROLES.indexOf(one) < ROLES.indexOf(other) ? one : other);

/**
 * What the journal and the logs call somebody. No two have the same name, and nobody that of a principal of the
 * configuration: what waits for a confirmation and what is on record goes by it.
 */
function nameOf(subject: string, taken: readonly string[]): string {
  if (/^[\w.@-]{1,64}$/.test(subject) && !taken.includes(subject)) return subject;
  const mark = createHash('sha256').update(subject).digest('base64url').slice(0, 16);
  return `${subject.replace(/[^\w.@-]/g, '_').slice(0, 40)}~${mark}`;
}

/** A text of words, or a list of them. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/\s+/).filter(Boolean);
  return Array.isArray(value) ? value.filter(word => typeof word === 'string') : [];
}

/** A claim of that name, or else one within others, as in `realm_access.roles`. */
function claimAt(claims: JWTPayload, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split('.')
    .reduce<unknown>(
      (at, key) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, key)
          ? (at as Readonly<Record<string, unknown>>)[key]
          : undefined,
      claims,
    );
}
