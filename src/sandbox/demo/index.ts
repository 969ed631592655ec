import type { Population } from '../world/world.js';
import { account } from './account.js';
import { dns } from './dns.js';
import { bgp } from './bgp.js';
import { extraServers } from './extra-servers.js';
import { hardware } from './hardware.js';
import { hosting } from './hosting.js';
import { invoices } from './invoices.js';
import { ISOS } from './isos.js';
import { PACKAGES } from './packages.js';
import { shop } from './shop.js';
import { people } from './people.js';
import { snapshots } from './snapshots.js';
import { DISTRIBUTIONS, OPERATING_SYSTEMS } from './systems.js';
import { virtualServers } from './virtual-servers.js';

/** The account of a small coffee roaster, with all dates counted back from `now`. */
export function demoAccount(now: number, extra: number, extraRecords: number): Population {
  const servers = [...virtualServers(now), ...hardware(now)].sort((a, b) => Number(a.id) - Number(b.id));
  servers.push(...extraServers(now, extra));
  const webHosting = hosting(now);
  return {
    servers,
    snapshots: snapshots(now),
    isos: structuredClone(ISOS),
    distributions: structuredClone(DISTRIBUTIONS),
    operatingSystems: structuredClone(OPERATING_SYSTEMS),
    packages: structuredClone(PACKAGES),
    invoices: invoices(now),
    account: account(now),
    dns: dns(now, webHosting.accounts, extraRecords),
    hosting: webHosting,
    shop: shop(now),
    bgp: bgp(now),
    people: people(now),
  };
}
