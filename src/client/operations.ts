import * as accountSettings from './api/account-settings.js';
import * as account from './api/account.js';
import * as addresses from './api/addresses.js';
import * as apiKeys from './api/api-keys.js';
import * as billing from './api/billing.js';
import * as clientResources from './api/client-resources.js';
import * as clients from './api/clients.js';
import * as dpa from './api/dpa.js';
import * as dns from './api/dns.js';
import * as dnssec from './api/dnssec.js';
import * as domains from './api/domains.js';
import * as dyndns from './api/dyndns.js';
import * as bgp from './api/bgp.js';
import * as catalogue from './api/catalogue.js';
import * as deploy from './api/deploy.js';
import * as graphs from './api/graphs.js';
import * as isos from './api/isos.js';
import * as power from './api/power.js';
import * as redirects from './api/redirects.js';
import * as reinstall from './api/reinstall.js';
import * as servers from './api/servers.js';
import * as snapshots from './api/snapshots.js';
import * as sshKeys from './api/ssh-keys.js';
import * as upgrades from './api/upgrades.js';
import * as webhosting from './api/webhosting.js';
import * as webhostingApps from './api/webhosting-apps.js';
import * as webhostingBackups from './api/webhosting-backups.js';
import * as webhostingDatabases from './api/webhosting-databases.js';
import * as webhostingEmail from './api/webhosting-email.js';
import * as webhostingFiles from './api/webhosting-files.js';
import * as webhostingFtp from './api/webhosting-ftp.js';
import * as webhostingMailSettings from './api/webhosting-mail-settings.js';
import * as webhostingSsl from './api/webhosting-ssl.js';
import * as users from './api/users.js';
import * as auth from './auth.js';
import type { Endpoint } from './endpoint.js';

/** The modules of each group of the contract. */
const GROUPS = {
  auth: [auth],
  account: [account, accountSettings],
  users: [users],
  'ssh-keys': [sshKeys],
  'api-keys': [apiKeys],
  clients: [clients, clientResources],
  dpa: [dpa],
  billing: [billing],
  servers: [servers, power, graphs, addresses],
  snapshots: [snapshots],
  reinstall: [reinstall],
  isos: [isos],
  upgrades: [upgrades],
  dns: [dns],
  dnssec: [dnssec],
  redirects: [redirects],
  dyndns: [dyndns],
  domains: [domains],
  webhosting: [webhosting],
  'webhosting-email': [webhostingEmail, webhostingMailSettings],
  'webhosting-ftp': [webhostingFtp],
  'webhosting-databases': [webhostingDatabases],
  'webhosting-files': [webhostingFiles],
  'webhosting-apps': [webhostingApps],
  'webhosting-ssl': [webhostingSsl],
  'webhosting-backups': [webhostingBackups],
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
