import { accountResource } from './account.js';
import { agreementResource } from './agreement.js';
import { changesResource } from './changes.js';
import { invoiceResource } from './invoice.js';
import { invoicesResource } from './invoices.js';
import { operatingSystemsResource } from './operating-systems.js';
import type { Resource } from './resource.js';
import { serverResource } from './server.js';
import { serversResource } from './servers.js';
import { trafficGraphResource } from './traffic-graph.js';

/** Every resource, in reading order. */
export const RESOURCES: readonly Resource[] = [
  accountResource,
  serversResource,
  serverResource,
  trafficGraphResource,
  invoicesResource,
  invoiceResource,
  operatingSystemsResource,
  agreementResource,
  changesResource,
];
