import picomatch from 'picomatch';
import type { ServerNames } from './journal.js';

/** What of one kind exists for a principal. What is outside cannot be told from what does not exist. */
export interface Part<T> {
  /** Whether everything is inside. */
  readonly whole: boolean;
  readonly holds: (thing: T) => boolean;
}

/** Everything a DNS zone, or a domain, is called. */
export interface ZoneNames {
  readonly id?: string;
  readonly name: string;
  readonly displayName?: string | null;
}

export interface Scope {
  readonly servers: Part<ServerNames>;
  /** Also for what is called by its domain: web hosting. */
  readonly zones: Part<ZoneNames>;
}

/** Why something is refused to who sees a part of the account; to be read after its name. */
export const CONCERNS_ALL =
  'concerns the account as a whole, and only some servers or zones are within reach here (--only-servers, --only-zones).';

/** Globs over names, or ids; none at all means everything. Letter case does not matter. */
export const scopeOf = (of: { readonly servers: readonly string[]; readonly zones: readonly string[] }): Scope => ({
  servers: part(of.servers, ({ id, name, label, hostname }) => [id, name, label, hostname]),
  zones: part(of.zones, ({ id, name, displayName }) => [id, name, displayName]),
});

/** What is in all of them. */
export const bothOf = (scopes: readonly Scope[]): Scope => ({
  servers: inAll(scopes.map(({ servers }) => servers)),
  zones: inAll(scopes.map(({ zones }) => zones)),
});

/** What somebody sees of the account within what the whole server does. */
export const scopeOfAll = (
  limits: readonly { readonly onlyServers: readonly string[]; readonly onlyZones: readonly string[] }[],
): Scope => bothOf(limits.map(({ onlyServers, onlyZones }) => scopeOf({ servers: onlyServers, zones: onlyZones })));

const inAll = <T>(parts: readonly Part<T>[]): Part<T> => ({
  whole: parts.every(({ whole }) => whole),
  holds: thing => parts.every(({ holds }) => holds(thing)),
});

function part<T>(patterns: readonly string[], called: (thing: T) => readonly (string | null | undefined)[]): Part<T> {
  if (patterns.length === 0) return { whole: true, holds: () => true };
  const fits = picomatch([...patterns], { nocase: true, dot: true, bash: true, nonegate: true });
  return { whole: false, holds: thing => called(thing).some(word => typeof word === 'string' && fits(word)) };
}
