import { done, methodNotAllowed, ok, refused, type Reply } from '../http/reply.js';
import { serverRoute, type Call, type Route } from '../http/route.js';
import { quotedFlag, quotedSeconds } from '../wire.js';
import type { ServerRecord } from '../world/server-record.js';
import { busyReason } from '../world/state.js';

const POWER_PATHS = ['/power/on', '/power/off'];

export const powerRoutes: Route[] = [
  serverRoute('GET', '/powerstate', (server, { world }) =>
    ok(undefined, { powerstate: quotedFlag(server.poweredOn), timestamp: quotedSeconds(world.now()) }),
  ),
  serverRoute('GET', '/reboot', reboot),
  serverRoute('GET', '/power/on', (server, call) => switchPower(server, call, true)),
  serverRoute('GET', '/power/off', (server, call) => switchPower(server, call, false)),
  ...POWER_PATHS.flatMap(path => ['POST', 'PUT'].map(method => serverRoute(method, path, bareRefusal))),
];

function reboot(server: ServerRecord, { world }: Call): Reply {
  const busy = busyReason(world, server);
  if (busy !== null) return refused(400, busy);
  if (!server.poweredOn) return refused(400, 'Server is powered off.');
  server.rebootingUntil = world.now() + world.settings.rebootMs;
  world.log(server, 'Server rebooted through the API.');
  return done('Server is being rebooted.', []);
}

function switchPower(server: ServerRecord, { world }: Call, on: boolean): Reply {
  if (server.kind === 'vps') return methodNotAllowed();
  const busy = busyReason(world, server);
  if (busy !== null) return refused(400, busy);
  server.poweredOn = on;
  server.rebootingUntil = null;
  world.log(server, `Server powered ${on ? 'on' : 'off'} through the API.`);
  return done(`Server has been powered ${on ? 'on' : 'off'}.`, {});
}

function bareRefusal(): Reply {
  return { status: 400, meta: {}, bodyless: true };
}
