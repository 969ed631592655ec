import * as z from 'zod';
import { defineEndpoint, fromData, nothing, PathId } from '../endpoint.js';
import { id, list, text, time } from '../wire.js';

const SnapshotWire = z
  .looseObject({ snap_id: id, snap_display_name: text, snap_name: text, snap_time: time, snap_state: text })
  .transform(w => ({
    id: w.snap_id,
    /** The name a person gave; not unique. `snap_name` is random (wire note 9.1). */
    name: w.snap_display_name ?? w.snap_name ?? w.snap_id,
    createdAt: w.snap_time,
    /** "pending" or "completed"; others pass through. */
    state: w.snap_state ?? 'unknown',
  }));
export type Snapshot = z.output<typeof SnapshotWire>;

const ServerId = z.object({ id: PathId });

export const listSnapshots = defineEndpoint({
  id: 'listSnapshots',
  does: 'list the snapshots',
  method: 'GET',
  path: '/servers/{id}/snapshots',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: ServerId,
  decode: fromData(list(SnapshotWire)),
});

/** Returns no id and takes a while: compare the list before and after (wire note 9.2). */
export const createSnapshot = defineEndpoint({
  id: 'createSnapshot',
  does: 'start a snapshot',
  method: 'POST',
  path: '/servers/{id}/snapshot',
  effect: 'create',
  repeatable: false,
  secrets: [],
  params: ServerId,
  body: z.object({ name: z.string().min(1) }),
  decode: nothing,
});

export const deleteSnapshot = defineEndpoint({
  id: 'deleteSnapshot',
  does: 'delete the snapshot',
  method: 'DELETE',
  path: '/servers/{id}/snapshot/{snap_id}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: z.object({ id: PathId, snap_id: PathId }),
  decode: nothing,
});
