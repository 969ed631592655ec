import { newInstall } from './install.js';
import { newServer } from './new-server.js';
import { randomPassword } from '../random.js';
import { BEGINS, waitMs } from './place-order.js';
import type { ServerRecord } from './server-record.js';
import type { World } from './world.js';

/** Gives every paid order whose time has come its machine. */
export function deliverOrders(world: World, servers: ServerRecord[], now: number): void {
  const { shop } = world;
  for (const open of [...shop.openOrders]) {
    if (open.invoice !== null && !open.invoice.paid) continue;
    open.allocatedAt ??= now + waitMs(world);
    if (open.allocatedAt > now) continue;
    const beginsAt = open.allocatedAt + Math.floor(world.settings.installMs * BEGINS) - waitMs(world);
    const server = newServer(world, servers, open, { createdAt: open.allocatedAt, beginsAt });
    // Without a free address the order goes on waiting.
    if (server === null) continue;
    servers.push(server);
    shop.openOrders.splice(shop.openOrders.indexOf(open), 1);
  }
}

/** Starts what a new machine was ordered with: an install, a rescue system, or an ISO image. */
export function beginSetup(world: World, server: ServerRecord, now: number): void {
  const { setup } = server;
  if (setup === null || setup.at > now) return;
  server.setup = null;
  // Somebody was faster with a reinstall.
  if (server.install !== null) return;
  const { system, withSshKey, at } = setup;
  if (system.kind === 'os') {
    const doneAt = at + world.settings.installMs - Math.floor(world.settings.installMs * BEGINS);
    server.install = newInstall({ osId: system.id, startedAt: at, doneAt, withSshKey, hostname: server.name });
    return;
  }
  server.isNew = false;
  if (system.kind === 'iso') server.isoId = system.id;
  else Object.assign(server, { rescue: true, rescuePassword: randomPassword() });
}

/** Adds what was paid in to the credit. */
export function creditTopUps(world: World): void {
  for (const topUp of world.shop.topUps) {
    if (topUp.credited || !topUp.invoice.paid) continue;
    topUp.credited = true;
    world.account.credit += topUp.amount;
  }
}
