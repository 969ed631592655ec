import { readFile } from 'node:fs/promises';
import { GigahostError } from './errors.js';

/** A value given directly, or the name of a file that holds it (read when needed, so it can be rotated). */
export type Source = { readonly value: string } | { readonly file: string };

/** Where to find what signs in to Gigahost; an API key wins over a name and password. */
export interface CredentialSources {
  readonly apiKey?: Source | undefined;
  readonly username?: Source | undefined;
  readonly password?: Source | undefined;
  /** One six-digit code, good for one sign-in within seconds. */
  readonly code?: Source | undefined;
  /** The base32 secret behind the codes, so that sessions can renew themselves. */
  readonly totpSecret?: Source | undefined;
  /** Where to look when none of the others is given. */
  readonly kept?: KeptSource | undefined;
}

/** Credentials that a person left on this machine (`gigahost-mcp login`). */
export interface KeptSource {
  /** Undefined where there are none. @throws {GigahostError} `no_credentials` where there are, and cannot be had. */
  read(): Promise<KeptFound | undefined>;
  /** Gigahost refused what was read: read anew the next time. */
  refused(): void;
}

export interface KeptFound {
  readonly apiKey?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly totpSecret?: string | undefined;
  /** In words that fit after "in". */
  readonly where: string;
}

export type Credentials =
  | {
      readonly kind: 'key';
      readonly key: string;
      /** Where it was kept; undefined where it was given to this process. */
      readonly keptIn?: string | undefined;
    }
  | {
      readonly kind: 'login';
      readonly keptIn?: string | undefined;
      readonly username: string;
      readonly password: string;
      readonly code: string | undefined;
      readonly totpSecret: string | undefined;
    };

export const isApiKey = (text: string): boolean => /^flux_live_[0-9a-f]{64}$/i.test(text);

/**
 * Reads the credentials: those that are given, else those that are kept.
 * @throws {GigahostError} `no_credentials` when there are none, or a file that should hold one cannot be read.
 */
export async function readCredentials(sources: CredentialSources): Promise<Credentials> {
  if (!sources.apiKey && !sources.username && !sources.password) return readKept(sources);
  const apiKey = await read(sources.apiKey, 'GIGAHOST_API_KEY_FILE');
  if (apiKey) {
    if (isApiKey(apiKey)) return { kind: 'key', key: apiKey };
    throw missing('GIGAHOST_API_KEY does not look like a Gigahost API key (flux_live_ and 64 hex digits)');
  }
  const [username, password] = [
    await read(sources.username, 'GIGAHOST_USERNAME_FILE'),
    await readExactly(sources.password, 'GIGAHOST_PASSWORD_FILE'),
  ];
  if (!username && !password) throw missing('no Gigahost credentials are set');
  if (!username) throw missing('GIGAHOST_PASSWORD is set, but GIGAHOST_USERNAME is not');
  if (!password) throw missing('GIGAHOST_USERNAME is set, but GIGAHOST_PASSWORD is not');
  return {
    kind: 'login',
    username,
    password,
    code: await read(sources.code, 'GIGAHOST_2FA_CODE_FILE'),
    totpSecret: await read(sources.totpSecret, 'GIGAHOST_TOTP_SECRET_FILE'),
  };
}

async function readKept({ kept, code }: CredentialSources): Promise<Credentials> {
  const { apiKey, username, password, totpSecret, where } = (await kept?.read()) ?? {};
  if (apiKey) return { kind: 'key', key: apiKey, keptIn: where };
  if (!username || !password) throw missing('no Gigahost credentials are set');
  return {
    kind: 'login',
    username,
    password,
    code: await read(code, 'GIGAHOST_2FA_CODE_FILE'),
    totpSecret,
    keptIn: where,
  };
}

async function read(source: Source | undefined, name: string): Promise<string | undefined> {
  return (await readExactly(source, name))?.trim() || undefined;
}

/** The text to the letter, but for a line break at its end: a password may begin or end with a blank. */
async function readExactly(source: Source | undefined, name: string): Promise<string | undefined> {
  if (!source) return undefined;
  if ('value' in source) return filled(source.value);
  try {
    return filled(await readFile(source.file, 'utf8'));
  } catch (error) {
    // The name of the file is not repeated: it may be the secret itself, put there by mistake.
    throw missing(`the file that ${name} names cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function filled(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.replace(/\r?\n$/, '');
}

const missing = (reason: string) =>
  new GigahostError('no_credentials', { operation: 'sign in', changed: 'nothing', sent: false, reason });
