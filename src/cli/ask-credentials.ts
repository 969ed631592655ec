import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { isTotpSecret } from '../client/auth.js';
import { isApiKey } from '../client/credentials.js';
import { ConfigError } from '../config.js';
import type { KeptCredentials } from '../credentials/index.js';
import type { Messages } from '../lang/index.js';
import type { Terminal } from './terminal.js';

/** What a person signs in with. A code is good for one session and is kept nowhere. */
export interface Entered {
  readonly credentials: KeptCredentials;
  readonly code?: string;
}

/**
 * Asks for an API key, or else for user name, password and two-factor sign-in; what is secret is not shown. What cannot be
 * right is asked again. Undefined where the person leaves it.
 */
export async function askCredentials(
  terminal: Terminal,
  signal: AbortSignal,
  { login, ask }: Messages,
): Promise<Entered | undefined> {
  const unseen = (what: string) => terminal.askUnseen(what, signal, ask);
  for (;;) {
    const apiKey = await unseen(login.apiKey);
    if (apiKey === undefined) return undefined;
    if (apiKey === '') break;
    if (isApiKey(apiKey)) return { credentials: { apiKey } };
    terminal.complain(login.noApiKey);
  }
  const username = await terminal.askLine(login.username, signal);
  if (!username) return undefined;
  const password = await unseen(login.password);
  if (!password) return undefined;
  for (;;) {
    const second = await unseen(login.secondFactor);
    if (second === undefined) return undefined;
    const credentials = { username, password };
    if (second === '') return { credentials };
    if (/^\d{6}$/.test(second)) return { credentials, code: second };
    if (isTotpSecret(second)) return { credentials: { ...credentials, totpSecret: second } };
    terminal.complain(login.noSecondFactor);
  }
}

const LONGEST = 4096;

/** An API key for scripts: from a file, or from standard input. @throws {ConfigError} where there is none. */
export async function readApiKey(from: { readonly file: string } | 'stdin'): Promise<Entered> {
  const where = from === 'stdin' ? 'Standard input' : from.file;
  if (from === 'stdin' && process.stdin.isTTY)
    throw new ConfigError('--stdin takes the API key from a pipe: gigahost-mcp login --stdin < FILE');
  const text = await (from === 'stdin' ? textOf(process.stdin) : readFile(from.file, 'utf8')).catch(
    (error: NodeJS.ErrnoException) => {
      throw new ConfigError(`${where} cannot be read (${error.code}).`);
    },
  );
  const apiKey = text.slice(0, LONGEST).trim();
  // Not repeated: what is no key may still be a secret.
  if (!isApiKey(apiKey))
    throw new ConfigError(
      `${where} does not hold a Gigahost API key (flux_live_ and 64 hex digits), and nothing else.`,
    );
  return { credentials: { apiKey } };
}
