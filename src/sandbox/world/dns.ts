import { setTimeout as wait } from 'node:timers/promises';
import { absoluteName, relativeTo } from '../dns/names.js';
import { isExternal } from '../dns/zone.js';
import type { DnsRecord, Organization, Zone } from './dns-records.js';

export interface DnsPopulation {
  zones: Zone[];
  organizations: Organization[];
  /** Domains that belong to somebody else. */
  takenDomains: string[];
  /** Addresses of hosts that lie in no zone of the account. */
  otherHosts: Readonly<Record<string, string>>;
}

/** The zones of the account, and what the domain registry knows. */
export class Dns {
  readonly zones: Zone[];
  readonly organizations: Organization[];
  readonly takenDomains: string[];
  /** Whether a delete takes all of a name and type whatever value it names. */
  ignoresValue = false;
  readonly #otherHosts: ReadonlyMap<string, string>;
  readonly #written = new Set<Zone>();

  constructor(population: DnsPopulation) {
    this.zones = population.zones;
    this.organizations = population.organizations;
    this.takenDomains = population.takenDomains;
    this.#otherHosts = new Map(Object.entries(population.otherHosts));
  }

  /** The zone with that name or id; throws when there is none. */
  zone(nameOrId: string): Zone {
    const found = this.zones.find(({ id, name }) => id === nameOrId || name === nameOrId);
    if (!found) throw new Error(`The sandbox has no zone "${nameOrId}".`);
    return found;
  }

  /** The innermost zone a host name lies in. */
  zoneOf(hostname: string): Zone | undefined {
    return this.zones
      .filter(({ name }) => relativeTo(name, hostname) !== null)
      .sort((a, b) => b.name.length - a.name.length)[0];
  }

  /** The records a host name has, as the world sees them: none in a zone on other nameservers. */
  recordsOf(hostname: string): DnsRecord[] {
    const zone = this.zoneOf(hostname);
    if (!zone || isExternal(zone)) return [];
    return zone.records.filter(({ name }) => absoluteName(name, zone.name) === hostname);
  }

  /** The addresses of a host name, through aliases within the account. */
  addressesOf(hostname: string, hops = 8): string[] {
    const other = this.#otherHosts.get(hostname);
    if (other !== undefined) return [other];
    return this.recordsOf(hostname).flatMap(({ type, value }) => {
      if (type === 'A' || type === 'AAAA') return value;
      const isAlias = type === 'CNAME' || type === 'ALIAS';
      return isAlias && hops > 0 ? this.addressesOf(value.replace(/\.$/, ''), hops - 1) : [];
    });
  }

  /** Whether somebody has that domain already, here or elsewhere. */
  isTaken(domain: string): boolean {
    return (
      this.takenDomains.includes(domain) || this.zones.some(zone => zone.name === domain && zone.registration !== null)
    );
  }

  /** Writes to a zone, which takes that long; null when it is in the middle of another write. */
  async write<T>(zone: Zone, ms: number, act: () => T): Promise<T | null> {
    if (this.#written.has(zone)) return null;
    this.#written.add(zone);
    try {
      await wait(ms);
      return act();
    } finally {
      this.#written.delete(zone);
    }
  }
}
