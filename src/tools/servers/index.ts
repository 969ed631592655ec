import type { Tool } from '../tool.js';
import { createSnapshot } from './create-snapshot.js';
import { deleteSnapshot } from './delete-snapshot.js';
import { getPowerState } from './get-power-state.js';
import { getServer } from './get-server.js';
import { getTrafficGraph } from './get-traffic-graph.js';
import { listIsos } from './list-isos.js';
import { listOperatingSystems } from './list-operating-systems.js';
import { listServers } from './list-servers.js';
import { listSnapshots } from './list-snapshots.js';
import { listUpgrades } from './list-upgrades.js';
import { mountIso } from './mount-iso.js';
import { openConsole } from './open-console.js';
import { orderIpAddress } from './order-ip-address.js';
import { powerOffServer } from './power-off-server.js';
import { powerOnServer } from './power-on-server.js';
import { rebootServer } from './reboot-server.js';
import { reinstallServer } from './reinstall-server.js';
import { renameServer } from './rename-server.js';
import { setReverseDns } from './set-reverse-dns.js';
import { upgradeServer } from './upgrade-server.js';

export const SERVER_TOOLS: readonly Tool[] = [
  listServers,
  getServer,
  getPowerState,
  rebootServer,
  powerOnServer,
  powerOffServer,
  renameServer,
  openConsole,
  listSnapshots,
  createSnapshot,
  deleteSnapshot,
  getTrafficGraph,
  listOperatingSystems,
  reinstallServer,
  setReverseDns,
  listIsos,
  mountIso,
  listUpgrades,
  upgradeServer,
  orderIpAddress,
];
