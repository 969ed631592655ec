import { SERVER_COLUMNS, serverRow } from '../inventory/server-view.js';
import { few } from '../words/fit.js';
import { page } from '../words/table.js';
import { json, type Resource } from './resource.js';

export const serversResource: Resource = {
  name: 'servers',
  title: 'Servers',
  description: 'The servers of the account as a table; the tool list_servers pages on with next_cursor.',
  uri: 'gigahost://servers',
  toolset: 'servers',
  mimeType: 'application/json',
  freshSeconds: 10,

  async read({ inventory, signal }) {
    const { servers, complete, missing } = await inventory.list({ signal });
    const not_visible_now = few(missing);
    const table = page(SERVER_COLUMNS, servers.map(serverRow), {
      key: ['servers', undefined, undefined],
      beside: not_visible_now,
    });
    return json({ ...table, complete, not_visible_now, not_visible_total: missing.length });
  },
};
