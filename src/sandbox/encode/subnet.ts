import type { WireRecord } from '../wire.js';
import type { ServerRecord, Subnet } from '../world/server-record.js';
import type { World } from '../world/world.js';

/** A routed IPv6 subnet of hardware. */
export function subnetRow(world: World, server: ServerRecord, subnet: Subnet): WireRecord {
  return {
    sub_id: subnet.id,
    sub_parent_id: '0',
    srv_id: server.id,
    device_id: '0',
    dc_id: '4',
    cust_id: world.account.id,
    sub_type: 'ipv6',
    sub_ipv6_type: 'routed',
    sub_network: subnet.network,
    sub_netmask: subnet.prefixLength,
    sub_gateway: subnet.gateway,
    sub_cidr: `${subnet.network}/${subnet.prefixLength}`,
    sub_vlan: '0',
    sub_vrf: 0,
    sub_description: '',
    sub_ns: subnet.nameserver,
    sub_ns2: '',
    sub_routed_to: '0',
    sub_deleted: '0',
  };
}
