import type { Route } from '../http/route.js';
import { accountRoutes } from './account.js';
import { addressRoutes } from './addresses.js';
import { authenticateRoutes } from './authenticate.js';
import { bgpRoutes } from './bgp.js';
import { billingRoutes } from './billing.js';
import { consoleRoutes } from './console.js';
import { graphRoutes } from './graphs.js';
import { isoRoutes } from './isos.js';
import { powerRoutes } from './power.js';
import { reinstallRoutes } from './reinstall.js';
import { serverRoutes } from './servers.js';
import { shopRoutes } from './shop.js';
import { snapshotRoutes } from './snapshots.js';
import { systemRoutes } from './systems.js';
import { upgradeRoutes } from './upgrades.js';

/** Every operation the sandbox knows. */
export const ROUTES: readonly Route[] = [
  ...authenticateRoutes,
  ...serverRoutes,
  ...powerRoutes,
  ...consoleRoutes,
  ...graphRoutes,
  ...addressRoutes,
  ...snapshotRoutes,
  ...isoRoutes,
  ...upgradeRoutes,
  ...reinstallRoutes,
  ...systemRoutes,
  ...accountRoutes,
  ...billingRoutes,
  ...shopRoutes,
  ...bgpRoutes,
];
