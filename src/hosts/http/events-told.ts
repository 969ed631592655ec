import type { Config } from '../../config.js';
import { digest } from '../../guard/plan.js';
import type { Principal } from '../../guard/principal.js';
import type { Scope } from '../../guard/scope.js';
import type { Changed } from '../../tools/observer.js';

/** A change as nodes tell each other of it. */
export interface Note extends Changed {
  /** See `accountOf`. */
  readonly account: string;
  readonly principal: string;
}

/** For whom a stream is open, and what they may read. */
export interface Hearer {
  readonly account: string;
  readonly principal: string;
  readonly scope: Scope;
  /** URIs, and templates of them, of the resources that exist for them. */
  readonly reads: readonly string[];
}

/**
 * Names the account that somebody works in, the same on every node: by what signs in to it, of which nothing can be read
 * back. Passwords are left out, as they could be guessed.
 */
export function accountOf(
  { credentials }: Pick<Principal, 'credentials'>,
  { upstream }: Pick<Config, 'upstream'>,
): string {
  if (upstream.kind === 'sandbox') return 'sandbox';
  const { apiKey, username } = credentials ?? upstream.credentials;
  return digest(apiKey ? { apiKey } : { username });
}

const URI = /^gigahost:\/\/([a-z-]+)(?:\/([^/]+))?$/;

export const isUri = (uri: string): boolean => URI.test(uri);

/** Whether that change may have changed what is read at a URI, and whoever listens may know. */
export function isToldOf(uri: string, note: Note, { account, principal, scope, reads }: Hearer): boolean {
  const [, kind = '', member] = URI.exec(uri) ?? [];
  if (note.account !== account) return false;
  if (!reads.some(read => URI.exec(read)?.[1] === kind)) return false;
  if (kind === 'changes') return member === undefined && note.principal === principal;
  const { server, zone, effect, toolset } = note;
  if (!note.mayDiffer) return false;
  /** What is not told may have been about anything: for those who see everything. */
  const isAnything = !server && !zone && ['operations', 'deploy'].includes(toolset);
  const wanted = member === undefined ? undefined : plain(member);
  switch (kind) {
    case 'servers':
      if (!server) return member === undefined && isAnything && scope.servers.whole;
      if (!scope.servers.holds(server)) return false;
      return wanted === undefined || [server.id, server.name, server.label, server.hostname].some(isCalled(wanted));
    case 'zones':
      if (!zone) return member === undefined && (isAnything || toolset === 'domains') && scope.zones.whole;
      // Web hosting is called by its domain, and changes no record of it.
      if (toolset === 'webhosting' || !scope.zones.holds(zone)) return false;
      return wanted === undefined || [zone.id, zone.name].some(isCalled(wanted));
    case 'account':
      return member === undefined && (isAnything || effect === 'purchase' || ['account', 'billing'].includes(toolset));
    case 'invoices':
      return member === undefined && (effect === 'purchase' || toolset === 'billing');
    default:
      return false;
  }
}

const isCalled =
  (wanted: string) =>
  (name: string | null | undefined): boolean =>
    name?.trim().toLowerCase() === wanted;

function plain(segment: string): string {
  try {
    return decodeURIComponent(segment).trim().toLowerCase();
  } catch {
    return segment;
  }
}
