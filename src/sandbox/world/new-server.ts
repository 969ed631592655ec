import { blank, firstAddresses, gigabitNic, serialOf, virtualDisk } from './blank-server.js';
import type { Machine, Product } from './catalogue.js';
import { freeAddress } from './free-address.js';
import type { ServerRecord } from './server-record.js';
import type { OpenOrder } from './shop.js';
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
    addresses: firstAddresses(serial, { ipv4, ipv6: machine === null ? ipv6Of(ipv4) : undefined }),
    nics: [gigabitNic(serial)],
    traffic: { peakMbps: 0, outShare: 0, monthGb: 0 },
    ...(machine === null ? virtualParts(serial, product) : hardwareParts(world, serial, machine)),
  };
}

function ipv6Of(ipv4: string): string {
  const [, , third = '', host = ''] = ipv4.split('.');
  return `2001:db8:${third}::${host}`;
}

const virtualParts = (serial: number, product: Product) => ({
  disks: [virtualDisk(serial, product.diskGb)],
  cpus: [],
});

const hardwareParts = (world: World, serial: number, { vendor, model, cpu, disks }: Machine) => ({
  disks: disks.map(disk => ({ ...disk, id: world.nextId(), vendor: '', model: '', serial: '' })),
  cpus: [{ id: String(900 + serial), vendor: cpu.vendor, model: cpu.model, speedMhz: cpu.speedMhz }],
  hardware: { vendor, model, ramType: 'DDR4', ramSticks: 2 },
  rack: { name: 'R21', unit: 1 + (serial % 42), row: 'C' },
});
