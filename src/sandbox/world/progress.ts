import type { Package, Snapshot } from './records.js';
import type { ServerRecord } from './server-record.js';

/** Brings a machine up to the given time: ends whatever is over and adds the addresses that have arrived. */
export function settleServer(server: ServerRecord, packages: readonly Package[], now: number): void {
  if (server.rebootingUntil !== null && server.rebootingUntil <= now) server.rebootingUntil = null;
  if (server.console !== null && server.console.expiresAt <= now) server.console = null;
  if (server.install !== null && server.install.doneAt <= now) {
    server.osId = server.install.osId;
    server.install = null;
    server.isNew = false;
  }
  const arrived = server.orderedAddresses.filter(({ readyAt }) => readyAt <= now);
  if (arrived.length > 0) {
    server.addresses.push(...arrived.map(({ address }) => address));
    server.orderedAddresses = server.orderedAddresses.filter(({ readyAt }) => readyAt > now);
  }
  if (server.upgrade !== null && server.upgrade.doneAt <= now) {
    const wanted = server.upgrade.packageId;
    server.upgrade = null;
    const target = packages.find(candidate => candidate.id === wanted);
    if (target) applyPackage(server, target);
  }
}

/** Completes a snapshot whose time has come. */
export function settleSnapshot(snapshot: Snapshot, now: number): void {
  if (snapshot.state === 'pending' && snapshot.readyAt <= now) snapshot.state = 'completed';
}

function applyPackage(server: ServerRecord, target: Package): void {
  server.packageId = target.id;
  server.productName = target.name;
  server.cores = target.cores;
  server.ramGb = target.ramGb;
  const disk = server.disks[0];
  if (disk) disk.sizeGb = target.diskGb;
}
