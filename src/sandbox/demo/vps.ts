import { blank, firstAddresses, gigabitNic, serialOf, virtualDisk } from '../world/blank-server.js';
import type { Order, ServerRecord } from '../world/server-record.js';
import { PACKAGES } from './packages.js';

/** What tells one virtual server of the demo account from another. */
export interface VpsPlan {
  readonly id: string;
  readonly name: string;
  readonly packageId: string;
  readonly billing: Order['billing'];
  readonly osId: string | null;
  readonly createdAt: number;
  readonly ipv4: string;
  readonly ipv6?: string;
  readonly reverse?: string;
  readonly traffic: ServerRecord['traffic'];
}

/** A running KVM server. Ids of its parts follow from its own. */
export function vps(plan: VpsPlan): ServerRecord {
  const size = PACKAGES.find(({ id }) => id === plan.packageId);
  if (!size) throw new Error(`No package ${plan.packageId}.`);
  const serial = serialOf(plan.id);
  return {
    ...blank(plan.id, plan.name, plan.createdAt),
    kind: 'vps',
    osId: plan.osId,
    packageId: size.id,
    productName: size.name,
    cores: size.cores,
    ramGb: size.ramGb,
    order: orderOf(plan.id, plan.billing, plan.createdAt, size.monthly),
    addresses: firstAddresses(serial, plan),
    disks: [virtualDisk(serial, size.diskGb)],
    nics: [gigabitNic(serial)],
    cpus: [],
    traffic: plan.traffic,
  };
}

export const orderOf = (serverId: string, billing: Order['billing'], placedAt: number, monthly: number): Order => ({
  id: String(5400 + serialOf(serverId)),
  number: String(100_540 + serialOf(serverId)),
  placedAt,
  billing,
  monthly,
  status: 'active',
  months: 1,
  backups: false,
  optionsMonthly: 0,
});
