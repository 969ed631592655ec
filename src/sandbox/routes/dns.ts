import type { Route } from '../http/route.js';
import { domainRoutes } from './dns-domains.js';
import { dnssecRoutes } from './dns-dnssec.js';
import { recordRoutes } from './dns-records.js';
import { redirectRoutes } from './dns-redirects.js';
import { registrantRoutes } from './dns-registrant.js';
import { zoneRoutes } from './dns-zones.js';
import { dynDnsRoutes } from './dyndns.js';

/** Zones, records and what hangs on them. */
export const dnsRoutes: Route[] = [
  ...zoneRoutes,
  ...recordRoutes,
  ...redirectRoutes,
  ...dnssecRoutes,
  ...domainRoutes,
  ...registrantRoutes,
  ...dynDnsRoutes,
];
