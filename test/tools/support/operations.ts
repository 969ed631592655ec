import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallOptions, Connected, ToolAnswer } from '../../support/connect.js';

export const SITE = 'fjordkaffe.no';

type Call = (operation: string, args?: Record<string, unknown>, options?: CallOptions) => Promise<ToolAnswer>;

/** Calls an operation that only looks, or one that changes something. */
export const callsOf = (mcp: Connected): { readonly read: Call; readonly run: Call } => ({
  read: (operation, args = {}, options) => mcp.call('read_operation', { operation, arguments: args }, options),
  run: (operation, args = {}, options) => mcp.call('run_operation', { operation, arguments: args }, options),
});

/** The web hosting account of the demo as Gigahost has it. */
export const siteOf = ({ sandbox }: Connected) => {
  const account = sandbox.world.hosting.accounts.find(({ domain }) => domain === SITE);
  if (!account) throw new Error(`${SITE} is missing`);
  return account;
};

/** The journal as it is on disk. */
export const journalOf = ({ stateDir }: Connected): Promise<string> =>
  readFile(join(stateDir, 'journal.jsonl'), 'utf8').catch(() => '');

/** Where files are saved when nothing else is set: this user has no folder for downloads. */
export const savedIn = ({ stateDir }: Connected, name: string): string => join(stateDir, 'files', name);
