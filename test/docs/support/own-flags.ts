import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BIN } from '../../support/connect.js';

const help = async (...words: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [BIN, ...words, '--help'])).stdout;

const top = await help();
/** As the help lists them. */
const commands = [...top.matchAll(/^ {2}(\w+)(?: \[| )/gm)]
  .map(([, name = '']) => name)
  .filter(name => name !== 'help');

const NESTED: Readonly<Record<string, readonly string[]>> = { token: ['create'], secrets: ['clear'] };

const texts = await Promise.all(commands.map(name => help(name, ...(NESTED[name] ?? []))));

/** Every flag of every command, with its two dashes. */
export const OWN_FLAGS: ReadonlySet<string> = new Set(
  [top, ...texts].flatMap(text => [...text.matchAll(/--[a-z][a-z-]*/g)].map(([flag]) => flag)),
);
