import { parseArgs } from 'node:util';
import { LOG_LEVELS, type Flags } from '../config.js';

interface Flag {
  readonly key: keyof Flags;
  readonly type: 'boolean' | 'string';
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly about: string;
}

/** The flags of every command, by the name they are given under. */
export const FLAGS: Readonly<Record<string, Flag>> = {
  sandbox: {
    key: 'sandbox',
    type: 'boolean',
    about: 'use an embedded demo account instead of Gigahost; nothing is real, nothing is kept',
  },
  confirm: {
    key: 'confirm',
    type: 'string',
    value: 'mode',
    about: 'auto: ask the person, else hand out a code; elicit: refuse clients that cannot ask',
  },
  'dangerously-skip-confirmation': {
    key: 'dangerouslySkipConfirmation',
    type: 'boolean',
    about: 'do at once whatever is asked for, also what erases or costs money; for automation with a gate of its own',
  },
  'log-level': {
    key: 'logLevel',
    type: 'string',
    value: 'level',
    about: `${LOG_LEVELS.join(', ')}; written to stderr`,
  },
};

/**
 * The flags of a command line that only starts the server, or undefined for any other, including a wrong one. An
 * assistant waits for that start: Node's own parser takes a tenth of the time of the one that knows commands and help.
 */
export function servingFlags(argv: readonly string[]): Flags | undefined {
  try {
    const { values } = parseArgs({ args: [...argv], options: FLAGS, allowPositionals: false });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [FLAGS[name]?.key, value])) as Flags;
  } catch {
    return undefined;
  }
}
