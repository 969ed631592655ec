import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { CredentialsError, KeptCredentials } from './kept.js';

/** What the file says of one address: the credentials, or that they lie in the keychain. */
export type Entry = KeptCredentials | { readonly keychain: true };

const Held = z.strictObject({
  version: z.literal(1),
  accounts: z.record(z.string(), z.union([z.strictObject({ keychain: z.literal(true) }), KeptCredentials])),
});

export interface CredentialsFile {
  readonly path: string;
  /** By base URL. @throws {CredentialsError} */
  read(baseUrl: string): Promise<Entry | undefined>;
  /** Puts in an entry, or takes it out; those of other addresses stay. @throws {CredentialsError} */
  put(baseUrl: string, entry: Entry | undefined): Promise<void>;
}

/**
 * One file of mode 0600, in a folder that is made with mode 0700. It is written anew each time and put in place whole.
 * One that others can read, or that is somebody else's, is neither read nor written over (where the system knows such
 * modes); nor is one that holds something else.
 */
export function credentialsFile(path: string): CredentialsFile {
  async function all(): Promise<Readonly<Record<string, Entry>>> {
    const text = await textOf(path);
    if (text === undefined) return {};
    try {
      return Held.parse(JSON.parse(text)).accounts;
    } catch {
      throw new CredentialsError(
        `${path} does not hold what gigahost-mcp keeps there. Delete it, then run gigahost-mcp login.`,
      );
    }
  }
  return {
    path,
    read: async baseUrl => (await all())[baseUrl],
    async put(baseUrl, entry) {
      const { [baseUrl]: before, ...others } = await all();
      if (!before && !entry) return;
      const accounts = entry ? { ...others, [baseUrl]: entry } : others;
      // Written over or removed, a link would leave secrets where it leads.
      const target = await realpath(path).catch(() => path);
      if (Object.keys(accounts).length === 0)
        return rm(target)
          .then(() => rm(path, { force: true }))
          .catch(unwritable(path));
      const part = `${target}.${randomUUID()}.part`;
      try {
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        await writeFile(part, `${JSON.stringify({ version: 1, accounts }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
        await rename(part, target);
      } catch (error) {
        await rm(part, { force: true }).catch(() => undefined);
        unwritable(path)(error);
      }
    },
  };
}

/** Undefined where there is no such file. */
async function textOf(path: string): Promise<string | undefined> {
  const unreadable = (error: unknown): never => {
    throw new CredentialsError(`${path} cannot be read (${codeOf(error)}).`);
  };
  // Opening a pipe would wait for whoever writes into it.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) =>
    codeOf(error) === 'ENOENT' ? undefined : unreadable(error),
  );
  if (!handle) return undefined;
  try {
    const found = await handle.stat();
    const { uid, mode } = found;
    if (!found.isFile()) throw new CredentialsError(`${path} is not a file. Move it out of the way.`);
    if (process.platform !== 'win32') {
      const self = process.getuid?.();
      if (self !== undefined && uid !== self)
        throw new CredentialsError(
          `${path} belongs to another user (uid ${uid}), so it is not used. Delete it, then run gigahost-mcp login.`,
        );
      if ((mode & 0o077) !== 0)
        throw new CredentialsError(
          `Others can read ${path} (mode ${(mode & 0o777).toString(8).padStart(4, '0')}), so it is not used. Run: chmod 600 "${path}". If somebody may have read it, make a new API key or password too.`,
        );
    }
    return await handle.readFile('utf8').catch(unreadable);
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown reason';

const unwritable =
  (path: string) =>
  (error: unknown): never => {
    throw new CredentialsError(`${path} cannot be written (${codeOf(error)}).`);
  };
