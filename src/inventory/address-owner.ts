import { GigahostError } from '../client/errors.js';
import type { Address, Server, ServerDetail } from '../client/api/servers.js';
import { contains, normalAddress, normalSubnet } from './addresses.js';
import { InputError } from './input-error.js';
import { noSuchAddress } from './no-such.js';
import { describeServer } from './state.js';

type Subnet = ServerDetail['subnets'][number];

/** Where reverse DNS of an address is set: on the address itself, or on the IPv6 subnet around it. */
export type AddressOwner =
  | { readonly kind: 'address'; readonly server: ServerDetail; readonly address: Address; readonly id: string }
  | { readonly kind: 'subnet'; readonly server: ServerDetail; readonly subnet: Subnet; readonly id: string };

interface Servers {
  readonly servers: readonly Server[];
  readonly complete: boolean;
  readonly missing: readonly string[];
}
type Detail = (server: Server) => Promise<ServerDetail>;

/** @throws {InputError} when the account has no such address, or reverse DNS of it cannot be set. */
export async function findOwner(value: string, list: Servers, detail: Detail): Promise<AddressOwner> {
  const address = normalAddress(value);
  if (address && !address.includes(':')) return ownerOfIpv4(address, list, detail);
  if (value.includes(':')) return ownerOfIpv6(value, list, detail);
  throw new InputError(`Reverse DNS of IPv4 is set for one address at a time; ${value} is not a single address.`);
}

async function ownerOfIpv4(wanted: string, list: Servers, detail: Detail): Promise<AddressOwner> {
  const has = (row: Address) => normalAddress(row.address) === wanted;
  const owner = list.servers.find(({ addresses }) => addresses.some(has));
  const server = owner && (await detail(owner));
  const address = server?.addresses.find(has);
  if (server && address?.ipId) return { kind: 'address', server, address, id: address.ipId };
  const own = list.servers.flatMap(({ name, addresses }) =>
    addresses.flatMap(row => (row.family === 'ipv4' ? [`${row.address} (${name})`] : [])),
  );
  throw noSuchAddress(wanted, own, list);
}

async function ownerOfIpv6(value: string, list: Servers, detail: Detail): Promise<AddressOwner> {
  const wanted = normalAddress(value);
  const subnet = wanted === undefined ? normalSubnet(value) : undefined;
  const fits = ({ cidr }: Subnet) => (wanted ? contains(cidr, wanted) : normalSubnet(cidr) === subnet);
  const holder =
    wanted && list.servers.find(({ addresses }) => addresses.some(row => normalAddress(row.address) === wanted));
  const found: string[] = [];
  for (const group of holder ? [[holder]] : likeliestFirst(list.servers)) {
    for (const server of await Promise.all(group.map(row => unlessGone(detail(row))))) {
      const around = server?.subnets.find(fits);
      if (server && around?.id) return { kind: 'subnet', server, subnet: around, id: around.id };
      found.push(...(server?.subnets ?? []).map(({ cidr }) => `${cidr} (${server?.name})`));
    }
  }
  if (holder)
    throw new InputError(
      `${value} belongs to ${describeServer(holder)}, but Gigahost offers reverse DNS for IPv6 on delegated subnets only, and this server has none around it.`,
    );
  throw noSuchAddress(value, found, list);
}

/** Only the full record tells subnets, and only hardware has been seen with any (wire note 6.5). */
const likeliestFirst = (servers: readonly Server[]): Server[][] => [
  servers.filter(({ type }) => type !== 'vps'),
  servers.filter(({ type }) => type === 'vps'),
];

const unlessGone = (reading: Promise<ServerDetail>): Promise<ServerDetail | undefined> =>
  reading.catch((error: unknown) => {
    if (error instanceof GigahostError && error.kind === 'not_found') return undefined;
    throw error;
  });
