import { permits } from '../auth/permissions.js';
import { refusedWithError, type Reply } from '../http/reply.js';
import { serverRoute, type Call, type Route } from '../http/route.js';
import { idFrom } from '../wire.js';
import type { ServerRecord } from '../world/server-record.js';

const MOST_EXTRA = 5;

export const moveIpv4Routes: Route[] = [serverRoute('PUT', '/ipv4/:ip_id', moveIpv4)];

/** Routes an extra address to another machine. Refusals are in meta.error; the ids are echoed in meta. */
function moveIpv4(server: ServerRecord, { world, caller, body, param }: Call): Reply {
  const targetId = idFrom(body.target_srv_id);
  const target = world.servers.find(({ id }) => id === targetId);
  if (target && caller && !permits(caller, 'servers', 'PUT', target.id)) return refusedWithError(403, 'Access denied.');
  const primary = target?.addresses.find(({ family, type }) => family === 'ipv4' && type === 'primary');
  if (!target || !primary || target === server) return refusedWithError(400, 'Invalid destination server.');
  const address = server.addresses.find(({ id, family }) => id === param('ip_id') && family === 'ipv4');
  if (!address) return refusedWithError(400, 'IP not found on this server.');
  if (address.routedTo === null) return refusedWithError(400, 'Only routed (L3) IPs can be moved.');
  if (target.regionId !== server.regionId)
    return refusedWithError(400, 'Destination server must be in the same region as the IP.');
  if (target.addresses.filter(({ type }) => type === 'extra').length >= MOST_EXTRA)
    return refusedWithError(
      400,
      'Destination server has reached the maximum number of additional IPs. Contact support.',
    );
  server.addresses.splice(server.addresses.indexOf(address), 1);
  target.addresses.push({ ...address, routedTo: primary.id, gateway: primary.gateway });
  world.log(server, `IPv4 address ${address.address} moved away.`);
  world.log(target, `IPv4 address ${address.address} moved here.`);
  return {
    status: 200,
    meta: { message: 'IP address has been moved.', ip_id: address.id, target_srv_id: target.id },
    data: [],
  };
}
