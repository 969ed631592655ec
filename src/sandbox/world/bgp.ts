import type { ServerRecord } from './server-record.js';

export interface Asn {
  id: string;
  asn: string;
  name: string;
  country: string;
  irrV4: string;
  irrV6: string;
  irrUpdatedAt: number | null;
  status: 'pending' | 'active' | 'rejected';
  rejectedReason: string;
}

export interface Prefix {
  id: string;
  asnId: string;
  prefix: string;
  family: 'ipv4' | 'ipv6';
  status: string;
}

export interface BgpSession {
  id: string;
  asnId: string;
  routerId: string;
  serverId: string;
  addressId: string;
  family: 'ipv4' | 'ipv6';
  address: string;
  defaultRoute: boolean;
  status: 'pending' | 'active' | 'deleting';
  /** When the routers have done what is asked of them. */
  doneAt: number;
}

export interface BgpRouter {
  id: string;
  regionId: string;
  asn: string;
  ipv4: string;
  ipv6: string;
}

/** Everything BGP. */
export interface Bgp {
  asns: Asn[];
  prefixes: Prefix[];
  sessions: BgpSession[];
  routers: BgpRouter[];
}

/** Finishes what the routers had to do, and drops the sessions of addresses that are gone. */
export function settleBgp(bgp: Bgp, servers: readonly ServerRecord[], now: number): void {
  bgp.sessions = bgp.sessions.filter(
    session => isHeld(session, servers) && !(session.status === 'deleting' && session.doneAt <= now),
  );
  for (const session of bgp.sessions)
    if (session.status === 'pending' && session.doneAt <= now) session.status = 'active';
}

const isHeld = ({ serverId, address }: BgpSession, servers: readonly ServerRecord[]): boolean =>
  servers.some(({ id, addresses }) => id === serverId && addresses.some(held => held.address === address));
