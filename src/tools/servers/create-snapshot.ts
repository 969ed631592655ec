import * as z from 'zod';
import { createSnapshot as create, listSnapshots, type Snapshot } from '../../client/api/snapshots.js';
import { describeServer } from '../../inventory/state.js';
import { NewName, ServerName, ServerRef, WaitSeconds } from '../params.js';
import { defineChange } from '../tool.js';
import { poll } from '../poll.js';

export const createSnapshot = defineChange({
  name: 'create_snapshot',
  title: 'Take a snapshot',
  effect: 'create',
  settledBy: 'list_snapshots',
  toolset: 'servers',
  covers: ['createSnapshot'],
  description: 'Take a snapshot of a server’s disk and wait until it is complete. The server keeps running.',

  input: z.strictObject({
    server: ServerRef,
    name: NewName.describe('What to call it, e.g. before-upgrade'),
    wait_seconds: WaitSeconds,
  }),

  output: z.looseObject({
    server: ServerName,
    snapshot: z.string(),
    snapshot_id: z.string().nullable().describe('Null while Gigahost does not list it yet'),
    state: z.string().describe('completed, or what it was when waiting ended'),
    created_at: z.string().nullable(),
  }),

  async plan({ client, inventory, signal }, { server, name }) {
    const found = await inventory.server(server, { signal });
    const before = await client.call(listSnapshots, { params: { id: found.id } }, { signal });
    return {
      what: `Take the snapshot "${name}" of ${describeServer(found)}`,
      consequences: [],
      server: found,
      name: found.name,
      state: { id: found.id },
      subject: { server: found, before: before.map(snapshot => snapshot.id) },
    };
  },

  async apply({ client, progress, signal, patienceSeconds }, { subject }, { name, wait_seconds = patienceSeconds }) {
    const { server, before } = subject;
    await client.call(create, { params: { id: server.id }, body: { name } });
    let snapshot: Snapshot | undefined;
    await poll({ seconds: wait_seconds, signal }, async elapsed => {
      const now = await client.call(listSnapshots, { params: { id: server.id } });
      const fresh = now.filter(candidate => !before.includes(candidate.id));
      snapshot = fresh.find(candidate => candidate.name === name) ?? fresh[0];
      await progress(
        `Snapshot "${name}" of ${server.name}: ${snapshot?.state ?? 'starting'} after ${elapsed} s`,
        elapsed,
        wait_seconds,
      );
      return snapshot !== undefined && snapshot.state !== 'pending';
    });
    return {
      server: server.name,
      snapshot: name,
      snapshot_id: snapshot?.id ?? null,
      state: snapshot?.state ?? 'not listed yet',
      created_at: snapshot?.createdAt ?? null,
    };
  },

  say: ({ server, snapshot, snapshot_id, state, created_at }) => {
    const facts = [snapshot_id && `id ${snapshot_id}`, created_at && `taken at ${created_at}`]
      .filter(Boolean)
      .join(', ');
    const which = `The snapshot "${snapshot}"${facts && ` (${facts})`} of ${server}`;
    return state === 'completed'
      ? `${which} is completed. delete_snapshot removes it.`
      : `${which} was accepted by Gigahost; its state is: ${state}. list_snapshots shows when it is completed. Do not start another one.`;
  },
});
