import { isoRow } from '../encode/iso.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import { serverRoute, type Call, type Route } from '../http/route.js';
import { idFrom } from '../wire.js';
import type { ServerRecord } from '../world/server-record.js';
import { isHourly } from '../world/state.js';

export const isoRoutes: Route[] = [
  serverRoute('GET', '/isos', (server, { world }) =>
    isHourly(server) ? unavailable() : ok(world.isos.map(iso => isoRow(world, server, iso))),
  ),
  serverRoute('POST', '/isos', mountIso),
];

// That upstream refuses is known, how it says so is not.
const unavailable = (): Reply => refused(400, 'ISO images are not available for this server.');

function mountIso(server: ServerRecord, { world, body }: Call): Reply {
  if (isHourly(server)) return unavailable();
  const wanted = idFrom(body.iso_id);
  if (wanted === null) return invalidData();
  const iso = world.isos.find(({ id }) => id === wanted);
  if (!iso) return notFound();
  if (iso.state !== 'completed') return refused(400, 'ISO image is not ready.');
  server.isoId = iso.id;
  world.log(server, 'ISO image mounted.');
  return done('ISO has been mounted.', []);
}
