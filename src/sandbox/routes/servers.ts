import { sees } from '../auth/permissions.js';
import { serverDetail } from '../encode/server-detail.js';
import { serverRow } from '../encode/server-row.js';
import { done, invalidData, notFound, ok, type Reply } from '../http/reply.js';
import { serverRoute, type Call, type Route } from '../http/route.js';
import { isUp } from '../world/state.js';

export const serverRoutes: Route[] = [
  { method: 'GET', path: '/servers', access: 'servers', handle: listServers },
  serverRoute('GET', '', (server, { world }) =>
    world.isHidden(server.id) ? notFound() : ok([serverDetail(world, server)]),
  ),
  // An empty name is accepted and blanks the server's name.
  serverRoute('PUT', '/name', (server, { body: { name } }) => {
    if (typeof name !== 'string') return invalidData();
    server.name = name;
    return done('Server name has been updated.');
  }),
];

function listServers({ world, caller }: Call): Reply {
  const visible = world.servers.filter(({ id }) => sees(caller, id) && !world.isHidden(id));
  const rows = visible.slice(0, world.pageSize).map(server => serverRow(world, server));
  return ok(rows, {
    page: 1,
    per_page: world.pageSize,
    total_pages: Math.max(1, Math.ceil(visible.length / world.pageSize)),
    total: visible.length,
    active: visible.filter(isUp).length,
    vps: visible.filter(({ kind }) => kind === 'vps').length,
    dedicated: visible.filter(({ kind }) => kind === 'dedicated').length,
  });
}
