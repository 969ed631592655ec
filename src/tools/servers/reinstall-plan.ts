import type { ServerDetail } from '../../client/api/servers.js';
import type { Snapshot } from '../../client/api/snapshots.js';
import { some } from '../../inventory/some.js';
import { relative } from '../../words/text.js';
import { HostName } from '../params.js';
import { underway } from './power.js';

/** What a reinstall destroys, and what there is to fall back on. */
export const lossesOf = (server: ServerDetail, newest: Snapshot | undefined): string[] => [
  `Everything on it is erased: ${disksOf(server)}, with ${server.os?.name ?? 'whatever is installed'}.`,
  newest
    ? `The newest snapshot is "${newest.name}", taken ${newest.createdAt ? `${relative(newest.createdAt)} (${newest.createdAt})` : 'at an unknown time'}.`
    : 'There is no completed snapshot of it.',
  'Gigahost’s API cannot restore a snapshot; that is done in its panel or by its support.',
  ...(server.installing ? ['An installation is already running; this starts over with another password.'] : []),
  ...underway({ ...server, installing: false }),
];

export const newestOf = (snapshots: readonly Snapshot[]): Snapshot | undefined =>
  snapshots
    .filter(snapshot => snapshot.state === 'completed')
    .sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''))[0];

function disksOf({ disks }: ServerDetail): string {
  const sizes = disks
    .map(disk => [disk.sizeGb && `${disk.sizeGb} GB`, disk.type].filter(Boolean).join(' '))
    .filter(Boolean);
  return sizes.length > 0 ? `${sizes.length} disk${sizes.length === 1 ? '' : 's'} (${some(sizes)})` : 'all its disks';
}

/** A name the installer takes: the server's, if it is a host name. */
export function hostNameOf(server: ServerDetail): string {
  const names = [server.name, server.label, server.hostname].map(name => HostName.safeParse(name ?? '').data);
  return names.find(Boolean) ?? `srv${server.id}`;
}
