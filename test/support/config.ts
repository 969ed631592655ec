import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { FLAGS, HTTP_FLAGS, servingFlags } from '../../src/cli/flags.js';
import { ConfigError, readConfig, type Config } from '../../src/config.js';

/** A folder of the test file's own. */
export const folder = mkdtempSync(join(tmpdir(), 'gigahost-mcp-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

export const file = join(folder, 'gigahost.json');

/** Writes the configuration file: text as it stands, anything else as JSON. */
export const write = (content: unknown): void =>
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));

export interface Given {
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** What the configuration file holds, which is then named in the environment. */
  readonly holds?: unknown;
}

/** What the server makes of a command line, an environment and a file. */
export function read({ args = [], env = {}, ...given }: Given = {}): Config {
  const flags =
    servingFlags(args, { ...FLAGS, ...HTTP_FLAGS }) ?? expect.fail(`${args.join(' ')} does not start the server`);
  if (!('holds' in given)) return readConfig(flags, env);
  write(given.holds);
  return readConfig(flags, { GIGAHOST_CONFIG: file, ...env });
}

/** What it says to one it cannot use. */
export function refusal(given: Given): string {
  try {
    read(given);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return expect.fail('it was accepted');
}
