import { blank, macOf, serialOf } from '../world/blank-server.js';
import type { Address, Order, ServerRecord } from '../world/server-record.js';
import { defaultReverse } from '../world/state.js';
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
    addresses: addressesOf(plan),
    disks: [{ id: String(6100 + serial), vendor: '', model: '', type: 'NVMe', sizeGb: size.diskGb, serial: '' }],
    nics: [{ id: String(1500 + serial), speedMbps: 1000, mac: macOf(serial), port: null }],
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

function addressesOf({ id, ipv4, ipv6, reverse }: VpsPlan): Address[] {
  const shared = {
    id: String(7800 + serialOf(id)),
    subnetId: '405',
    reverse: reverse ?? '',
    type: 'primary',
    routedTo: null,
  } as const;
  const network = ipv4.slice(0, ipv4.lastIndexOf('.'));
  const first: Address = {
    ...shared,
    family: 'ipv4',
    address: ipv4,
    reverse: reverse ?? defaultReverse(ipv4),
    netmask: '255.255.255.0',
    gateway: `${network}.1`,
  };
  if (ipv6 === undefined) return [first];
  const gateway = `${ipv6.slice(0, ipv6.lastIndexOf('::'))}::1`;
  return [first, { ...shared, family: 'ipv6', address: ipv6, netmask: '/118', gateway }];
}
