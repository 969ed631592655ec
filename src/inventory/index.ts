import { GigahostError } from '../client/errors.js';
import type { CallOptions } from '../client/request.js';
import type { Client } from '../client/index.js';
import { getServer, listServers, type Server, type ServerDetail } from '../client/api/servers.js';
import { readAccount, type AccountView } from './account.js';
import { findOwner, type AddressOwner } from './address-owner.js';
import { normalAddress } from './addresses.js';
import { ambiguous, noSuchServer, notThatId, notVisible } from './no-such.js';
import { createSystems, type Systems } from './systems.js';
import { createZones, type VisibleZones, type Zones } from './zones.js';

export { accountId } from './account.js';

export interface ServerList {
  /** In the order of their names. */
  readonly servers: readonly Server[];
  /** False when Gigahost said that there are more than it sent (wire note 3.6). */
  readonly complete: boolean;
  /** Names seen a short while ago and absent now: a live server can go missing for half a minute (wire note 3.3). */
  readonly missing: readonly string[];
}

/** Turns what people call things into servers, addresses and systems. Holds memory of one account only. */
export interface Inventory {
  readonly systems: Systems;
  readonly zones: Zones;
  /** Whether the caller sees the whole account: what cannot be told by server or zone is for such callers only. */
  readonly whole: boolean;
  list(options?: CallOptions): Promise<ServerList>;
  /** One server by id, name, label, hostname or address. `prefix` also accepts a unique beginning: for reads only. */
  server(reference: string, options?: CallOptions & { prefix?: boolean }): Promise<Server>;
  detail(server: Pick<Server, 'id'>, options?: CallOptions): Promise<ServerDetail>;
  addressOwner(address: string, options?: CallOptions): Promise<AddressOwner>;
  account(options: CallOptions): Promise<AccountView>;
  /** Whether the caller may see a server that is called that. */
  holds(server: Named): boolean;
}

/** What a server is called, there or to be ordered. */
export type Named = Pick<Server, 'id' | 'name' | 'label' | 'hostname'>;

const REMEMBER_MS = 10 * 60_000;

/** Which servers exist for the caller; the others are as good as absent. */
export interface Visible {
  readonly servers: { readonly whole: boolean; readonly holds: (server: Named) => boolean };
  readonly zones: VisibleZones & { readonly whole: boolean };
}

export function createInventory(client: Client, visible: Visible): Inventory {
  const { holds } = visible.servers;
  const seen = new Map<string, { readonly server: Server; readonly at: number }>();

  /** The list, and the servers that were on it a short while ago. */
  async function survey(options?: CallOptions) {
    const { servers: all, pages } = await client.call(listServers, {}, options);
    const servers = all.filter(holds);
    const now = Date.now();
    for (const [id, { at }] of seen) if (now - at >= REMEMBER_MS) seen.delete(id);
    const present = new Set(all.map(server => server.id));
    const missing = [...seen.values()].flatMap(({ server }) =>
      present.has(server.id) || server.cancelled ? [] : [server],
    );
    for (const server of servers) seen.set(server.id, { server, at: now });
    const sorted = servers.toSorted((a, b) => a.name.localeCompare(b.name) || Number(a.id) - Number(b.id));
    return { servers: sorted, complete: pages <= 1, missing };
  }

  async function list(options?: CallOptions): Promise<ServerList> {
    const { missing, ...rest } = await survey(options);
    return { ...rest, missing: missing.map(({ name }) => name) };
  }

  async function detail({ id }: Pick<Server, 'id'>, options?: CallOptions): Promise<ServerDetail> {
    const server = await client.call(getServer, { params: { id } }, options);
    if (server.id === id) return server;
    throw new GigahostError('unexpected_response', {
      operation: 'read the server',
      changed: 'nothing',
      reason: 'the answer is about another server',
    });
  }

  /** A server the list leaves out may still answer by its id. */
  const unlisted = (id: string, options?: CallOptions): Promise<Server | undefined> =>
    detail({ id }, options).then(
      found => (holds(found) ? found : undefined),
      (error: unknown) => {
        if (error instanceof GigahostError && error.kind === 'not_found') return undefined;
        throw error;
      },
    );

  async function server(reference: string, options: CallOptions & { prefix?: boolean } = {}): Promise<Server> {
    const wanted = normalAddress(reference) ?? reference.trim().toLowerCase();
    const { servers, complete, missing } = await survey(options);
    // A server that is left out just now keeps its name: without it, a name that two share would pass for unique.
    const exact = [...servers, ...missing].filter(candidate => namesOf(candidate).includes(wanted));
    if (exact.length > 1) throw ambiguous(reference, exact);
    const [found] = exact;
    if (found && found.id !== wanted && isId(wanted)) throw notThatId(wanted, found);
    if (found && servers.includes(found)) return found;
    const id = found?.id ?? (isId(wanted) ? wanted : undefined);
    const answering = id === undefined ? undefined : await unlisted(id, options);
    if (answering) return answering;
    if (found) throw notVisible(found);
    const begun = servers.filter(candidate => namesOf(candidate).some(name => name.startsWith(wanted)));
    if (options.prefix && begun.length === 1) return begun[0] as Server;
    if (options.prefix && begun.length > 1) throw ambiguous(reference, begun);
    const alike = servers.filter(candidate => wordsOf(candidate).some(word => word.includes(wanted)));
    throw noSuchServer(reference, { servers, similar: begun.length > 0 ? begun : alike, complete });
  }

  return {
    systems: createSystems(client),
    zones: createZones(client, visible.zones),
    whole: visible.servers.whole && visible.zones.whole,
    holds,
    list,
    server,
    detail,
    async account(options) {
      const seenServers = visible.servers.whole ? undefined : (await list(options)).servers.map(({ name }) => name);
      return readAccount(client, seenServers, options);
    },
    addressOwner: async (address, options) => findOwner(address, await list(options), row => detail(row, options)),
  };
}

const isId = (reference: string): boolean => /^[1-9]\d*$/.test(reference);

const wordsOf = ({ id, name, label, hostname }: Server): string[] =>
  [id, name, label, hostname].flatMap(word => (word ? [word.toLowerCase()] : []));

const namesOf = (server: Server): string[] => [
  ...wordsOf(server),
  ...server.addresses.flatMap(row => normalAddress(row.address) ?? []),
];
