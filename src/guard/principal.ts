import type { CredentialSources } from '../client/credentials.js';
import type { Effect } from '../client/effect.js';
import type { Toolset } from '../toolsets.js';
import type { Cost } from './journal.js';
import type { Role } from './roles.js';

/** Which tools are offered, and what of the account exists: for a whole server, or for one principal. */
export interface Offered {
  /** Only tools that look. */
  readonly readOnly: boolean;
  /** Undefined where none were chosen. */
  readonly toolsets: readonly Toolset[] | 'all' | undefined;
  /** Offered whatever the toolsets. Names as given: whether there are such tools is for the catalogue to say. */
  readonly tools: readonly string[];
  /** Not offered, whatever else is said. Names as given. */
  readonly excludeTools: readonly string[];
  /** Ids, or globs over names; empty for all servers. */
  readonly onlyServers: readonly string[];
  /** Ids, or globs over names; empty for all zones. */
  readonly onlyZones: readonly string[];
}

/**
 * Who is calling, and what the operator lets them do. It can tighten what holds for the whole server, never loosen it.
 */
export interface Principal extends Offered {
  readonly name: string;
  readonly role: Role;
  /** What signs in to Gigahost for them; undefined for what the server itself is given. */
  readonly credentials: CredentialSources | undefined;
  /** Whether only a direct yes of the person is accepted, never a code. */
  readonly mustBeAsked: boolean;
  /** Undefined for the server's. */
  readonly maxTargets: number | undefined;
  readonly maxSpend: { readonly perDay: Cost | null; readonly each: Cost | null };
  /** Changes of these effects wait for a second person. */
  readonly fourEyes: readonly Effect[];
  /** Whether anybody's changes wait here, so that there is something to approve. */
  readonly approvals?: boolean;
  /** Undefined for the server's. */
  readonly requestsPerMinute: number | undefined;
  readonly concurrentCalls: number | undefined;
  readonly concurrentUpstream: number | undefined;
}

/** Somebody whom nothing holds back but what holds for the whole server: the user of a stdio server. */
export const unlimited = (name: string): Principal => ({
  name,
  role: 'admin',
  readOnly: false,
  toolsets: undefined,
  tools: [],
  excludeTools: [],
  onlyServers: [],
  onlyZones: [],
  credentials: undefined,
  mustBeAsked: false,
  maxTargets: undefined,
  maxSpend: { perDay: null, each: null },
  fourEyes: [],
  requestsPerMinute: undefined,
  concurrentCalls: undefined,
  concurrentUpstream: undefined,
});
