import { getClient, type SubClient } from '../client/api/clients.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { some } from './some.js';
import type { Inventory } from './index.js';
import { assignedServers, nameOfAssigned, type Seen } from './users.js';

export const CLIENT_COLUMNS = ['name', 'id', 'login', 'company', 'active', 'servers', 'domains', 'webhosting'];

/** A sub-client with what was given to it, by name; what is out of the caller's reach is left out. */
export async function clientRow(
  client: Client,
  { id, ...row }: SubClient,
  { zones, servers }: { readonly zones: Inventory['zones']; readonly servers: Seen },
  options: CallOptions,
) {
  const detail = await client.call(getClient, { params: { id } }, options);
  const listed = (names: readonly string[]) => some(names) || null;
  const domains = (rows: readonly { readonly domain: string | null }[]) =>
    rows.flatMap(({ domain }) => (domain !== null && zones.holds({ name: domain }) ? [domain] : []));
  return [
    row.name ?? row.company,
    id,
    row.login,
    row.company,
    row.active,
    listed(assignedServers(detail.servers, servers).map(nameOfAssigned)),
    listed(domains(detail.domains)),
    listed(domains(detail.webhosting)),
  ];
}
