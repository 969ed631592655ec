import type { Settings } from '../options.js';
import { People, type PeopleRecords } from './people.js';
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
  people: PeopleRecords;
}

/** Everything the sandbox knows. All of it is mutable, and reading it first brings it up to the present. */
export class World {
  readonly isos: Iso[];
  readonly distributions: Distribution[];
  readonly operatingSystems: OperatingSystem[];
  readonly packages: Package[];
  readonly invoices: Invoice[];
  readonly account: Account;
  readonly tokens: SessionToken[] = [];
  readonly people: People;
  /** Server ids missing from list and detail, with the time at which they return. */
  readonly hiddenUntil = new Map<string, number>();
  /** Rows of the server list per page. Only the first page can be read. */
  pageSize = 100;
  tokensIssued = 0;

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
    this.people = new People(settings, population.account, population.people);
  }

  /** Unix milliseconds. */
  now(): number {
    return this.settings.now();
  }

  /** API keys that were ever issued, revoked ones included. */
  get apiKeys(): ApiKey[] {
    return this.people.apiKeys;
  }

  get servers(): ServerRecord[] {
    this.settle();
    return this.#servers;
  }

  get snapshots(): Snapshot[] {
    this.settle();
    return this.#snapshots;
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

  /** Issues an API key and returns its secret; null permissions mean full rights. */
  addApiKey(permissions: Record<string, unknown> | null): string {
    return this.people.issueKey({ label: 'sandbox', permissions }).secret;
  }

  /** Ends whatever should have ended by now. */
  settle(): void {
    const now = this.now();
    for (const server of this.#servers) settleServer(server, this.packages, now);
    for (const snapshot of this.#snapshots) settleSnapshot(snapshot, now);
  }
}
