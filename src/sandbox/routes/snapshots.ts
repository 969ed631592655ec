import { snapshotRow } from '../encode/snapshot.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import { serverRoute, type Call, type Route } from '../http/route.js';
import { randomHex } from '../random.js';
import type { ServerRecord } from '../world/server-record.js';
import { busyReason } from '../world/state.js';

export const snapshotRoutes: Route[] = [
  serverRoute('GET', '/snapshots', (server, { world }) =>
    ok(world.snapshots.filter(({ serverId }) => serverId === server.id).map(snapshotRow)),
  ),
  serverRoute('POST', '/snapshot', createSnapshot),
  serverRoute('DELETE', '/snapshot/:snap_id', deleteSnapshot, false),
];

function createSnapshot(server: ServerRecord, { world, body: { name } }: Call): Reply {
  if (typeof name !== 'string' || name === '') return invalidData();
  if (server.kind === 'dedicated') return refused(400, 'Snapshots are not available for this server.');
  const busy = busyReason(world, server);
  if (busy !== null) return refused(400, busy);
  const now = world.now();
  world.snapshots.push({
    id: world.nextId(),
    serverId: server.id,
    name: `snap${randomHex(12)}`,
    displayName: name,
    createdAt: now,
    state: 'pending',
    readyAt: now + world.settings.snapshotMs,
  });
  world.log(server, 'Snapshot created.');
  return done('Snapshot is currently being created.', []);
}

function deleteSnapshot(server: ServerRecord, { world, param }: Call): Reply {
  const { snapshots } = world;
  const index = snapshots.findIndex(({ id, serverId }) => id === param('snap_id') && serverId === server.id);
  const snapshot = snapshots[index];
  if (!snapshot) return notFound();
  if (snapshot.state === 'pending') return refused(400, 'Snapshot is currently being created.');
  snapshots.splice(index, 1);
  world.log(server, 'Snapshot deleted.');
  return done('Snapshot has been deleted.');
}
