import * as z from 'zod';
import { deleteSnapshot as remove, listSnapshots } from '../../client/api/snapshots.js';
import { InputError } from '../../inventory/input-error.js';
import { some } from '../../inventory/some.js';
import { describeServer } from '../../inventory/state.js';
import { ServerName, ServerRef } from '../params.js';
import { relative } from '../../words/text.js';
import { defineChange } from '../tool.js';

export const deleteSnapshot = defineChange({
  name: 'delete_snapshot',
  title: 'Delete a snapshot',
  effect: 'destroy',
  settledBy: 'list_snapshots',
  toolset: 'servers',
  covers: ['deleteSnapshot'],
  description: 'Delete one snapshot of a server for good.',
  input: z.strictObject({ server: ServerRef, snapshot: z.string().trim().min(1).max(200).describe('id or name') }),
  output: z.looseObject({
    server: ServerName,
    snapshot: z.string(),
    snapshot_id: z.string(),
    still_listed: z.boolean(),
    remaining: z.number(),
  }),

  async plan({ client, inventory, signal }, { server, snapshot }) {
    const found = await inventory.server(server, { signal });
    const all = await client.call(listSnapshots, { params: { id: found.id } }, { signal });
    const matches = all.filter(
      candidate => candidate.id === snapshot || candidate.name.toLowerCase() === snapshot.toLowerCase(),
    );
    const [chosen] = matches;
    const list = (rows: typeof all) =>
      some(
        rows.map(row => `"${row.name}" (id ${row.id}, ${row.state}, ${row.createdAt ?? 'no date'})`),
        { between: '; ' },
      );
    if (!chosen) throw new InputError(`${found.name} has no snapshot "${snapshot}". It has: ${list(all) || 'none'}.`);
    if (matches.length > 1)
      throw new InputError(
        `"${snapshot}" matches ${matches.length} snapshots of ${found.name}: ${list(matches)}. Use an id.`,
      );
    const others = all.filter(row => row.state === 'completed' && row.id !== chosen.id).length;
    return {
      what: `Delete the snapshot "${chosen.name}" (id ${chosen.id}) of ${describeServer(found)}`,
      consequences: [
        `It was taken ${chosen.createdAt ? `${relative(chosen.createdAt)} (${chosen.createdAt})` : 'at an unknown time'} and cannot be brought back.`,
        others > 0
          ? `${others} other completed snapshot${others === 1 ? '' : 's'} of ${found.name} remain${others === 1 ? 's' : ''}.`
          : `No other completed snapshot of ${found.name} remains.`,
      ],
      server: found,
      name: chosen.name,
      state: { server: found.id, snapshot: chosen.id, name: chosen.name, state: chosen.state, others },
      subject: { server: found, snapshot: chosen },
    };
  },

  async apply({ client }, { subject: { server, snapshot } }) {
    await client.call(remove, { params: { id: server.id, snap_id: snapshot.id } });
    const left = await client.call(listSnapshots, { params: { id: server.id } });
    return {
      server: server.name,
      snapshot: snapshot.name,
      snapshot_id: snapshot.id,
      still_listed: left.some(row => row.id === snapshot.id),
      remaining: left.filter(row => row.id !== snapshot.id).length,
    };
  },

  say: output =>
    output.still_listed
      ? `Gigahost accepted deleting the snapshot "${output.snapshot}" (id ${output.snapshot_id}) of ${output.server}, but still lists it. Look again with list_snapshots; do not delete it again.`
      : `The snapshot "${output.snapshot}" (id ${output.snapshot_id}) of ${output.server} is deleted; ${output.remaining || 'none'} remain${output.remaining === 1 ? 's' : ''}.`,
});
