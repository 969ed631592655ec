import * as z from 'zod';
import { listServerUpgrades } from '../../client/api/upgrades.js';
import { Cursor, ServerName, ServerRef } from '../params.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

export const listUpgrades = defineRead({
  name: 'list_upgrades',
  title: 'List upgrades',
  effect: 'read',
  toolset: 'servers',
  covers: ['listServerUpgrades'],
  description: 'List the larger packages a server can move to, with size and monthly price.',
  input: z.strictObject({ server: ServerRef, cursor: Cursor }),
  output: z.looseObject({ server: ServerName, ...TableOutput }),

  async read({ client, inventory, signal }, { server, cursor }) {
    const found = await inventory.server(server, { signal, prefix: true });
    const upgrades = await client.call(listServerUpgrades, { params: { id: found.id } }, { signal });
    const rows = upgrades.map(row => [
      row.name,
      row.id,
      row.cores,
      row.ramGb,
      row.storageGb,
      row.monthlyPrice && `${row.monthlyPrice} ${row.currency ?? 'NOK'}`,
    ]);
    return {
      server: found.name,
      ...page(['package', 'id', 'cores', 'ram_gb', 'storage_gb', 'monthly_price'], rows, {
        cursor,
        key: ['upgrades', found.id],
      }),
    };
  },

  say: output =>
    output.total === 0
      ? `Gigahost offers no upgrade for ${output.server}.`
      : tableWords(output, 'packages', `Packages ${output.server} can move to`),
});
