import { randomUUID } from 'node:crypto';
import { access, chmod, constants, lstat, mkdir, readdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The names that `write` gives. Whatever is called otherwise was put there by somebody else and stays. */
const OWN = /^[a-z0-9-]*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.txt$/;

/** The folder of handed-over secrets: mode 0700, its files 0600. */
export function secretsFolder(stateDir: string) {
  const folder = join(stateDir, 'secrets');
  return {
    path: folder,

    /** Makes sure that a file can be written and that nobody else can look. */
    async prepare(): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      await access(folder, constants.W_OK);
    },

    /** Writes a file of its own and returns its path. */
    async write(title: string, text: string): Promise<string> {
      const stem = title
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 60)
        .replace(/^-|-$/g, '');
      const file = join(folder, `${stem}-${randomUUID()}.txt`);
      await writeFile(file, text, { mode: 0o600, flag: 'wx' });
      return file;
    },

    /**
     * Removes the files it wrote, all of them or those last written before a time in ms; returns how many. What cannot
     * be removed does not keep the others, and is thrown in the end.
     */
    async remove(writtenBefore = Infinity): Promise<number> {
      const entries = await readdir(folder, { withFileTypes: true }).catch(unlessMissing([]));
      const own = entries.filter(entry => entry.isFile() && OWN.test(entry.name));
      const results = await Promise.allSettled(
        own.map(async ({ name }) => {
          const file = join(folder, name);
          const written = await lstat(file).then(({ mtimeMs }) => mtimeMs, unlessMissing(Infinity));
          return written < writtenBefore ? unlink(file).then(() => 1, unlessMissing(0)) : 0;
        }),
      );
      const failed = results.find(result => result.status === 'rejected');
      if (failed) throw failed.reason;
      return results.filter(result => result.status === 'fulfilled' && result.value === 1).length;
    },
  };
}
export type SecretsFolder = ReturnType<typeof secretsFolder>;

/** Another process may be clearing the same folder. */
const unlessMissing =
  <T>(otherwise: T) =>
  (error: unknown): T => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise;
    throw error;
  };
