import { sees } from '../auth/permissions.js';
import { bgpOverview } from '../encode/bgp.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { isFlag } from '../input.js';
import { idFrom } from '../wire.js';
import type { Asn, BgpSession } from '../world/bgp.js';
import type { Address, ServerRecord } from '../world/server-record.js';

const ROUTERS_MS = 5000;
const MOST_ASNS = 3;
const TRANSITION_ASN = 23_456;

// API keys have no category for BGP; servers is our reading. The number in the path is no server's, hence no :id.
export const bgpRoutes: Route[] = [
  { method: 'GET', path: '/bgp', access: 'servers', newer: false, handle: overview },
  { method: 'POST', path: '/bgp/asn', access: 'servers', handle: submitAsn },
  { method: 'POST', path: '/bgp/:number/session', access: 'servers', handle: createSession },
  { method: 'DELETE', path: '/bgp/:number/session', access: 'servers', handle: deleteSession },
];

function overview({ world, caller }: Call): Reply {
  const { bgp, account } = world;
  return ok(
    bgpOverview(
      bgp,
      account.id,
      bgp.sessions.filter(({ serverId }) => sees(caller, serverId)),
    ),
  );
}

function submitAsn({ world, body }: Call): Reply {
  const { asns } = world.bgp;
  const number = asnFrom(body.asn);
  if (number === null) return refused(400, 'ASN is not valid');
  if (asns.some(({ asn }) => asn === number)) return refused(400, 'The ASN already exists in the database.');
  if (asns.length >= MOST_ASNS)
    return refused(400, 'Only three ASNs can be configured at a time. Contact support to remove an ASN first.');
  asns.push({
    id: world.nextId(),
    asn: number,
    name: '',
    country: '',
    irrV4: '',
    irrV6: '',
    irrUpdatedAt: null,
    status: 'pending',
    rejectedReason: '',
  });
  return done('The ASN has been submitted. A verification e-mail has been sent.', []);
}

/** A public AS number, with or without AS in front. Numbers for private use are refused, those for documentation are not. */
function asnFrom(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  const digits = typeof text === 'string' ? /^(?:AS)?([0-9]{1,10})$/i.exec(text)?.[1] : undefined;
  if (digits === undefined) return null;
  const number = Number(digits);
  const reserved = number === 0 || number === TRANSITION_ASN || (number >= 64_512 && number <= 65_535);
  return reserved || number >= 4_200_000_000 ? null : String(number);
}

/** One session for each family asked for, on two routers when redundant. */
function createSession(call: Call): Reply {
  const { world, body, param } = call;
  const { bgp } = world;
  const asn = bgp.asns.find(({ id }) => id === param('number'));
  if (!asn) return notFound();
  const { redundant, defaultroute } = body;
  const asked = (['ipv4', 'ipv6'] as const).filter(family => body[fieldOf(family)] !== undefined);
  if (!isFlag(redundant) || !isFlag(defaultroute) || asked.length === 0) return invalidData();
  // The wording is a guess.
  if (asn.status !== 'active') return refused(400, 'ASN is not active.');

  const wanted: { server: ServerRecord; address: Address; routerId: string }[] = [];
  for (const family of asked) {
    const held = holderOf(call, family);
    if (!held) return notFound();
    const { server, address } = held;
    if (bgp.sessions.some(session => session.address === address.address))
      return refused(400, `${family === 'ipv4' ? 'IPv4' : 'IPv6'} session exists already.`);
    const near = bgp.routers.filter(({ regionId }) => regionId === server.regionId);
    const routers = near.slice(0, redundant === 1 ? 2 : 1);
    if (routers.length < (redundant === 1 ? 2 : 1)) return refused(400, 'Unable to find available BGP routers.');
    wanted.push(...routers.map(({ id }) => ({ server, address, routerId: id })));
  }
  const doneAt = world.now() + ROUTERS_MS;
  bgp.sessions.push(...wanted.map(part => newSession(world.nextId(), asn, part, defaultroute === 1, doneAt)));
  return done('BGP session has been created.', []);
}

const newSession = (
  id: string,
  asn: Asn,
  { server, address, routerId }: { server: ServerRecord; address: Address; routerId: string },
  defaultRoute: boolean,
  doneAt: number,
): BgpSession => ({
  id,
  asnId: asn.id,
  routerId,
  serverId: server.id,
  addressId: address.id,
  family: address.family,
  address: address.address,
  defaultRoute,
  status: 'pending',
  doneAt,
});

/** The machine that has the address asked for, as far as the caller may see it. */
function holderOf(
  { world, caller, body }: Call,
  family: Address['family'],
): { server: ServerRecord; address: Address } | null {
  const wanted = idFrom(body[fieldOf(family)]);
  for (const server of world.servers) {
    const address = server.addresses.find(candidate => candidate.id === wanted && candidate.family === family);
    if (address && sees(caller, server.id)) return { server, address };
  }
  return null;
}

function deleteSession({ world, caller, param }: Call): Reply {
  const session = world.bgp.sessions.find(({ id }) => id === param('number'));
  if (!session || !sees(caller, session.serverId)) return notFound();
  if (session.status !== 'active') return refused(400, 'Only active sessions can be deleted.');
  Object.assign(session, { status: 'deleting', doneAt: world.now() + ROUTERS_MS });
  return done('BGP session has been marked for deletion.', []);
}

const fieldOf = (family: Address['family']): 'ip_id_v4' | 'ip_id_v6' => (family === 'ipv4' ? 'ip_id_v4' : 'ip_id_v6');
