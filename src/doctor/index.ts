import type { Check } from './check.js';
import { account } from './checks/account.js';
import { clients } from './checks/clients.js';
import { clock } from './checks/clock.js';
import { configuration } from './checks/configuration.js';
import { connection } from './checks/connection.js';
import { permissions } from './checks/permissions.js';
import { program, support } from './checks/program.js';
import { proxy } from './checks/proxy.js';
import { secretFiles } from './checks/secret-files.js';
import { state } from './checks/state.js';
import { tools } from './checks/tools.js';

export type { Finding, Result, Status } from './check.js';
export { reportOf, type Report } from './report.js';
export { runChecks } from './run.js';
export { lookAt, type Given, type Machine, type Situation } from './situation.js';

/** In the order in which one thing leads to the next: the first problem is the one to begin with. */
export const CHECKS: readonly Check[] = [
  program,
  configuration,
  secretFiles,
  state,
  proxy,
  connection,
  clock,
  account,
  permissions,
  tools,
  clients,
  support,
];
