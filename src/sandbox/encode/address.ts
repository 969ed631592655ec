import { idOrZero, quotedFlag, type WireRecord } from '../wire.js';
import type { Address, ServerRecord } from '../world/server-record.js';

/** An address in the server list. */
export function addressRow(server: ServerRecord, address: Address): WireRecord {
  return {
    ip_id: address.id,
    sub_id: address.subnetId,
    ip_v4v6: address.family,
    ip_address: address.address,
    ip_reverse: address.reverse,
    ...(address.family === 'ipv4' && {
      ip_traffic_sum: String(server.traffic.monthGb),
      ip_pkts_sum: '0',
      ip_nullroute: '0',
    }),
    ip_routed_to: idOrZero(address.routedTo),
    ip_type: address.type,
    ip_netmask: address.netmask,
    ip_gateway: address.gateway,
  };
}

/** An address in the full record, which tells an IPv4 row about its IPv6 twin. */
export function addressDetail(server: ServerRecord, address: Address): WireRecord {
  const row = addressRow(server, address);
  if (address.family === 'ipv6') return row;
  const twin = server.addresses.find(({ id, family }) => id === address.id && family === 'ipv6');
  return {
    ...row,
    ip_nullroute: false,
    ip_reverse_v6: twin?.reverse ?? '',
    sub_has_ipv6: quotedFlag(twin !== undefined),
    sub_ipv6_template: '',
  };
}
