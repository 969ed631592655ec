import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

export interface CachedToken {
  readonly token: string;
  /** When it stops working, in ms since 1970; null when upstream did not say. */
  readonly expiresAt: number | null;
}

export interface TokenCache {
  load(): Promise<CachedToken | undefined>;
  save(token: CachedToken): Promise<void>;
  /** Whether there was a file. Rejects where it is still there. */
  forget(): Promise<boolean>;
}

/** What can stand in an Authorization header. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

const Stored = z.object({ token: z.string().refine(isToken), expiresAt: z.number().nullable() });

/** Keeps nothing beyond the process: for `GIGAHOST_TOKEN_CACHE=off` and for the sandbox. */
export const noTokenCache: TokenCache = {
  load: () => Promise.resolve(undefined),
  save: () => Promise.resolve(),
  forget: () => Promise.resolve(false),
};

/**
 * One session token in one file of the user's state directory, mode 0600, keyed by account and API address so that two
 * accounts never share one. A file that is damaged or cannot be written costs a sign-in, nothing else.
 */
export function fileTokenCache(stateDir: string, baseUrl: string, username: string): TokenCache {
  const key = createHash('sha256').update(`${baseUrl}\0${username}`).digest('hex').slice(0, 24);
  const file = join(stateDir, `token-${key}.json`);
  return {
    async load() {
      try {
        return Stored.parse(JSON.parse(await readFile(file, 'utf8')));
      } catch {
        return undefined;
      }
    },
    async save(token) {
      const temporary = `${file}.${randomUUID()}`;
      try {
        await mkdir(stateDir, { recursive: true, mode: 0o700 });
        await writeFile(temporary, JSON.stringify(token), { mode: 0o600 });
        await rename(temporary, file);
      } catch {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
    forget: () =>
      rm(file).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return false;
          throw error;
        },
      ),
  };
}
