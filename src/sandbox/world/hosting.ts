import type { Settings } from '../options.js';
import type { HostingAccount, HostingApp, HostingPackage } from './hosting-records.js';

/** What web hosting starts with. */
export interface HostingPopulation {
  accounts: HostingAccount[];
  packages: HostingPackage[];
  apps: HostingApp[];
}

interface Job {
  readonly dueAt: number;
  readonly run: (at: number) => void;
}

/** All web hosting of the customer. Reading the accounts first brings them up to the present. */
export class Hosting {
  readonly packages: HostingPackage[];
  readonly apps: HostingApp[];

  readonly #settings: Settings;
  #accounts: HostingAccount[];
  #jobs: Job[] = [];

  constructor(settings: Settings, population: HostingPopulation) {
    this.#settings = settings;
    this.#accounts = population.accounts;
    this.packages = population.packages;
    this.apps = population.apps;
  }

  get accounts(): HostingAccount[] {
    this.#settle();
    return this.#accounts;
  }

  /** The account with that main domain or id; throws when there is none. */
  account(domainOrId: string): HostingAccount {
    const found = this.accounts.find(({ id, domain }) => id === domainOrId || domain === domainOrId);
    if (!found) throw new Error(`The sandbox has no web hosting "${domainOrId}".`);
    return found;
  }

  packageOf(account: HostingAccount): HostingPackage {
    const found = this.packages.find(({ id }) => id === account.packageId);
    if (!found) throw new Error(`No hosting package ${account.packageId}.`);
    return found;
  }

  app(id: string): HostingApp | null {
    return this.apps.find(app => app.id === id) ?? null;
  }

  add(account: HostingAccount): void {
    this.#accounts.push(account);
  }

  remove(account: HostingAccount): void {
    this.#accounts = this.#accounts.filter(({ id }) => id !== account.id);
  }

  /** Has something happen once that much time has passed. */
  after(ms: number, run: (at: number) => void): void {
    this.#jobs.push({ dueAt: this.#settings.now() + ms, run });
  }

  #settle(): void {
    const now = this.#settings.now();
    const due = this.#jobs.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
    this.#jobs = this.#jobs.filter(({ dueAt }) => dueAt > now);
    for (const { run, dueAt } of due) run(dueAt);
    this.#accounts = this.#accounts.filter(({ order }) => order.endsAt === null || order.endsAt > now);
  }
}
