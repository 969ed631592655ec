import type { Settings } from '../options.js';
import { randomHex } from '../random.js';
import { settleBgp, type Bgp } from './bgp.js';
import { removeEnded } from './cancel.js';
import { beginSetup, creditTopUps, deliverOrders } from './deliver.js';
import { restock } from './place-order.js';
import { settleServer, settleSnapshot } from './progress.js';
import type {
  Account,
  ApiKey,
  Distribution,
  Invoice,
  Iso,
  OperatingSystem,
  Package,
  SessionToken,
  Snapshot,
} from './records.js';
import type { ServerRecord } from './server-record.js';
import type { Shop } from './shop.js';

/** What a world is filled with at the start. */
export interface Population {
  servers: ServerRecord[];
  snapshots: Snapshot[];
  isos: Iso[];
  distributions: Distribution[];
  operatingSystems: OperatingSystem[];
  packages: Package[];
  invoices: Invoice[];
  account: Account;
  shop: Shop;
  bgp: Bgp;
}

/** Everything the sandbox knows. All of it is mutable, and reading it first brings it up to the present. */
export class World {
  readonly isos: Iso[];
  readonly distributions: Distribution[];
  readonly operatingSystems: OperatingSystem[];
  readonly packages: Package[];
  readonly invoices: Invoice[];
  readonly account: Account;
  readonly shop: Shop;
  readonly tokens: SessionToken[] = [];
  readonly apiKeys: ApiKey[] = [];
  /** Server ids missing from list and detail, with the time at which they return. */
  readonly hiddenUntil = new Map<string, number>();
  /** Rows of the server list per page. Only the first page can be read. */
  pageSize = 100;
  tokensIssued = 0;

  readonly #bgp: Bgp;
  readonly #servers: ServerRecord[];
  readonly #snapshots: Snapshot[];
  #lastId = 90_000;

  constructor(
    readonly settings: Settings,
    population: Population,
  ) {
    this.#servers = population.servers;
    this.#snapshots = population.snapshots;
    this.isos = population.isos;
    this.distributions = population.distributions;
    this.operatingSystems = population.operatingSystems;
    this.packages = population.packages;
    this.invoices = population.invoices;
    this.account = population.account;
    this.shop = population.shop;
    this.#bgp = population.bgp;
  }

  /** Unix milliseconds. */
  now(): number {
    return this.settings.now();
  }

  get servers(): ServerRecord[] {
    this.settle();
    return this.#servers;
  }

  get snapshots(): Snapshot[] {
    this.settle();
    return this.#snapshots;
  }

  get bgp(): Bgp {
    this.settle();
    return this.#bgp;
  }

  /** The machine with that name or id; throws when there is none. */
  server(nameOrId: string): ServerRecord {
    const found = this.servers.find(({ id, name }) => id === nameOrId || name === nameOrId);
    if (!found) throw new Error(`The sandbox has no server "${nameOrId}".`);
    return found;
  }

  /** Snapshots of one machine, newest last. */
  snapshotsOf(nameOrId: string): Snapshot[] {
    const { id } = this.server(nameOrId);
    return this.snapshots.filter(({ serverId }) => serverId === id);
  }

  isHidden(serverId: string): boolean {
    return (this.hiddenUntil.get(serverId) ?? 0) > this.now();
  }

  /** A number nobody has used yet, as text. */
  nextId(): string {
    return String(++this.#lastId);
  }

  /** Adds a line to the activity log of a machine. */
  log(server: ServerRecord, text: string): void {
    server.activity.push({ id: this.nextId(), text, at: this.now() });
  }

  /** Brings a sold-out product back: reservations become orders, and alerts are over. */
  restock(productId: string, count: number): void {
    restock(this, productId, count);
  }

  /** Issues an API key and returns its secret; null permissions mean full rights. */
  addApiKey(permissions: Record<string, unknown> | null): string {
    const secret = `flux_live_${randomHex(64)}`;
    this.apiKeys.push({ secret, permissions });
    return secret;
  }

  /** Ends whatever should have ended by now. */
  settle(): void {
    const now = this.now();
    creditTopUps(this);
    deliverOrders(this, this.#servers, now);
    for (const server of this.#servers) {
      beginSetup(this, server, now);
      settleServer(server, this.packages, now);
    }
    removeEnded(this, this.#servers, this.#snapshots, now);
    settleBgp(this.#bgp, this.#servers, now);
    for (const snapshot of this.#snapshots) settleSnapshot(snapshot, now);
  }
}
