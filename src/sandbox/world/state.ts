import type { Package } from './records.js';
import type { ServerRecord } from './server-record.js';
import type { World } from './world.js';

/** Whether the machine answers: powered, and not in the middle of a reboot. */
export const isUp = (server: ServerRecord): boolean => server.poweredOn && server.rebootingUntil === null;

export const isHourly = (server: ServerRecord): boolean => server.order?.billing === 'hourly';

export const hasPendingSnapshot = (world: World, server: ServerRecord): boolean =>
  world.snapshots.some(({ serverId, state }) => serverId === server.id && state === 'pending');

/**
 * Why the machine takes no action at the moment, or null. That upstream refuses here, and in which words, is our
 * guess: a hypervisor locks a machine during such an operation.
 */
export function busyReason(world: World, server: ServerRecord): string | null {
  if (server.install !== null) return 'Server is currently being installed.';
  if (hasPendingSnapshot(world, server)) return 'Snapshot is currently being created.';
  if (server.upgrade !== null) return 'Server is currently being upgraded.';
  return null;
}

/** Packages a machine can move up to: none for hardware. */
export const upgradesFor = (world: World, server: ServerRecord): Package[] =>
  server.kind === 'vps' ? world.packages.filter(({ ramGb }) => ramGb > server.ramGb) : [];

/** The name an IPv4 address resolves to until somebody sets another. */
export const defaultReverse = (address: string): string => `static.${address}.customers.gigahost.no`;
