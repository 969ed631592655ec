import { getClient, type SubClient } from '../client/api/clients.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { some } from './some.js';
import { assignedServers, nameOfAssigned, type Seen } from './users.js';

export const CLIENT_COLUMNS = ['name', 'id', 'login', 'company', 'active', 'servers', 'domains', 'webhosting'];

/** A sub-client with what was given to it, by name. */
export async function clientRow(client: Client, { id, ...row }: SubClient, seen: Seen, options: CallOptions) {
  const detail = await client.call(getClient, { params: { id } }, options);
  const listed = (names: readonly (string | null)[]) => some(names.flatMap(name => name ?? [])) || null;
  return [
    row.name ?? row.company,
    id,
    row.login,
    row.company,
    row.active,
    listed(assignedServers(detail.servers, seen).map(nameOfAssigned)),
    listed(detail.domains.map(({ domain }) => domain)),
    listed(detail.webhosting.map(({ domain }) => domain)),
  ];
}
