import type { Route } from '../http/route.js';
import { cancelRoutes } from './cancel.js';
import { deployRoutes } from './deploy.js';
import { moveIpv4Routes } from './move-ipv4.js';
import { topUpRoutes } from './top-up.js';
import { waitlistRoutes } from './waitlist.js';

/** Everything that starts, ends or moves what is paid for. */
export const shopRoutes: readonly Route[] = [
  ...deployRoutes,
  ...waitlistRoutes,
  ...cancelRoutes,
  ...moveIpv4Routes,
  ...topUpRoutes,
];
