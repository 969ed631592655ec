import type { Endpoint } from '../../client/endpoint.js';
import { OPERATIONS, type Group } from '../../client/operations.js';
import type { SessionTool } from '../tool.js';

/** Operations that are as good as absent, each with the reason. */
export const CLOSED: Readonly<Record<string, string>> = {
  closeAccount: 'it ends everything a customer has; a person does that in the Gigahost panel',
};

/** Asking to close the account itself, and not one of those within it (of mail, FTP, web hosting). */
const ASKS_TO_CLOSE =
  /\b(?:clos\w*|delet\w*|terminat\w*|cancel\w*|remov\w*|end|slett\w*|avslutt\w*|steng\w*|si(?:e|er)? opp)(?: (?:my|our|the|this|whole|entire|customer|gigahost|hele|min|vår))* ?(?:account|konto(?:en)?|kundeforhold(?:et)?)\b(?! (?:key|user|e-?mail))/i;

/** Why what is asked for is not offered, where it is not. */
export const notOffered = (query: string): string | undefined =>
  ASKS_TO_CLOSE.test(query) ? `Closing the account is not offered here: ${CLOSED['closeAccount']}.` : undefined;

/** Found, but never called by a tool: the server signs in by itself. */
export const SIGNS_IN = 'authenticate';

export interface Operation {
  readonly group: Group;
  readonly endpoint: Endpoint;
}

/** Every operation that can be found. */
export const OFFERED: ReadonlyMap<string, Operation> = new Map(
  [...OPERATIONS].filter(([id]) => !Object.hasOwn(CLOSED, id)),
);

/** Groups in the order of the contract. */
export const GROUPS: readonly Group[] = [...new Set([...OFFERED.values()].map(({ group }) => group))];

/** Data that is the same whoever asks: also for callers who see a part of the account only. */
export const SAME_FOR_EVERYBODY: ReadonlySet<string> = new Set([
  'listDistributions',
  'listOperatingSystems',
  'getDeployCatalog',
  'checkDomainAvailability',
  'lookupOrganization',
]);

/** A name as people and models write it: `set_email_quota`, `SetEmailQuota`. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** What a name stands for: an operation, or a tool. As it is written, else in another spelling. */
export function named(
  name: string,
  tools: readonly SessionTool[],
): { readonly operation: Operation } | { readonly tool: SessionTool } | undefined {
  const own = tools.filter(({ tool }) => tool.toolset !== 'operations');
  for (const same of [(a: string) => a === name, (a: string) => plain(a) === plain(name)]) {
    const tool = own.find(candidate => same(candidate.tool.name));
    if (tool) return { tool };
    const operation = [...OFFERED.values()].find(({ endpoint }) => same(endpoint.id));
    if (operation) return { operation };
  }
  return undefined;
}

/** The tool that carries an operation out; one that may be used where there are several. */
export function coverOf(id: string, tools: readonly SessionTool[]): SessionTool | undefined {
  const covering = tools.filter(({ tool }) => tool.covers?.includes(id));
  return covering.find(({ barred }) => barred === undefined) ?? covering[0];
}

/** A tool that must not be used and does a part of what the operation does. */
export const barredWith = (id: string, tools: readonly SessionTool[]): SessionTool | undefined =>
  tools.find(({ tool, barred }) => barred !== undefined && tool.partly?.includes(id));
