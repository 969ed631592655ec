import { bareFlag, quotedSeconds, type WireRecord } from '../wire.js';
import type { Cpu, Disk, Nic, ServerRecord } from '../world/server-record.js';
import type { World } from '../world/world.js';

export const cpuRow = (server: ServerRecord, cpu: Cpu): WireRecord => ({
  cpu_id: cpu.id,
  srv_id: server.id,
  cpu_manufacturer: cpu.vendor,
  cpu_name: cpu.model,
  cpu_speed: String(cpu.speedMhz),
  cpu_full_name: `${cpu.vendor} ${cpu.model}`,
});

export const diskRow = (world: World, server: ServerRecord, disk: Disk): WireRecord => ({
  hdd_id: disk.id,
  srv_id: server.id,
  cust_id: world.account.id,
  hdd_manufacturer: disk.vendor,
  hdd_model: disk.model,
  hdd_label: '',
  hdd_type: disk.type,
  hdd_size: disk.sizeGb.toFixed(2),
  hdd_space_used: '0',
  hdd_serial_number: disk.serial,
  hdd_state: 'ok',
});

export const nicRow = (nic: Nic): WireRecord => ({
  nic_id: nic.id,
  nic_speed: String(nic.speedMbps),
  nic_mac_address: nic.mac,
  port_id: nic.port === null ? null : Number(nic.id),
  ifName: nic.port,
  ifDescr: nic.port,
  ifSpeed: nic.port === null ? null : nic.speedMbps,
  ifOperStatus: nic.port === null ? null : 1,
  ifAdminStatus: nic.port === null ? null : 1,
});

/** Rack position of hardware; null for virtual machines. The key names are our guess. */
export function location({ rack, kind }: ServerRecord): WireRecord | [] | null {
  if (kind === 'vps') return null;
  return rack === null ? [] : { rack_name: rack.name, rack_unit: String(rack.unit), rack_row: rack.row };
}

/** The open console session, or the empty array PHP makes of none. */
export function consoleSession({ id, console: session }: ServerRecord): WireRecord | [] {
  if (session === null) return [];
  return {
    kvm_id: session.id,
    srv_id: id,
    kvm_ip_address: session.address,
    kvm_username: session.username,
    kvm_password: session.password,
    kvm_userid: '3',
    kvm_expires: quotedSeconds(session.expiresAt),
    kvm_in_use: bareFlag(true),
  };
}
