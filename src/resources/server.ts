import { readServer } from '../inventory/server-view.js';
import { fit } from '../words/fit.js';
import { json, type Resource, type ResourceContext } from './resource.js';

/** Names of all servers, for completion. */
export const serverNames = async ({ inventory, signal }: ResourceContext): Promise<readonly string[]> => [
  ...new Set((await inventory.list({ signal })).servers.map(server => server.name)),
];

/** A list to pick from; further servers answer to their name. */
const MOST_LISTED = 100;

export const serverResource: Resource = {
  name: 'server',
  title: 'Server',
  description:
    'One server by id, name, label, hostname or address: hardware, addresses, system, order, traffic, and what it is doing now.',
  uri: 'gigahost://servers/{server}',
  toolset: 'servers',
  mimeType: 'application/json',
  freshSeconds: 10,

  async list({ inventory, signal }) {
    const { servers } = await inventory.list({ signal });
    return servers
      .slice(0, MOST_LISTED)
      .map(({ id, name }) => ({ uri: `gigahost://servers/${id}`, name, title: `Server ${name}` }));
  },

  complete: { server: serverNames },

  async read({ client, inventory, signal }, { server = '' }) {
    return json(fit(await readServer(client, inventory, await inventory.server(server, { signal }), { signal })));
  },
};
