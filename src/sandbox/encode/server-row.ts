import { dottedDate, quotedFlag, quotedSeconds, type WireRecord } from '../wire.js';
import type { ServerRecord } from '../world/server-record.js';
import { isHourly } from '../world/state.js';
import type { World } from '../world/world.js';
import { addressRow } from './address.js';
import { datacenter } from './datacenter.js';
import { installDetails } from './install-details.js';
import { orderRecord } from './order.js';
import { serverFlags } from './server-flags.js';
import { serverOs } from './system.js';

/** A row of the server list: numbers quoted, flags in two spellings. */
export function serverRow(world: World, server: ServerRecord): WireRecord {
  return {
    ...identity(world, server),
    ...serverFlags(world, server, { feature: flag => flag, status: flag => flag, setting: quotedFlag }),
    srv_feature_backups: quotedFlag(false),
    srv_date_created: quotedSeconds(server.createdAt),
    srv_cores: String(server.kind === 'vps' ? server.cores : 0),
    srv_ram: String(server.ramGb),
    srv_ram_sticks: String(server.hardware?.ramSticks ?? 0),
    srv_bw: '20000',
    os: serverOs(world, server, 'row'),
    ips: server.addresses.map(address => addressRow(server, address)),
    order: orderRecord(world, server, 'row'),
    datacenter: datacenter(world, server),
    bw_used: String(server.traffic.monthGb),
    bw_unit: 'GB',
    bw_cap: '20000',
    bw_is_hourly: quotedFlag(isHourly(server)),
  };
}

/** What list and detail spell alike. */
export function identity(world: World, server: ServerRecord): WireRecord {
  const primary = server.addresses.find(({ family, type }) => family === 'ipv4' && type === 'primary');
  const { secrets, hardware, kind } = server;
  return {
    srv_id: server.id,
    srv_tag: '0',
    cust_id: world.account.id,
    product_id: server.order && !isHourly(server) ? server.packageId : '0',
    node_id: kind === 'vps' ? '7' : '0',
    pmx_id: kind === 'vps' ? '4' : '0',
    os_id: server.install === null && server.osId !== null ? server.osId : '0',
    nic_id: server.nics[0]?.id ?? '0',
    iso_id: server.isoId ?? '0',
    bwpool_id: '0',
    auction_id: '0',
    srv_name: server.name,
    srv_label: server.label,
    srv_hostname: '',
    srv_type: kind,
    srv_vps_type: kind === 'vps' ? 'kvm' : '',
    srv_mgmt_type: kind === 'vps' ? 'kvm' : 'ipmi',
    srv_primary_ip: primary?.address ?? null,
    srv_location: 'DC1',
    srv_status_method: 'icmp',
    srv_status_reboot: '0',
    srv_bw_type: 'quota',
    srv_manufacturer: hardware?.vendor ?? '',
    srv_model: hardware?.model ?? '',
    srv_ram_type: hardware?.ramType ?? '',
    srv_vnc_port: String(secrets.vncPort),
    srv_vnc_password: secrets.vncPassword,
    srv_vnc_token: secrets.vncToken,
    srv_serverkey: secrets.serverKey,
    // Only null is on record.
    cancelled: server.cancellation && {
      cancel_time: quotedSeconds(server.cancellation.at),
      cancel_date: dottedDate(server.cancellation.endsAt),
      cancel_reason: server.cancellation.reason,
    },
    ...(server.install && { install_details: installDetails(server.install) }),
  };
}
