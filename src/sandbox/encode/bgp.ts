import { quotedFlag, quotedSeconds, type WireRecord } from '../wire.js';
import type { Asn, Bgp, BgpSession, Prefix } from '../world/bgp.js';

/** Everything BGP, with the sessions a caller may see. All of it quoted. */
export const bgpOverview = (bgp: Bgp, customerId: string, sessions: readonly BgpSession[]): WireRecord => ({
  asn: bgp.asns.map(asnRow),
  prefix_lists: bgp.prefixes.map(prefix => prefixRow(bgp, prefix)),
  sessions: sessions.map(session => sessionRow(bgp, customerId, session)),
});

const asnRow = (asn: Asn): WireRecord => ({
  id: asn.id,
  asn: asn.asn,
  asn_name: asn.name,
  asn_country: asn.country,
  irr_v4: asn.irrV4,
  irr_v6: asn.irrV6,
  irr_updated: quotedSeconds(asn.irrUpdatedAt),
  status: asn.status,
  rejected_reason: asn.rejectedReason,
});

const prefixRow = (bgp: Bgp, prefix: Prefix): WireRecord => ({
  id: prefix.id,
  asn_id: prefix.asnId,
  prefix: prefix.prefix,
  prefix_type: prefix.family,
  status: prefix.status,
  ...ownerOf(bgp, prefix.asnId),
});

function sessionRow(bgp: Bgp, customerId: string, session: BgpSession): WireRecord {
  const router = bgp.routers.find(({ id }) => id === session.routerId);
  return {
    id: session.id,
    asn_id: session.asnId,
    cust_id: customerId,
    router_id: session.routerId,
    srv_id: session.serverId,
    ip_id: session.addressId,
    ip_type: session.family,
    defaultroute: quotedFlag(session.defaultRoute),
    status: session.status,
    neighbor_ipv4: router?.ipv4 ?? '',
    neighbor_ipv6: router?.ipv6 ?? '',
    multihop: '0',
    router_asn: router?.asn ?? '',
    ...ownerOf(bgp, session.asnId),
    ip_address: session.address,
  };
}

function ownerOf(bgp: Bgp, asnId: string): WireRecord {
  const owner = bgp.asns.find(({ id }) => id === asnId);
  return { your_asn: owner?.asn ?? '', asn_country: owner?.country ?? '' };
}
