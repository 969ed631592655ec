import * as z from 'zod';
import { listClients as list } from '../../client/api/clients.js';
import { CLIENT_COLUMNS, clientRow } from '../../inventory/clients.js';
import { seenServers } from '../../inventory/users.js';
import { Cursor } from '../params.js';
import { TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';
import { detailedPage } from './detailed-page.js';

export const listClients = defineRead({
  name: 'list_clients',
  title: 'List sub-clients',
  effect: 'read',
  toolset: 'account',
  covers: ['listClients', 'getClient'],
  description: 'List the sub-clients of a partner account with the servers, domains and web hosting given to them.',
  input: z.strictObject({ cursor: Cursor }),
  output: z.looseObject(TableOutput),

  async read({ client, inventory, signal }, { cursor }) {
    const [clients, servers] = await Promise.all([
      client.call(list, {}, { signal }),
      seenServers(inventory, { signal }),
    ]);
    return detailedPage(
      CLIENT_COLUMNS,
      clients,
      row => clientRow(client, row, { zones: inventory.zones, servers }, { signal }),
      {
        cursor,
        key: ['clients'],
      },
    );
  },

  say: output => tableWords(output, 'sub-clients'),
});
