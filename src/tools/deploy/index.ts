import type { Tool } from '../tool.js';
import { cancelServer } from './cancel-server.js';
import { cancelWaitlistEntry } from './cancel-waitlist-entry.js';
import { deployServer } from './deploy-server.js';
import { getDeployment } from './get-deployment.js';
import { listServerPlans } from './list-server-plans.js';
import { listWaitlist } from './list-waitlist.js';
import { moveIpAddress } from './move-ip-address.js';

export const DEPLOY_TOOLS: readonly Tool[] = [
  listServerPlans,
  deployServer,
  getDeployment,
  listWaitlist,
  cancelWaitlistEntry,
  cancelServer,
  moveIpAddress,
];
