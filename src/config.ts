import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import envPaths from 'env-paths';
import type { CredentialSources, Source } from './client/credentials.js';
import type { ConfirmMode } from './guard/confirm.js';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything the operator decides, read once at start. */
export interface Config {
  /** The embedded sandbox, or the API and what signs in to it. */
  readonly upstream:
    | { readonly kind: 'sandbox' }
    | { readonly kind: 'api'; readonly baseUrl: string; readonly credentials: CredentialSources };
  readonly stateDir: string;
  readonly tokenCache: boolean;
  readonly timeoutMs: number;
  /** How long a question to a 2025-era client stays open before it becomes a code, in ms. */
  readonly questionMs: number;
  readonly confirm: ConfirmMode;
  /** DNS server for the check of forward records; undefined is the system's. */
  readonly resolver: string | undefined;
  readonly logLevel: LogLevel;
}

/** Command-line options that override the environment. */
export interface Flags {
  readonly sandbox?: boolean | undefined;
  readonly confirm?: string | undefined;
  readonly dangerouslySkipConfirmation?: boolean | undefined;
  readonly logLevel?: string | undefined;
}

/** A setting that cannot be used, in words for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** One environment variable: its name, what it does, and what holds without it. The README's table is made of these. */
export interface Setting {
  readonly name: string;
  readonly does: string;
  readonly otherwise: string;
}

export const SETTINGS: readonly Setting[] = [
  {
    name: 'GIGAHOST_API_KEY',
    does: 'API key (`flux_live_…`) from the Gigahost panel; also `GIGAHOST_API_KEY_FILE`',
    otherwise: 'name and password',
  },
  { name: 'GIGAHOST_USERNAME', does: 'login e-mail address; also `…_FILE`', otherwise: 'none' },
  { name: 'GIGAHOST_PASSWORD', does: 'password; also `…_FILE`', otherwise: 'none' },
  {
    name: 'GIGAHOST_TOTP_SECRET',
    does: 'base32 secret to compute two-factor codes from; also `…_FILE`',
    otherwise: 'none',
  },
  {
    name: 'GIGAHOST_2FA_CODE',
    does: 'one two-factor code, good for one sign-in within seconds; also `…_FILE`',
    otherwise: 'none',
  },
  {
    name: 'GIGAHOST_BASE_URL',
    does: 'API address; https, or http on loopback',
    otherwise: '`https://api.gigahost.no/api/v0`',
  },
  {
    name: 'GIGAHOST_TOKEN_CACHE',
    does: '`off` keeps session tokens in memory only',
    otherwise: '`on`: a file of mode 0600 in the state directory',
  },
  {
    name: 'GIGAHOST_STATE_DIR',
    does: 'folder for tokens and handed-over secrets; an absolute path',
    otherwise: 'the user’s state directory (`~/.local/state/gigahost-mcp` on Linux)',
  },
  { name: 'GIGAHOST_TIMEOUT_SECONDS', does: 'time a read may take; changes get three times as long', otherwise: '30' },
  {
    name: 'GIGAHOST_QUESTION_SECONDS',
    does: 'time a question to a 2025-era client stays open before it becomes a code',
    otherwise: '45',
  },
  {
    name: 'GIGAHOST_CONFIRM',
    does: '`elicit` refuses clients that cannot ask the person; same as `--confirm`',
    otherwise: '`auto`',
  },
  {
    name: 'GIGAHOST_RESOLVER',
    does: 'DNS server (`address` or `address:port`) for the check of forward records',
    otherwise: 'the system’s',
  },
  {
    name: 'GIGAHOST_LOG_LEVEL',
    does: '`error`, `warn`, `info` or `debug`, on stderr; same as `--log-level`',
    otherwise: '`warn`',
  },
];

const API = 'https://api.gigahost.no/api/v0';
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Reads flags and environment. Missing credentials are no error: the server starts and every call says how to set them.
 * @throws {ConfigError} for a setting that cannot be used.
 */
export function readConfig(flags: Flags, env: NodeJS.ProcessEnv): Config {
  return Object.freeze({
    upstream: flags.sandbox
      ? { kind: 'sandbox' as const }
      : { kind: 'api' as const, baseUrl: baseUrl(env['GIGAHOST_BASE_URL']), credentials: credentials(env) },
    stateDir: stateDir(env),
    tokenCache: oneOf('GIGAHOST_TOKEN_CACHE', env['GIGAHOST_TOKEN_CACHE'] || 'on', ['on', 'off']) === 'on',
    timeoutMs: seconds('GIGAHOST_TIMEOUT_SECONDS', env, 30),
    questionMs: seconds('GIGAHOST_QUESTION_SECONDS', env, 45),
    confirm: flags.dangerouslySkipConfirmation
      ? ('skip' as const)
      : oneOf('--confirm', flags.confirm ?? (env['GIGAHOST_CONFIRM'] || 'auto'), ['auto', 'elicit'] as const),
    resolver: env['GIGAHOST_RESOLVER'] || undefined,
    logLevel: oneOf('--log-level', flags.logLevel ?? (env['GIGAHOST_LOG_LEVEL'] || 'warn'), LOG_LEVELS),
  });
}

function credentials(env: NodeJS.ProcessEnv): CredentialSources {
  const source = (name: string): Source | undefined => {
    const [value, file] = [env[name], env[`${name}_FILE`]];
    if (value && file) throw new ConfigError(`Set ${name} or ${name}_FILE, not both.`);
    return value ? { value } : file ? { file } : undefined;
  };
  return {
    apiKey: source('GIGAHOST_API_KEY'),
    username: source('GIGAHOST_USERNAME'),
    password: source('GIGAHOST_PASSWORD'),
    code: source('GIGAHOST_2FA_CODE'),
    totpSecret: source('GIGAHOST_TOTP_SECRET'),
  };
}

function baseUrl(value: string | undefined): string {
  if (!value) return API;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url) throw new ConfigError(`GIGAHOST_BASE_URL is not an address: ${value}`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    throw new ConfigError(
      'GIGAHOST_BASE_URL must be https: credentials would travel in the clear. Plain http works on loopback only.',
    );
  }
  if (url.username || url.password || url.search || url.hash)
    throw new ConfigError('GIGAHOST_BASE_URL must be an address only, without credentials, query or fragment.');
  return url.href.replace(/\/$/, '');
}

function stateDir(env: NodeJS.ProcessEnv): string {
  const chosen = env['GIGAHOST_STATE_DIR'];
  if (chosen && !isAbsolute(chosen)) throw new ConfigError(`GIGAHOST_STATE_DIR must be an absolute path: ${chosen}`);
  if (chosen) return chosen;
  if (process.platform !== 'linux') return envPaths('gigahost-mcp', { suffix: '' }).data;
  return join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'gigahost-mcp');
}

function seconds(name: string, env: NodeJS.ProcessEnv, otherwise: number): number {
  const value = Number(env[name] || otherwise);
  if (value > 0 && value <= 3600) return value * 1000;
  throw new ConfigError(`${name} must be a number of seconds up to 3600.`);
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find(candidate => candidate === value);
  if (found !== undefined) return found;
  throw new ConfigError(`${name} is "${value}"; it can be ${allowed.join(', ')}.`);
}
