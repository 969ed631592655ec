import { ACCOUNT_TOOLS } from './account/index.js';
import { BGP_TOOLS } from './bgp/index.js';
import { BILLING_TOOLS } from './billing/index.js';
import { CHANGE_TOOLS } from './changes/index.js';
import { DEPLOY_TOOLS } from './deploy/index.js';
import { DNS_TOOLS } from './dns/index.js';
import { DOMAIN_TOOLS } from './domains/index.js';
import { OPERATION_TOOLS } from './operations/index.js';
import { SERVER_TOOLS } from './servers/index.js';
import { WEBHOSTING_TOOLS } from './webhosting/index.js';
import type { Tool } from './tool.js';

/** Every tool, in reading order; `tools/list` keeps it. */
export const TOOLS: readonly Tool[] = [
  ...SERVER_TOOLS,
  ...DNS_TOOLS,
  ...BILLING_TOOLS,
  ...DEPLOY_TOOLS,
  ...ACCOUNT_TOOLS,
  ...BGP_TOOLS,
  ...WEBHOSTING_TOOLS,
  ...DOMAIN_TOOLS,
  ...OPERATION_TOOLS,
  ...CHANGE_TOOLS,
];
