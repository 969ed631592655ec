import type { Snapshot } from './records.js';
import type { ServerRecord } from './server-record.js';
import type { World } from './world.js';

/** How long a cancelled machine lingers in the list. */
const LINGER_MS = 5000;

/**
 * Cancels a machine. By the hour, or when asked to, it ends at once; paid ahead, at the end of its term. That the latter
 * is what leaving `early` out means is our reading.
 */
export function cancel(
  world: World,
  server: ServerRecord,
  { reason, early }: { reason: string; early: boolean },
): void {
  const { order } = server;
  const now = world.now();
  const atOnce = early || order?.billing !== 'recurring';
  server.cancellation = { at: now, reason, endsAt: atOnce ? now + LINGER_MS : paidUntil(order, now) };
  if (atOnce) Object.assign(server, { poweredOn: false, rebootingUntil: null });
  if (order) order.status = 'cancelled';
  world.log(server, 'Server cancelled.');
}

/** The first of the month with which the next term begins. */
export function paidUntil({ placedAt, months }: { placedAt: number; months: number }, now: number): number {
  const start = new Date(placedAt);
  for (let month = start.getUTCMonth() + months; ; month += months) {
    const until = Date.UTC(start.getUTCFullYear(), month, 1);
    if (until > now) return until;
  }
}

/** Removes the machines that have ended, with everything on them. */
export function removeEnded(world: World, servers: ServerRecord[], snapshots: Snapshot[], now: number): void {
  for (const server of [...servers]) {
    if (server.cancellation === null || server.cancellation.endsAt > now) continue;
    servers.splice(servers.indexOf(server), 1);
    world.shop.ended.add(server.id);
    for (const snapshot of snapshots.filter(({ serverId }) => serverId === server.id))
      snapshots.splice(snapshots.indexOf(snapshot), 1);
  }
}
