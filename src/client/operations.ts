import * as account from './api/account.js';
import * as addresses from './api/addresses.js';
import * as bgp from './api/bgp.js';
import * as billing from './api/billing.js';
import * as catalogue from './api/catalogue.js';
import * as deploy from './api/deploy.js';
import * as graphs from './api/graphs.js';
import * as isos from './api/isos.js';
import * as power from './api/power.js';
import * as reinstall from './api/reinstall.js';
import * as servers from './api/servers.js';
import * as snapshots from './api/snapshots.js';
import * as upgrades from './api/upgrades.js';
import * as auth from './auth.js';
import type { Endpoint } from './endpoint.js';

/** The modules of each group of the contract. */
const GROUPS = {
  auth: [auth],
  account: [account],
  billing: [billing],
  servers: [servers, power, graphs, addresses],
  snapshots: [snapshots],
  reinstall: [reinstall],
  isos: [isos],
  upgrades: [upgrades],
  deploy: [catalogue, deploy],
  bgp: [bgp],
} satisfies Readonly<Record<string, readonly object[]>>;

/** A group as the contract tags it. */
export type Group = keyof typeof GROUPS;

/** Every operation of Gigahost's API, by its id in the contract. */
export const OPERATIONS: ReadonlyMap<string, { readonly group: Group; readonly endpoint: Endpoint }> = new Map(
  Object.entries(GROUPS).flatMap(([group, modules]) =>
    modules
      .flatMap(module => Object.values<unknown>(module))
      .filter(isEndpoint)
      .map(endpoint => [endpoint.id, { group: group as Group, endpoint }] as const),
  ),
);

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'id' in value && 'path' in value && 'decode' in value;
}
