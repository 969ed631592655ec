import type { Route } from '../http/route.js';
import { accountSecurityRoutes } from './account-security.js';
import { accountSettingsRoutes } from './account-settings.js';
import { apiKeyRoutes } from './api-keys.js';
import { clientRoutes } from './clients.js';
import { dpaRoutes } from './dpa.js';
import { passkeyRoutes } from './passkeys.js';
import { sshKeyRoutes } from './ssh-keys.js';
import { userRoutes } from './users.js';

/** What the account's people can do to the account, to themselves and to each other. */
export const peopleRoutes: Route[] = [
  ...accountSettingsRoutes,
  ...accountSecurityRoutes,
  ...passkeyRoutes,
  ...sshKeyRoutes,
  ...userRoutes,
  ...apiKeyRoutes,
  ...clientRoutes,
  ...dpaRoutes,
];
