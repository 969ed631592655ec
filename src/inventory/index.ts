import { GigahostError } from '../client/errors.js';
import type { CallOptions } from '../client/request.js';
import type { Client } from '../client/index.js';
import { getServer, listServers, type Address, type Server, type ServerDetail } from '../client/servers.js';
import { contains, normalAddress, normalSubnet } from './addresses.js';
import { InputError } from './input-error.js';
import { describeServer } from './state.js';
import { createSystems, type Systems } from './systems.js';

export interface ServerList {
  /** In the order of their names. */
  readonly servers: readonly Server[];
  /** False when Gigahost said that there are more than it sent (wire note 3.6). */
  readonly complete: boolean;
  /** Names seen a short while ago and absent now: a live server can go missing for half a minute (wire note 3.3). */
  readonly missing: readonly string[];
}

/** Where reverse DNS of an address is set: on the address itself, or on the IPv6 subnet around it. */
export type AddressOwner =
  | { readonly kind: 'address'; readonly server: ServerDetail; readonly address: Address }
  | { readonly kind: 'subnet'; readonly server: ServerDetail; readonly subnet: ServerDetail['subnets'][number] };

/** Turns what people call things into servers, addresses and systems. Holds memory of one account only. */
export interface Inventory {
  readonly systems: Systems;
  list(options?: CallOptions): Promise<ServerList>;
  /** One server by id, name, label, hostname or address. `prefix` also accepts a unique beginning: for reads only. */
  server(reference: string, options?: CallOptions & { prefix?: boolean }): Promise<Server>;
  detail(server: Pick<Server, 'id'>, options?: CallOptions): Promise<ServerDetail>;
  addressOwner(address: string, options?: CallOptions): Promise<AddressOwner>;
}

const REMEMBER_MS = 10 * 60_000;
const HIDDEN =
  'Gigahost sometimes leaves a live server out for up to a minute: before concluding that it is gone, try again then.';

export function createInventory(client: Client): Inventory {
  const seen = new Map<string, { readonly server: Server; readonly at: number }>();

  async function list(options?: CallOptions): Promise<ServerList> {
    const { servers, pages } = await client.call(listServers, {}, options);
    const now = Date.now();
    const present = new Set(servers.map(server => server.id));
    const missing = [...seen.values()].filter(
      ({ server, at }) => !present.has(server.id) && !server.cancelled && now - at < REMEMBER_MS,
    );
    for (const server of servers) seen.set(server.id, { server, at: now });
    const sorted = servers.toSorted((a, b) => a.name.localeCompare(b.name) || Number(a.id) - Number(b.id));
    return { servers: sorted, complete: pages <= 1, missing: missing.map(({ server }) => server.name) };
  }

  const detail = (server: Pick<Server, 'id'>, options?: CallOptions) => readOne(server.id, options);

  async function readOne(id: string, options?: CallOptions): Promise<ServerDetail> {
    const server = await client.call(getServer, { params: { id } }, options);
    if (server.id === id) return server;
    throw new GigahostError('unexpected_response', {
      operation: 'read the server',
      changed: 'nothing',
      reason: 'the answer is about another server',
    });
  }

  /** A server the list leaves out may still answer by its id. */
  async function unlisted(reference: string, options?: CallOptions): Promise<Server | undefined> {
    const known = [...seen.values()].filter(({ server }) => namesOf(server).includes(reference.toLowerCase()));
    const id = known.length === 1 ? known[0]?.server.id : /^[1-9]\d*$/.test(reference) ? reference : undefined;
    if (id === undefined) return undefined;
    try {
      return await readOne(id, options);
    } catch (error) {
      if (!(error instanceof GigahostError) || error.kind !== 'not_found') throw error;
      if (known.length === 1)
        throw new InputError(`${reference} was there a moment ago and is not visible now. ${HIDDEN}`);
      return undefined;
    }
  }

  async function server(reference: string, options: CallOptions & { prefix?: boolean } = {}): Promise<Server> {
    const wanted = normalAddress(reference) ?? reference.trim().toLowerCase();
    const { servers, complete } = await list(options);
    const exact = servers.filter(candidate => namesOf(candidate).includes(wanted));
    const found =
      exact.length > 0
        ? exact
        : ((await only(unlisted(reference.trim(), options))) ??
          (options.prefix
            ? servers.filter(candidate => namesOf(candidate).some(name => name.startsWith(wanted)))
            : []));
    if (found.length === 1) return found[0] as Server;
    if (found.length > 1)
      throw new InputError(
        `"${reference}" matches ${found.length} servers: ${found.map(describeServer).join('; ')}. Use an id or an address.`,
      );
    throw new InputError(notFound(reference, servers, complete));
  }

  async function addressOwner(value: string, options?: CallOptions): Promise<AddressOwner> {
    const wanted = normalAddress(value);
    const subnet = wanted ? undefined : normalSubnet(value);
    if (!wanted && !subnet) throw new InputError(`"${value}" is not an IP address or subnet.`);
    const { servers } = await list(options);
    const owner = servers.find(candidate =>
      candidate.addresses.some(row => normalAddress(row.address) === wanted && row.family === 'ipv4'),
    );
    if (owner && wanted) {
      const full = await detail(owner, options);
      const address = full.addresses.find(row => normalAddress(row.address) === wanted);
      if (address) return { kind: 'address', server: full, address };
    }
    if ((wanted ?? subnet ?? '').includes(':')) {
      const details = await Promise.all(servers.map(candidate => detail(candidate, options)));
      for (const full of details) {
        const around = full.subnets.find(row =>
          subnet ? normalSubnet(row.cidr) === subnet : contains(row.cidr, wanted ?? ''),
        );
        if (around?.id) return { kind: 'subnet', server: full, subnet: around };
      }
      const twin = details.find(full => full.addresses.some(row => normalAddress(row.address) === wanted));
      if (twin)
        throw new InputError(
          `${value} belongs to ${describeServer(twin)}, but Gigahost offers reverse DNS for IPv6 on delegated subnets only, and this server has none.`,
        );
    }
    const own = servers.flatMap(candidate => candidate.addresses.map(row => `${row.address} (${candidate.name})`));
    throw new InputError(
      `${value} is not an address of this account. Its addresses: ${own.slice(0, 30).join(', ') || 'none'}.`,
    );
  }

  return { systems: createSystems(client), list, server, detail, addressOwner };
}

async function only(server: Promise<Server | undefined>): Promise<Server[] | undefined> {
  const found = await server;
  return found ? [found] : undefined;
}

function namesOf(server: Server): string[] {
  const words = [server.id, server.name, server.label, server.hostname].flatMap(word =>
    word ? [word.toLowerCase()] : [],
  );
  return [...words, ...server.addresses.flatMap(row => normalAddress(row.address) ?? [])];
}

function notFound(reference: string, servers: readonly Server[], complete: boolean): string {
  if (servers.length === 0)
    return `No server is called "${reference}": none is visible to this credential. An API key may be limited to other servers. ${HIDDEN}`;
  const names = servers
    .slice(0, 20)
    .map(server => server.name)
    .join(', ');
  const more = complete ? '' : ' Gigahost sent only part of the list; an id finds the others.';
  return `No server is called "${reference}". There are: ${names}${servers.length > 20 ? `, and ${servers.length - 20} more` : ''}.${more} ${HIDDEN}`;
}
