import type { Snapshot } from '../world/records.js';
import { DAY, HOUR } from '../times.js';

/** The snapshots the account starts with, oldest first for each server. */
export function snapshots(now: number): Snapshot[] {
  const taken = (id: string, serverId: string, name: string, displayName: string, age: number): Snapshot => ({
    id,
    serverId,
    name,
    displayName,
    createdAt: now - age,
    state: 'completed',
    readyAt: now - age,
  });
  return [
    taken('3101', '18101', 'snap41c09f7ab2d6', 'before-upgrade', 9 * DAY + 3 * HOUR),
    taken('3102', '18101', 'snap8be0376f51aa', 'shop 4.2 live', 2 * DAY + 5 * HOUR),
    taken('3103', '18104', 'snapf2a90c6613de', 'before-upgrade', 31 * DAY),
  ];
}
