import type { Population } from '../world/world.js';
import { account } from './account.js';
import { bgp } from './bgp.js';
import { extraServers } from './extra-servers.js';
import { hardware } from './hardware.js';
import { invoices } from './invoices.js';
import { ISOS } from './isos.js';
import { namesOf } from './names.js';
import { PACKAGES } from './packages.js';
import { shop } from './shop.js';
import { snapshots } from './snapshots.js';
import { DISTRIBUTIONS, OPERATING_SYSTEMS } from './systems.js';
import { virtualServers } from './virtual-servers.js';

export interface DemoAccount {
  readonly population: Population;
  /** Host names and the addresses they have. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** The account of a small coffee roaster, with all dates counted back from `now`. */
export function demoAccount(now: number, extra: number): DemoAccount {
  const servers = [...virtualServers(now), ...hardware(now)].sort((a, b) => Number(a.id) - Number(b.id));
  servers.push(...extraServers(now, extra));
  return {
    population: {
      servers,
      snapshots: snapshots(now),
      isos: structuredClone(ISOS),
      distributions: structuredClone(DISTRIBUTIONS),
      operatingSystems: structuredClone(OPERATING_SYSTEMS),
      packages: structuredClone(PACKAGES),
      invoices: invoices(now),
      account: account(now),
      shop: shop(now),
      bgp: bgp(now),
    },
    names: namesOf(servers),
  };
}
