import { resolve } from 'node:path';
import type { Entry } from '../../clients/index.js';
import { ConfigError, readConfig, type Flags } from '../../config.js';
import { openKeeper, type KeptCredentials } from '../../credentials/index.js';
import { checkConfig } from '../../hosts/check-config.js';
import type { Messages } from '../../lang/index.js';
import { TOOLS } from '../../tools/index.js';
import type { Terminal } from '../terminal.js';
import { askOne } from './ask.js';

export interface Asked {
  readonly terminal: Terminal;
  readonly messages: Messages;
  readonly canAsk: boolean;
  readonly dryRun: boolean;
  /** Whether credentials go into the configuration of the client. */
  readonly inConfig: boolean;
}

/** What the server is started with, so that it serves the account that was chosen. */
export interface Account {
  readonly flags: Flags;
  readonly env: Entry['env'];
}

/**
 * The sandbox, or the account with credentials that the server will find: those it is given here, those kept, or those a
 * person is asked for, which are checked and kept. Undefined where the person leaves.
 * @throws {ConfigError} for a setting that cannot be used, and where there are no credentials and nobody to ask.
 */
export async function chooseAccount(given: Flags, env: NodeJS.ProcessEnv, asked: Asked): Promise<Account | undefined> {
  const config = readConfig(given, env);
  checkConfig(config, TOOLS);
  if (config.upstream.kind === 'sandbox') return { flags: given, env: {} };
  throw new ConfigError('todo');
}
