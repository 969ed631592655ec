import * as z from 'zod';
import { listSnapshots as list } from '../../client/api/snapshots.js';
import { Cursor, ServerName, ServerRef } from '../params.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

export const listSnapshots = defineRead({
  name: 'list_snapshots',
  title: 'List snapshots',
  effect: 'read',
  toolset: 'servers',
  covers: ['listSnapshots'],
  description:
    'List the snapshots of a server. Gigahost’s API cannot restore one; that is done in its panel or by its support.',
  input: z.strictObject({ server: ServerRef, cursor: Cursor }),
  output: z.looseObject({ server: ServerName, ...TableOutput }),

  async read({ client, inventory, signal }, { server, cursor }) {
    const found = await inventory.server(server, { signal, prefix: true });
    const snapshots = await client.call(list, { params: { id: found.id } }, { signal });
    const rows = snapshots
      .toSorted((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))
      .map(snapshot => [snapshot.name, snapshot.id, snapshot.state, snapshot.createdAt]);
    return {
      server: found.name,
      ...page(['name', 'id', 'state', 'created_at'], rows, { cursor, key: ['snapshots', found.id] }),
    };
  },

  say: output =>
    output.total === 0
      ? `${output.server} has no snapshots.`
      : tableWords(output, 'snapshots', `Snapshots of ${output.server}`),
});
