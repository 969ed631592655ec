import { invalidData, ok } from '../http/reply.js';
import { serverRoute, type Route } from '../http/route.js';
import { randomHex, randomPassword } from '../random.js';

const SESSION_MS = 3 * 3600 * 1000;
const KVM_GATEWAY = '198.51.100.250';

export const consoleRoutes: Route[] = [
  serverRoute('POST', '/ipmi', (server, { world, body: { acl } }) => {
    if (typeof acl !== 'string' || acl.trim() === '') return invalidData();
    const session = {
      id: world.nextId(),
      address: KVM_GATEWAY,
      username: `kvm${randomHex(8)}`,
      password: randomPassword(),
      acl,
      expiresAt: world.now() + SESSION_MS,
    };
    server.console = session;
    world.log(server, 'Console session opened.');
    return ok({ kvm_ip_address: session.address, username: session.username, password: session.password });
  }),
];
