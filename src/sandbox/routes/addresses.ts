import { hostName } from '../dns/names.js';
import { done, invalidData, notFound, type Reply } from '../http/reply.js';
import { serverRoute, type Call, type Route } from '../http/route.js';
import { idFrom } from '../wire.js';
import { freeAddress } from '../world/free-address.js';
import type { Address, ServerRecord } from '../world/server-record.js';
import { defaultReverse, isHourly } from '../world/state.js';

const ARRIVAL_MS = 3000;

export const addressRoutes: Route[] = [
  serverRoute('PUT', '/reverse', setReverse, false),
  serverRoute('POST', '/ipv4', orderIpv4),
];

/** An IPv4 address takes a name, a subnet takes a nameserver. An empty name goes back to the default. */
function setReverse(server: ServerRecord, { world, body }: Call): Reply {
  const { dns } = body;
  const name = dns === '' ? '' : typeof dns === 'string' ? hostName(dns) : null;
  // The last label of an IPv4 address is a number, that of a name is not.
  if (name === null || /\.\d+$/.test(name)) return invalidData();
  if (body.ip_id !== undefined) {
    const address = server.addresses.find(({ id, family }) => id === idFrom(body.ip_id) && family === 'ipv4');
    if (!address) return notFound();
    address.reverse = name === '' ? defaultReverse(address.address) : name;
  } else {
    const subnet = server.subnets.find(({ id }) => id === idFrom(body.sub_id));
    if (!subnet) return body.sub_id === undefined ? invalidData() : notFound();
    subnet.nameserver = name;
  }
  world.log(server, 'Reverse DNS updated.');
  return done('Reverse DNS has been updated.', {});
}

function orderIpv4(server: ServerRecord, { world, body }: Call): Reply {
  const primary = server.addresses.find(({ family, type }) => family === 'ipv4' && type === 'primary');
  const type = body.ip_type;
  if (server.order === null || isHourly(server) || !primary || (type !== 'l2' && type !== 'l3')) return invalidData();
  const network = primary.address.slice(0, primary.address.lastIndexOf('.'));
  const text = freeAddress(world.servers, network, 101);
  if (text === null) return invalidData();
  const address: Address = {
    ...primary,
    id: world.nextId(),
    address: text,
    reverse: defaultReverse(text),
    type: 'extra',
    ...(type === 'l3' && { netmask: '255.255.255.255', routedTo: primary.id }),
  };
  server.orderedAddresses.push({ address, readyAt: world.now() + ARRIVAL_MS });
  world.log(server, 'Additional IPv4 address ordered.');
  return done('IP address has been ordered.', []);
}
