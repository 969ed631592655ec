import type { WireRecord } from '../wire.js';
import type { Assignment } from '../world/records.js';
import type { ServerRecord } from '../world/server-record.js';

export const serverChoice = ({ id, name, addresses }: ServerRecord): WireRecord => ({
  srv_id: id,
  srv_name: name,
  ip_address: addresses.find(({ family, type }) => family === 'ipv4' && type === 'primary')?.address ?? null,
});

/** Rows of the objects that are handed out. An assignment whose object is gone has none. */
export const assignedRows = <Thing extends { readonly id: string }>(
  assignments: readonly Assignment[],
  things: readonly Thing[],
  row: (thing: Thing) => WireRecord,
): WireRecord[] =>
  assignments.flatMap(({ id, objectId }) =>
    things.filter(thing => thing.id === objectId).map(thing => ({ id, ...row(thing) })),
  );

/** Rows of the objects that none of these assignments names. */
export const unassignedRows = <Thing extends { readonly id: string }>(
  assignments: readonly Assignment[],
  things: readonly Thing[],
  row: (thing: Thing) => WireRecord,
): WireRecord[] => things.filter(({ id }) => !assignments.some(({ objectId }) => objectId === id)).map(row);
