import * as z from 'zod';
import { listServerIsos } from '../../client/api/isos.js';
import { Cursor, ServerName, ServerRef } from '../params.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

export const listIsos = defineRead({
  name: 'list_isos',
  title: 'List ISO images',
  effect: 'read',
  toolset: 'servers',
  covers: ['listServerIsos'],
  description: 'List the uploaded ISO images that a server can boot from.',
  input: z.strictObject({ server: ServerRef, cursor: Cursor }),
  output: z.looseObject({ server: ServerName, ...TableOutput }),

  async read({ client, inventory, signal }, { server, cursor }) {
    const found = await inventory.server(server, { signal, prefix: true });
    const isos = await client.call(listServerIsos, { params: { id: found.id } }, { signal });
    const rows = isos.map(iso => [
      iso.name,
      iso.id,
      iso.state,
      iso.sizeBytes ? Math.round(iso.sizeBytes / 1024 ** 2) : null,
      iso.mounted,
    ]);
    return {
      server: found.name,
      ...page(['name', 'id', 'state', 'size_mib', 'mounted'], rows, { cursor, key: ['isos', found.id] }),
    };
  },

  say: output =>
    output.total === 0
      ? `No ISO images are uploaded for ${output.server}. They are uploaded in the Gigahost panel.`
      : tableWords(output, 'ISO images', `ISO images for ${output.server}`),
});
