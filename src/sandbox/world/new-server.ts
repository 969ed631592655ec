import { blank, macOf, serialOf } from './blank-server.js';
import type { Machine, Product } from './catalogue.js';
import { freeAddress } from './free-address.js';
import type { Address, ServerRecord } from './server-record.js';
import type { OpenOrder } from './shop.js';
import { defaultReverse } from './state.js';
import type { World } from './world.js';

// Where new machines get their addresses: documentation ranges, above the hosts the demo account has.
const NETWORKS = {
  vm: { '1': ['192.0.2', 40], '2': ['203.0.113', 140] },
  hardware: { '1': ['203.0.113', 80], '2': ['203.0.113', 200] },
} as const satisfies Record<string, Record<string, readonly [network: string, from: number]>>;

/** The machine an order gets: new, powered, and with nothing on it. Null when no address is free. */
export function newServer(
  world: World,
  servers: readonly ServerRecord[],
  { order, plan, hostname }: OpenOrder,
  { createdAt, beginsAt }: { createdAt: number; beginsAt: number },
): ServerRecord | null {
  const { product, system, withSshKey } = plan;
  const { machine } = product;
  const networks = NETWORKS[machine === null ? 'vm' : 'hardware'];
  const [network, from] = networks[plan.regionId === '2' ? '2' : '1'];
  const ipv4 = freeAddress(servers, network, from);
  if (ipv4 === null) return null;
  const id = world.nextId();
  const record = blank(id, hostname, createdAt);
  const serial = serialOf(id);
  return {
    ...record,
    name: hostname === '' ? record.label : hostname,
    regionId: plan.regionId,
    kind: machine === null ? 'vps' : 'dedicated',
    isNew: true,
    osId: null,
    setup: { at: beginsAt, system, withSshKey },
    packageId: product.id,
    productName: product.name,
    cores: machine?.cpu.cores ?? product.cores,
    ramGb: machine?.ramGb ?? product.ramGb,
    order,
    addresses: addressesOf(serial, ipv4, machine === null),
    nics: [{ id: String(1500 + serial), speedMbps: 1000, mac: macOf(serial), port: null }],
    traffic: { peakMbps: 0, outShare: 0, monthGb: 0 },
    ...(machine === null ? virtualParts(serial, product) : hardwareParts(world, serial, machine)),
  };
}

function addressesOf(serial: number, ipv4: string, withIpv6: boolean): Address[] {
  const shared = { id: String(7800 + serial), subnetId: '405', type: 'primary', routedTo: null } as const;
  const [, , third = '', host = ''] = ipv4.split('.');
  const first: Address = {
    ...shared,
    family: 'ipv4',
    address: ipv4,
    reverse: defaultReverse(ipv4),
    netmask: '255.255.255.0',
    gateway: ipv4.replace(/\d+$/, '1'),
  };
  if (!withIpv6) return [first];
  const prefix = `2001:db8:${third}:`;
  return [
    first,
    { ...shared, family: 'ipv6', address: `${prefix}:${host}`, reverse: '', netmask: '/118', gateway: `${prefix}:1` },
  ];
}

const virtualParts = (serial: number, product: Product) => ({
  disks: [
    { id: String(6100 + serial), vendor: '', model: '', type: 'NVMe' as const, sizeGb: product.diskGb, serial: '' },
  ],
  cpus: [],
});

const hardwareParts = (world: World, serial: number, { vendor, model, cpu, disks }: Machine) => ({
  disks: disks.map(disk => ({ ...disk, id: world.nextId(), vendor: '', model: '', serial: '' })),
  cpus: [{ id: String(900 + serial), vendor: cpu.vendor, model: cpu.model, speedMhz: cpu.speedMhz }],
  hardware: { vendor, model, ramType: 'DDR4', ramSticks: 2 },
  rack: { name: 'R21', unit: 1 + (serial % 42), row: 'C' },
});
