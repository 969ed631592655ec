import { fleetHealth } from './fleet-health.js';
import { mailServerCheck } from './mail-server-check.js';
import { monthlyCosts } from './monthly-costs.js';
import { newServer } from './new-server.js';
import type { Prompt } from './prompt.js';
import { safeReinstall } from './safe-reinstall.js';
import { zoneMigration } from './zone-migration.js';

/** Every prompt, in reading order: those that only look come first. */
export const PROMPTS: readonly Prompt[] = [
  fleetHealth,
  monthlyCosts,
  mailServerCheck,
  safeReinstall,
  newServer,
  zoneMigration,
];
