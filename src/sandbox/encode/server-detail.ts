import { bareFlag, quotedFlag, quotedSeconds, seconds, type WireRecord } from '../wire.js';
import type { ServerRecord } from '../world/server-record.js';
import { isHourly } from '../world/state.js';
import type { World } from '../world/world.js';
import { addressDetail } from './address.js';
import { datacenter } from './datacenter.js';
import { consoleSession, cpuRow, diskRow, location, nicRow } from './hardware.js';
import { orderRecord } from './order.js';
import { serverFlags } from './server-flags.js';
import { identity } from './server-row.js';
import { subnetRow } from './subnet.js';
import { serverOs } from './system.js';

/** The full record of a machine: many numbers bare, and flags not spelled as in the list. */
export function serverDetail(world: World, server: ServerRecord): WireRecord {
  const { monthGb, outShare } = server.traffic;
  const outGb = Math.round(monthGb * outShare);
  return {
    ...identity(world, server),
    ...serverFlags(world, server, { feature: bareFlag, status: quotedFlag, setting: flag => flag }),
    // The list says otherwise: feature flags can differ in value, too.
    srv_feature_backups: true,
    srv_date_created: seconds(server.createdAt),
    srv_cores: server.kind === 'vps' ? server.cores : 0,
    srv_ram: server.ramGb,
    srv_ram_sticks: server.hardware?.ramSticks ?? 0,
    srv_bw: 20000,
    os: serverOs(world, server, 'detail'),
    ips: server.addresses.map(address => addressDetail(server, address)),
    order: orderRecord(world, server, 'detail'),
    datacenter: datacenter(world, server),
    location: location(server),
    node: server.kind === 'vps' ? 'pmx04' : '',
    cpus: server.cpus.map(cpu => cpuRow(server, cpu)),
    hdds: server.disks.map(disk => diskRow(world, server, disk)),
    nics: server.nics.map(nicRow),
    gpus: [],
    volumes: [],
    processes: [],
    subnets: server.subnets.map(subnet => subnetRow(world, server, subnet)),
    attacklogs: server.attacks.map(attack => ({
      attack_id: attack.id,
      ip_address: attack.address,
      attack_start: quotedSeconds(attack.startedAt),
      attack_end: quotedSeconds(attack.endedAt),
      attack_mbps: attack.peakMbps,
    })),
    activity_log: server.activity.map(({ id, text, at }) => ({
      log_id: id,
      log_entry: text,
      log_timestamp: quotedSeconds(at),
    })),
    bw_used: monthGb,
    bw_used_in: monthGb - outGb,
    bw_used_out: outGb,
    bw_unit: 'GB',
    bw_cap: 20000,
    bw_is_hourly: isHourly(server),
    ipmi_session: consoleSession(server),
    management_session: null,
  };
}
