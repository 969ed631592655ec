import { upgradeRow } from '../encode/upgrade.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import { serverRoute, type Call, type Route } from '../http/route.js';
import { idFrom } from '../wire.js';
import type { ServerRecord } from '../world/server-record.js';
import { busyReason, isHourly, upgradesFor } from '../world/state.js';

const UPGRADE_MS = 5000;

export const upgradeRoutes: Route[] = [
  serverRoute('GET', '/upgrade', (server, { world }) => ok(upgradesFor(world, server).map(upgradeRow))),
  serverRoute('POST', '/upgrade', upgrade),
];

// Upstream refuses every body on hourly servers. That a recurring one takes the product_id as pkg_id is a guess.
function upgrade(server: ServerRecord, { world, body }: Call): Reply {
  const wanted = idFrom(body.pkg_id);
  if (server.order === null || isHourly(server) || wanted === null) return invalidData();
  const target = upgradesFor(world, server).find(({ id }) => id === wanted);
  if (!target) return notFound();
  const busy = busyReason(world, server);
  if (busy !== null) return refused(400, busy);
  server.upgrade = { packageId: target.id, doneAt: world.now() + UPGRADE_MS };
  world.log(server, `Upgrade to ${target.name} started.`);
  return done('Server is being upgraded.', {});
}
