import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { startCommand, steadyNode, type Entry, type Env } from '../../clients/index.js';
import { EVERY_SETTING, type Flags } from '../../config.js';
import { VERSION } from '../../version.js';
import { FLAGS } from '../flags.js';

/** The settings given to setup as a server is given them: flags as flags, variables as variables. */
export function settingsOf(flags: Flags, env: Env): Pick<Entry, 'args' | 'env'> {
  const given: Readonly<Record<string, unknown>> = flags;
  const args = Object.entries(FLAGS).flatMap(([flag, { key }]) => {
    const value = given[key];
    if (value === true) return [`--${flag}`];
    return typeof value === 'string' ? [`--${flag}`, key === 'config' ? resolve(value) : value] : [];
  });
  const variables = EVERY_SETTING.flatMap(([key, { env: name, host }]): [string, string][] => {
    const value = name === undefined || host !== undefined || given[key] !== undefined ? undefined : env[name];
    return name && value ? [[name, key === 'config' ? resolve(value) : value]] : [];
  });
  // The state directory follows it, and a program with a window may not have it.
  const { XDG_STATE_HOME: state } = env;
  return { args, env: { ...Object.fromEntries(variables), ...(state && { XDG_STATE_HOME: state }) } };
}

/** How a client starts the server that this process is of. */
export function startOf(argv1: string): Entry {
  const { platform, execPath } = process;
  const node = steadyNode(platform, execPath, realPath);
  return startCommand({ platform, node, main: realPath(argv1) ?? resolve(argv1), version: VERSION });
}

/** Undefined where there is nothing. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
