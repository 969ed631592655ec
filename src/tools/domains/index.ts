import type { Tool } from '../tool.js';
import { checkDomain } from './check-domain.js';
import { getDomain } from './get-domain.js';
import { registerDomain } from './register-domain.js';
import { setAutoRenew } from './set-auto-renew.js';
import { setDsRecords } from './set-ds-records.js';
import { setNameservers } from './set-nameservers.js';
import { setRegistrantEmail } from './set-registrant-email.js';
import { setRegistrant } from './set-registrant.js';
import { transferDomain } from './transfer-domain.js';

export const DOMAIN_TOOLS: readonly Tool[] = [
  checkDomain,
  getDomain,
  registerDomain,
  transferDomain,
  setAutoRenew,
  setNameservers,
  setDsRecords,
  setRegistrant,
  setRegistrantEmail,
];
