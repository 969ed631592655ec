import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, realpath, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Place } from '../client/exchange.js';
import { Upload } from '../client/upload.js';
import { InputError } from '../inventory/input-error.js';
import { otherwiseTaken } from './file-names.js';

/** The one folder of this machine that files are saved into and uploaded from. */
export interface Files {
  /**
   * Saves what `fetch` brings under a name that is not taken yet. `signal` ends the fetching when it cannot be written.
   * @throws {InputError} for a name that leads out of the folder or is taken, or a file that is too large.
   */
  save(name: string, fetch: Fetch, said: (bytes: number, total: number | undefined) => void): Promise<Saved>;
  /** A file to upload. @throws {InputError} when it is not in the folder, no file, or too large. */
  read(name: string): Promise<Upload>;
  /** The first line of a small file anywhere: a password that shall not pass through the conversation. */
  firstLine(path: string): Promise<string>;
}

/** Puts the file into `place`, or returns its bytes. */
type Fetch = (place: Place, signal: AbortSignal) => Promise<{ readonly bytes: Buffer }>;

export interface Saved {
  readonly path: string;
  readonly size: number;
}

/** For callers who are not at this machine: nothing of it is read or written for them. */
export const noFiles: Files = {
  save: () => Promise.reject(elsewhere('saved')),
  read: () => Promise.reject(elsewhere('uploaded by path')),
  firstLine: () => Promise.reject(elsewhere('read for a secret')),
};

const elsewhere = (what: string): InputError =>
  new InputError(
    `Files of the machine this server runs on are not ${what} for callers over HTTP. Somebody who runs gigahost-mcp on their own machine can do this, or the Gigahost panel.`,
  );

const MIB = 1024 * 1024;
const LARGEST_SECRET_FILE = 4096;

export function createFiles(folder: string, mostMb: number): Files {
  const mostBytes = mostMb * MIB;
  const tooLarge = (what: string): InputError =>
    new InputError(`${what} is larger than ${mostMb} MB, the most that is moved here (--max-file-mb).`);

  /** Where a name leads, with nothing outside of the folder on the way. */
  async function inside(name: string): Promise<{ readonly root: string; readonly path: string }> {
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch(unusable(`The folder for files (--files, ${folder})`));
    const root = await realpath(folder);
    // An absolute path may name the folder by the way it is set, which may lead over links.
    const way = isAbsolute(name) && within(folder, name) ? relative(folder, name) : name;
    const path = resolve(root, way);
    if (!within(root, path) || /\p{Cc}/u.test(name))
      throw new InputError(
        `"${name}" is not in the folder for files, ${folder} (--files). Give a name in that folder.`,
      );
    const taken = otherwiseTaken(isAbsolute(way) ? relative(root, path) : way);
    if (taken) throw new InputError(`"${name}" cannot be the name of a file: ${taken}.`);
    const parent = await realpath(dirname(path)).catch(unusable(`The folder of "${name}"`));
    if (parent !== root && !within(root, parent))
      throw new InputError(`"${name}" leads out of the folder for files, ${folder} (--files).`);
    return { root, path: join(parent, basename(path)) };
  }

  return {
    async save(name, fetch, said) {
      const { path } = await inside(name);
      const taken = () =>
        new InputError(`There is a file ${path} already, and nothing is overwritten. Choose another name.`);
      if (await exists(path)) throw taken();
      const part = join(dirname(path), `.${randomUUID()}.part`);
      const handle = await open(part, 'wx', 0o600).catch(unusable(`"${name}"`));
      try {
        const size = await write(handle, name, fetch, said);
        await handle.close();
        await put(part, path).catch((error: unknown) => {
          throw codeOf(error) === 'EEXIST' ? taken() : error;
        });
        return { path, size };
      } finally {
        await handle.close().catch(() => undefined);
        await rm(part, { force: true });
      }
    },

    async read(name) {
      const { root, path } = await inside(name);
      const real = await realpath(path).catch(unusable(`"${name}"`));
      if (!within(root, real))
        throw new InputError(`"${name}" leads out of the folder for files, ${folder} (--files).`);
      return new Upload(basename(path), await contents(real, name, mostBytes, tooLarge));
    },

    async firstLine(path) {
      if (!isAbsolute(path)) throw new InputError(`"${path}" is not an absolute path.`);
      const bytes = await contents(
        path,
        path,
        LARGEST_SECRET_FILE,
        () => new InputError(`"${path}" is too large to hold a secret.`),
      );
      const [line = ''] = Buffer.from(bytes).toString('utf8').split(/\r?\n/);
      if (line === '') throw new InputError(`The first line of "${path}" is empty.`);
      return line;
    },
  };

  async function write(handle: FileHandle, name: string, fetch: Fetch, said: (bytes: number, total?: number) => void) {
    const stop = new AbortController();
    let size = 0;
    const add = async (chunk: Buffer, total?: number): Promise<void> => {
      try {
        if (Math.max(size + chunk.length, total ?? 0) > mostBytes) throw tooLarge(`"${name}"`);
        await handle.write(chunk, 0, chunk.length, size).catch(unusable(`"${name}"`));
      } catch (error) {
        stop.abort(error);
        throw error;
      }
      size += chunk.length;
      said(size, total);
    };
    const place: Place = {
      mostBytes: Infinity,
      begin(total) {
        size = 0;
        return chunk => add(chunk, total);
      },
    };
    const { bytes } = await fetch(place, stop.signal);
    if (bytes.length > 0) await add(bytes);
    // An attempt that was cut off may have been longer.
    await handle.truncate(size);
    await handle.sync();
    return size;
  }
}

const within = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const unusable =
  (what: string) =>
  (error: unknown): never => {
    throw new InputError(`${what} cannot be used (${codeOf(error) ?? 'unknown reason'}).`);
  };

/** Fails where there is something of that name, also where the file system knows no links. */
const put = (from: string, to: string): Promise<void> =>
  link(from, to).catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') throw error;
    return copyFile(from, to, constants.COPYFILE_EXCL);
  });

async function contents(path: string, name: string, most: number, tooLarge: (what: string) => InputError) {
  // Opening a pipe would wait for whoever writes into it.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(unusable(`"${name}"`));
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new InputError(`"${name}" is not a file.`);
    if (found.size > most) throw tooLarge(`"${name}"`);
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}
