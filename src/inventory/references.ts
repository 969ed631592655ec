import { getAccount } from '../client/api/account.js';
import { listApiKeys } from '../client/api/api-keys.js';
import { getClient, listClients } from '../client/api/clients.js';
import { listDpas } from '../client/api/dpa.js';
import { listDistributions } from '../client/api/reinstall.js';
import type { Server } from '../client/api/servers.js';
import { listAvailableApps, listInstallations } from '../client/api/webhosting-apps.js';
import type { Referred } from '../client/endpoint.js';
import { GigahostError } from '../client/errors.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { activeApiKeys, apiKeyNamed, labelOf } from './api-keys.js';
import { availableApps, installations } from './hosting-apps.js';
import { findHosting, hostingName } from './hostings.js';
import type { Inventory } from './index.js';
import { listSshKeys, sshKeyNamed } from './ssh-keys.js';
import { describeServer } from './state.js';
import { theOne } from './the-one.js';
import { describeUser, listUsers, userNamed } from './users.js';

/** What a reference turned out to be. */
export interface Referent {
  readonly kind: Referred;
  readonly id: string;
  /** What it is called: a person types it to confirm. */
  readonly name: string;
  /** Enough to be sure which one is meant. */
  readonly words: string;
  readonly server?: Server;
  /** The name of the zone it counts by. */
  readonly zone?: string;
}

export interface Within {
  readonly client: Client;
  readonly inventory: Inventory;
  /** The id of what the thing is part of: the web hosting of an application, the sub-client of what it was given. */
  readonly of?: string | undefined;
}

type Found = Omit<Referent, 'kind'>;
type Resolve = (reference: string, within: Within, options: CallOptions) => Promise<Found>;

const called = (id: string, name: string, words = `${name} (id ${id})`): Found => ({ id, name, words });

/** What a sub-client was given, by what it is itself; the id is that of the assignment, which is what ends. */
const assigned =
  <T extends { readonly relation_id: string }>(
    listOf: (client: ReturnType<typeof getClient.decode>) => readonly T[],
    nouns: readonly [string, string],
    namesOf: (row: T) => readonly (string | null)[],
    idOf: (row: T) => string | null,
  ): Resolve =>
  async (reference, { client, of = '' }, options) => {
    const rows = listOf(await client.call(getClient, { params: { id: of } }, options));
    const found = theOne(reference, rows, { nouns, idOf: row => idOf(row) ?? row.relation_id, namesOf });
    const name = namesOf(found).find(Boolean) ?? idOf(found) ?? found.relation_id;
    return called(found.relation_id, name, name);
  };

/** How each kind of thing is found by what a person calls it; what is out of scope is not found. */
const RESOLVERS: Readonly<Record<Referred, Resolve>> = {
  async server(reference, { inventory }, options) {
    const server = await inventory.server(reference, options);
    return { ...called(server.id, server.name, describeServer(server)), server };
  },
  async zone(reference, { inventory }, options) {
    const { id, name } = await inventory.zones.find(reference, options);
    return { ...called(id, name, name), zone: name };
  },
  async hosting(reference, within, options) {
    const hosting = await findHosting(within, reference, options);
    const name = hostingName(hosting);
    return { ...called(hosting.id, name), zone: name };
  },
  async user(reference, { client }, options) {
    const user = userNamed(reference, await listUsers(client, options));
    return called(user.id, user.name, describeUser(user));
  },
  async ssh_key(reference, { client }, options) {
    const { id, name } = sshKeyNamed(reference, await listSshKeys(client, options));
    return called(id, name);
  },
  async api_key(reference, { client }, options) {
    const keys = /^\d+$/.test(reference)
      ? await client.call(listApiKeys, {}, options)
      : await activeApiKeys(client, options);
    const key = apiKeyNamed(reference, keys);
    return called(key.id, labelOf(key));
  },
  async passkey(reference, { client }, options) {
    const { passkeys } = await client.call(getAccount, {}, options);
    const found = theOne(reference, passkeys, {
      nouns: ['passkey', 'passkeys'],
      idOf: ({ id }) => id ?? '',
      namesOf: ({ name }) => [name],
    });
    return called(found.id ?? reference, found.name ?? reference);
  },
  assigned_server: assigned(
    ({ servers }) => servers,
    ['server of the sub-client', 'servers of the sub-client'],
    ({ server, address }) => [server, address],
    row => row.server_id,
  ),
  assigned_domain: assigned(
    ({ domains }) => domains,
    ['domain of the sub-client', 'domains of the sub-client'],
    ({ domain }) => [domain],
    row => row.zone_id,
  ),
  assigned_webhosting: assigned(
    ({ webhosting }) => webhosting,
    ['web hosting of the sub-client', 'web hostings of the sub-client'],
    ({ domain }) => [domain],
    row => row.hosting_id,
  ),
  async client(reference, { client }, options) {
    const found = theOne(reference, await client.call(listClients, {}, options), {
      nouns: ['sub-client', 'sub-clients'],
      idOf: ({ id }) => id,
      namesOf: ({ name, company, login }) => [name, company, login],
    });
    return called(found.id, found.name ?? found.company ?? found.id);
  },
  async system(reference, { inventory }) {
    const { id, name } = await inventory.systems.resolve(reference);
    return called(id, name);
  },
  async distribution(reference, { client }, options) {
    const { id, name } = theOne(reference, await client.call(listDistributions, {}, options), {
      nouns: ['distribution', 'distributions'],
      idOf: distribution => distribution.id,
      namesOf: distribution => [distribution.name, distribution.slug],
    });
    return called(id, name);
  },
  async agreement(reference, { client }, options) {
    const { id } = theOne(reference, await client.call(listDpas, {}, options), {
      nouns: ['agreement', 'agreements'],
      idOf: agreement => agreement.id,
      namesOf: () => [],
    });
    return called(id, `agreement ${id}`, `agreement ${id}`);
  },
  // The shape of both lists is not documented: what is not understood goes to Gigahost as it was given.
  async application(reference, { client, of = '' }, options) {
    const rows = availableApps(await client.call(listAvailableApps, { params: { id: of } }, options)) ?? [];
    if (rows.length === 0 || rows.some(({ id }) => id === null)) return called(reference, reference, reference);
    const found = theOne(reference, rows, {
      nouns: ['application that can be installed', 'applications that can be installed'],
      idOf: ({ id }) => id ?? '',
      namesOf: ({ name }) => [name],
    });
    const name = found.name ?? found.id ?? reference;
    return called(found.id ?? reference, name, name);
  },
  async installation(reference, { client, of = '' }, options) {
    const rows = installations(await client.call(listInstallations, { params: { id: of } }, options)) ?? [];
    if (rows.length === 0 || rows.some(({ id }) => id === null)) return called(reference, reference, reference);
    const placeOf = ({ name, address }: (typeof rows)[number]) =>
      name === null || address === null ? name : `${name} at ${address}`;
    const found = theOne(reference, rows, {
      nouns: ['installed application', 'installed applications'],
      idOf: ({ id }) => id ?? '',
      namesOf: row => [placeOf(row), row.name, row.title, row.address],
    });
    const id = found.id ?? reference;
    return called(id, found.name ?? id, `${placeOf(found) ?? 'application'} (id ${id})`);
  },
};

/** What a person calls each kind. */
export const NOUNS: Readonly<Record<Referred, string>> = {
  server: 'server',
  zone: 'zone',
  hosting: 'web hosting',
  user: 'user',
  ssh_key: 'SSH key',
  api_key: 'API key',
  passkey: 'passkey',
  client: 'sub-client',
  assigned_server: 'server',
  assigned_domain: 'domain',
  assigned_webhosting: 'web hosting',
  system: 'operating system',
  distribution: 'distribution',
  agreement: 'agreement',
  application: 'application',
  installation: 'application',
};

/** Kinds of which a caller who sees a part of the account may see some. */
export const SCOPED: ReadonlySet<Referred> = new Set(['server', 'zone', 'hosting']);
/** Kinds that are the same for everybody, or belong to what is named beside them. */
export const COMMON: ReadonlySet<Referred> = new Set(['system', 'distribution', 'application', 'installation']);

/**
 * The one thing of a kind that is called so. A credential that may not list them can still name one by its id,
 * unchecked, unless what it may see depends on that.
 * @throws {InputError} with the candidates.
 */
export async function refer(
  kind: Referred,
  reference: string,
  within: Within,
  options: CallOptions = {},
): Promise<Referent> {
  try {
    return { kind, ...(await RESOLVERS[kind](reference.trim(), within, options)) };
  } catch (error) {
    const unlisted = error instanceof GigahostError && error.kind === 'forbidden';
    if (!unlisted || SCOPED.has(kind) || !/^[1-9]\d*$/.test(reference.trim())) throw error;
    return { kind, ...called(reference.trim(), `${NOUNS[kind]} ${reference.trim()}`) };
  }
}
