import { parseArgs } from 'node:util';
import { EVERY_SETTING, type Flags } from '../config.js';

interface Flag {
  /** The setting it gives. */
  readonly key: string;
  readonly type: 'boolean' | 'string';
  /** What stands for the value in the help. */
  readonly value: string | undefined;
  readonly about: string;
}

const flagsFor = (command: 'http' | undefined): Readonly<Record<string, Flag>> =>
  Object.fromEntries(
    EVERY_SETTING.flatMap(([key, { flag, kind, env, does, host }]): [string, Flag][] => {
      if (flag === undefined || host !== command) return [];
      const about = does.replaceAll('`', '') + (env ? ` (${env})` : '');
      return [[flag, { key, type: kind.placeholder ? 'string' : 'boolean', value: kind.placeholder, about }]];
    }),
  );

/** The flags of every command, by the name they are given under. */
export const FLAGS = flagsFor(undefined);
/** Those that only `gigahost-mcp http` has. */
export const HTTP_FLAGS = flagsFor('http');

/**
 * The flags of a command line that only starts the server, or undefined for any other, including a wrong one. An
 * assistant waits for that start: Node's own parser takes a tenth of the time of the one that knows commands and help.
 */
export function servingFlags(argv: readonly string[], known = FLAGS): Flags | undefined {
  try {
    const { values } = parseArgs({ args: [...argv], options: known, allowPositionals: false });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [known[name]?.key, value])) as Flags;
  } catch {
    return undefined;
  }
}
