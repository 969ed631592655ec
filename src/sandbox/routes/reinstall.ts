import { invalidData, notFound, refused, type Reply } from '../http/reply.js';
import { serverRoute, type Call, type Route } from '../http/route.js';
import { isText } from '../input.js';
import { idFrom, quotedFlag } from '../wire.js';
import { newInstall } from '../world/install.js';
import type { ServerRecord } from '../world/server-record.js';
import { hasPendingSnapshot } from '../world/state.js';

export const reinstallRoutes: Route[] = [serverRoute('POST', '/reinstall', reinstall)];

/** Starts an install, or starts a running one over with another password. Address and id stay. */
function reinstall(server: ServerRecord, { world, body }: Call): Reply {
  const { hostname } = body;
  const osId = idFrom(body.os_id);
  if (osId === null || !isText(hostname)) return invalidData();
  const system = world.operatingSystems.find(({ id }) => id === osId);
  if (!system) return notFound();
  if (system.dedicatedOnly && server.kind === 'vps') return invalidData();
  if (system.minRamGb > server.ramGb) return refused(400, 'Not enough memory for this operating system.');
  if (hasPendingSnapshot(world, server)) return refused(400, 'Snapshot is currently being created.');

  const now = world.now();
  const withSshKey = world.account.sshKeys.some(({ id }) => id === idFrom(body.key_id));
  // Known of Ubuntu's installer only: it waits for an answer that nobody gives. Here every installer does.
  const complete = isText(body.language) && isText(body.keyboard) && isText(body.timezone);
  const doneAt = complete ? now + world.settings.installMs : Infinity;
  const install = newInstall({ osId, startedAt: now, doneAt, withSshKey, hostname });
  Object.assign(server, { install, poweredOn: true, rebootingUntil: null, rescue: false });
  world.log(server, `Reinstall with ${system.name} started.`);
  return {
    status: 200,
    meta: { reboot: true, root_passwd: install.rootPassword, sshkey: quotedFlag(withSshKey) },
  };
}
