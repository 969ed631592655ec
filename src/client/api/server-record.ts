import * as z from 'zod';
import {
  count,
  dottedDate,
  flag,
  flagOrNull,
  id,
  idOrNull,
  ifTold,
  list,
  money,
  objectOrNull,
  secret,
  text,
  time,
} from '../wire.js';

const AddressWire = z
  .looseObject({
    ip_id: idOrNull,
    sub_id: idOrNull,
    ip_v4v6: text,
    ip_address: text,
    ip_reverse: text,
    ip_reverse_v6: text,
    ip_type: text,
    ip_routed_to: idOrNull,
    ip_gateway: text,
    ip_netmask: text,
    ip_nullroute: flag,
  })
  .transform(w => ({
    /** Shared by an IPv4 row and its IPv6 twin: key an address by its text (wire note 3.9). */
    ipId: w.ip_id,
    subnetId: w.sub_id,
    family: w.ip_v4v6 === 'ipv6' || w.ip_address?.includes(':') ? ('ipv6' as const) : ('ipv4' as const),
    address: w.ip_address ?? '',
    ptr: w.ip_v4v6 === 'ipv6' ? (w.ip_reverse_v6 ?? w.ip_reverse) : w.ip_reverse,
    /** "primary", "extra" or "management". */
    role: w.ip_type,
    /** `ip_id` of the address it is routed through (L3); null where it is not routed. */
    routedTo: w.ip_routed_to,
    gateway: w.ip_gateway,
    netmask: w.ip_netmask,
    nullrouted: w.ip_nullroute,
  }));
export type Address = z.output<typeof AddressWire>;

const HourlyWire = z
  .looseObject({
    rate_hourly: money,
    accrued_hours: count,
    accrued_cost: money,
    monthly_cap: money,
    currency: text,
    next_invoice: dottedDate,
  })
  .transform(w => ({
    rate: w.rate_hourly,
    hours: w.accrued_hours,
    accrued: w.accrued_cost,
    monthlyCap: w.monthly_cap,
    currency: w.currency,
    nextInvoice: w.next_invoice,
  }));

const OrderWire = z
  .looseObject({
    order_id: idOrNull,
    order_number: text,
    order_billing_type: text,
    order_billing_date: dottedDate,
    order_billing_cycle: text,
    order_status: text,
    order_total: money,
    product_name: text,
    hourly: objectOrNull(HourlyWire),
  })
  .transform(w => ({
    id: w.order_id,
    number: w.order_number,
    /** "hourly" or "recurring". */
    billing: w.order_billing_type,
    nextBilling: w.order_billing_date,
    cycle: w.order_billing_cycle,
    status: w.order_status?.toLowerCase() ?? null,
    total: w.order_total,
    product: w.product_name,
    hourly: w.hourly,
  }));

const serverFields = {
  srv_id: id,
  srv_name: text,
  srv_label: text,
  srv_hostname: text,
  srv_type: text,
  srv_vps_type: text,
  srv_primary_ip: text,
  srv_status: flagOrNull,
  srv_status_install: flag,
  srv_status_rescue: flag,
  srv_status_snapshot: flag,
  srv_status_mount: flag,
  srv_status_upgrade: flag,
  srv_new: flag,
  srv_suspended: flag,
  srv_cores: count,
  srv_ram: count,
  srv_bw_p95_mbps: count,
  srv_date_created: time,
  iso_id: idOrNull,
  os: objectOrNull(z.looseObject({ os_id: idOrNull, os_name: text, os_release: text })),
  ips: list(AddressWire),
  order: objectOrNull(OrderWire),
  datacenter: objectOrNull(z.looseObject({ dc_name: text, region_name: text })),
  cancelled: z.unknown().optional(),
  bw_used: count,
  bw_unit: text,
  bw_cap: count,
  install_details: objectOrNull(
    z.looseObject({ root_password: secret, date_started: time, sshkey: flagOrNull }).transform(w => ({
      rootPassword: w.root_password,
      startedAt: w.date_started,
      sshKeysInjected: w.sshkey,
    })),
  ),
};

const ServerBase = z.looseObject(serverFields);
type ServerWire = z.output<typeof ServerBase>;

const toServer = (w: ServerWire) => ({
  id: w.srv_id,
  /** What to call it: the name, else the label, else the id (wire note 3.8). Not unique. */
  name: w.srv_name ?? w.srv_label ?? w.srv_id,
  /** Whether `name` is a name that somebody gave it. */
  named: w.srv_name !== null,
  label: w.srv_label,
  hostname: w.srv_hostname,
  /** "vps" or "dedicated". */
  type: w.srv_type,
  virtualization: w.srv_vps_type,
  primaryAddress: w.srv_primary_ip,
  up: w.srv_status,
  installing: w.srv_status_install,
  inRescue: w.srv_status_rescue,
  snapshotting: w.srv_status_snapshot,
  upgrading: w.srv_status_upgrade,
  isoMounted: w.srv_status_mount || w.iso_id !== null,
  isNew: w.srv_new,
  suspended: w.srv_suspended,
  cancelled:
    w.order?.status === 'cancelled' ||
    (typeof w.cancelled === 'object' && w.cancelled !== null && Object.keys(w.cancelled).length > 0),
  cores: w.srv_cores || null,
  ramGb: w.srv_ram || null,
  p95Mbps: w.srv_bw_p95_mbps,
  createdAt: w.srv_date_created,
  os: w.os?.os_id ? { id: w.os.os_id, name: w.os.os_name ?? w.os.os_id, release: w.os.os_release } : null,
  addresses: w.ips.filter(row => row.address !== ''),
  order: w.order,
  datacenter: w.datacenter?.dc_name ?? null,
  region: w.datacenter?.region_name ?? null,
  traffic: { used: w.bw_used, unit: w.bw_unit, cap: w.bw_cap },
  install: w.install_details,
});
/** One server, as far as the list knows it. Times ISO 8601 UTC, memory in GB. */
export type Server = ReturnType<typeof toServer>;

/** Of undocumented rows only what is known to be harmless: others may hold a password (wire notes 2.7, 15). */
const AttackWire = z
  .looseObject({
    attack_id: ifTold(idOrNull),
    ip_address: ifTold(text),
    attack_type: ifTold(text),
    attack_start: ifTold(time),
    attack_end: ifTold(time),
    attack_mbps: ifTold(count),
    attack_pps: ifTold(count),
  })
  .transform(w => ({
    id: w.attack_id,
    address: w.ip_address,
    type: w.attack_type,
    startedAt: w.attack_start,
    endedAt: w.attack_end,
    peakMbps: w.attack_mbps,
    peakPps: w.attack_pps,
  }));

const ProcessWire = z
  .looseObject({
    process: ifTold(text),
    name: ifTold(text),
    state: ifTold(text),
    status: ifTold(text),
    progress: ifTold(text),
    started: ifTold(time),
  })
  .transform(w => ({
    name: w.process ?? w.name,
    state: w.state ?? w.status,
    /** As Gigahost writes it; its unit is stated nowhere. */
    progress: w.progress,
    startedAt: w.started,
  }));

export const DetailWire = ServerBase.extend({
  cpus: list(z.looseObject({ cpu_full_name: text, cpu_name: text, cpu_speed: count })),
  hdds: list(z.looseObject({ hdd_model: text, hdd_type: text, hdd_size: count, hdd_state: text })),
  nics: list(z.looseObject({ nic_speed: count, nic_mac_address: text })),
  subnets: list(
    z.looseObject({
      sub_id: idOrNull,
      sub_type: text,
      sub_network: text,
      sub_netmask: text,
      sub_cidr: text,
      sub_ns: text,
    }),
  ),
  attacklogs: list(AttackWire),
  activity_log: list(z.looseObject({ log_entry: text, log_timestamp: time })),
  processes: list(ProcessWire),
  bw_used_in: count,
  bw_used_out: count,
  ipmi_session: objectOrNull(
    z.looseObject({ kvm_expires: time, kvm_ip_address: text, kvm_username: secret, kvm_password: secret }),
  ),
}).transform(w => ({
  ...toServer(w),
  cpus: w.cpus.map(cpu => ({ name: cpu.cpu_full_name ?? cpu.cpu_name, mhz: cpu.cpu_speed })),
  disks: w.hdds.map(disk => ({
    model: disk.hdd_model,
    type: disk.hdd_type,
    sizeGb: disk.hdd_size,
    state: disk.hdd_state,
  })),
  nics: w.nics.map(nic => ({ speedMbps: nic.nic_speed, mac: nic.nic_mac_address })),
  subnets: w.subnets.map(subnet => ({
    id: subnet.sub_id,
    family: subnet.sub_type,
    cidr: subnet.sub_cidr?.includes('/')
      ? subnet.sub_cidr
      : `${subnet.sub_network ?? ''}/${(subnet.sub_netmask ?? '').replace('/', '')}`,
    nameserver: subnet.sub_ns,
  })),
  attacks: w.attacklogs,
  processes: w.processes,
  activity: w.activity_log.map(entry => ({ at: entry.log_timestamp, entry: entry.log_entry })),
  trafficIn: w.bw_used_in,
  trafficOut: w.bw_used_out,
  consoleUntil: w.ipmi_session?.kvm_expires ?? null,
}));
/** The full record of one server. */
export type ServerDetail = z.output<typeof DetailWire>;

/** One row of the list. */
export const ServerRow = ServerBase.transform(toServer);
