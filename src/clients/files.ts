import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  chown,
  lstat,
  mkdir,
  open,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import { Refusal } from './refusal.js';

/**
 * What a configuration file holds; undefined where there is none.
 * @throws {Refusal} where it cannot be read, or is not UTF-8.
 */
export async function readText(file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || (await isLink(file))) throw outOfReach(error);
    return undefined;
  });
  if (!bytes) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal({ kind: 'not text' });
  }
}

/**
 * Puts a text in the place of a file at once, or makes the file. Links are followed; mode and owner stay.
 * @throws {Refusal} where it cannot be written; the file is as it was then.
 */
export async function writeText(file: string, text: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  const target = there ? await realpath(file) : file;
  const part = `${target}.${randomUUID()}.part`;
  try {
    // A file that may not be written is not replaced either, though its folder would allow it.
    if (there) await access(target, constants.W_OK);
    else await mkdir(dirname(target), { recursive: true });
    const handle = await open(part, 'wx', there?.mode ?? 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (there) {
      if (there.uid !== process.getuid?.() || there.gid !== process.getgid?.()) await chown(part, there.uid, there.gid);
      await chmod(part, there.mode & 0o7777);
    }
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw outOfReach(error);
  }
}

/** @throws {Refusal} where it cannot be made. One that is there keeps its mode. */
export async function makeFolder(folder: string, mode: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode }).catch((error: NodeJS.ErrnoException) => {
    throw outOfReach(error);
  });
}

/** Keeps what a file held beside it, readable by nobody who could not read the file; returns where. @throws {Refusal} */
export async function backUp(file: string, text: string, now: Date): Promise<string> {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const { mode } = await stat(file);
  for (let copy = 1; ; copy += 1) {
    const backup = `${file}.gigahost-backup-${stamp}${copy > 1 ? `-${copy}` : ''}`;
    try {
      await writeFile(backup, text, { flag: 'wx', mode: mode & 0o777 });
      return backup;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw outOfReach(error);
    }
  }
}

/** @throws {Refusal} where it cannot be removed; one that is gone is no error. */
export const removeFile = (file: string): Promise<void> =>
  rm(file, { force: true }).catch((error: unknown) => {
    throw outOfReach(error);
  });

const isLink = (file: string): Promise<boolean> =>
  lstat(file).then(
    found => found.isSymbolicLink(),
    () => false,
  );

function outOfReach(error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? (error as Error) : new Refusal({ kind: 'out of reach', code });
}
