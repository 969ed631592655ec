import { randomHex, randomPassword } from '../random.js';
import type { Address, Disk, Nic, ServerRecord } from './server-record.js';
import { defaultReverse } from './state.js';

/** What the ids of a server's parts are counted from. */
export const serialOf = (serverId: string): number => Number(serverId) - 18_100;

export const macOf = (serial: number): string =>
  `bc:24:11:${serial
    .toString(16)
    .padStart(6, '0')
    .replace(/..(?=.)/g, '$&:')}`;

/** A record with everything that is the same for all machines at first. */
export function blank(id: string, name: string, createdAt: number) {
  return {
    id,
    name,
    label: `srv${id}.gigahost.no`,
    regionId: '1',
    createdAt,
    isNew: false,
    poweredOn: true,
    rebootingUntil: null,
    rescue: false,
    rescuePassword: null,
    suspended: false,
    setup: null,
    install: null,
    isoId: null,
    upgrade: null,
    cancellation: null,
    orderedAddresses: [],
    subnets: [],
    hardware: null,
    rack: null,
    console: null,
    attacks: [],
    activity: [{ id: String(80_000 + serialOf(id)), text: 'Server created.', at: createdAt }],
    secrets: {
      vncPassword: randomPassword(8),
      vncToken: randomHex(32),
      vncPort: 5900 + (serialOf(id) % 100),
      serverKey: randomHex(40),
    },
  } satisfies Partial<ServerRecord>;
}

/** The first addresses of a machine, of which the IPv6 one carries the id of its twin. */
export function firstAddresses(
  serial: number,
  { ipv4, ipv6, reverse }: { ipv4: string; ipv6?: string | undefined; reverse?: string | undefined },
): Address[] {
  const shared = { id: String(7800 + serial), subnetId: '405', type: 'primary', routedTo: null } as const;
  const first: Address = {
    ...shared,
    family: 'ipv4',
    address: ipv4,
    reverse: reverse ?? defaultReverse(ipv4),
    netmask: '255.255.255.0',
    gateway: ipv4.replace(/\d+$/, '1'),
  };
  if (ipv6 === undefined) return [first];
  const gateway = `${ipv6.slice(0, ipv6.lastIndexOf('::'))}::1`;
  return [first, { ...shared, family: 'ipv6', address: ipv6, reverse: reverse ?? '', netmask: '/118', gateway }];
}

export const virtualDisk = (serial: number, sizeGb: number): Disk => ({
  id: String(6100 + serial),
  vendor: '',
  model: '',
  type: 'NVMe',
  sizeGb,
  serial: '',
});

export const gigabitNic = (serial: number): Nic => ({
  id: String(1500 + serial),
  speedMbps: 1000,
  mac: macOf(serial),
  port: null,
});
