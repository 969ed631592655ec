import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { backUp, makeFolder, readText, removeFile, writeText } from './files.js';
import type { FoundClient } from './find.js';
import { planEntry, planRemoval } from './entries.js';
import type { Entry } from './client.js';
import { Refusal } from './refusal.js';
import { CLIENTS } from './table.js';

const Change = z.object({
  /** Id of the client. */
  client: z.string(),
  name: z.string(),
  file: z.string(),
  /** What the file held; null where there was none. */
  backup: z.string().nullable(),
  /** SHA-256 of what was written, in hex. */
  after: z.string(),
});
export type Change = z.infer<typeof Change>;

/** What became of a change that was to be undone. */
export interface Undone {
  readonly change: Change;
  /**
   * The file is as it was; or gone, as it was; or it was changed since, so that only the entry was taken out; or there is
   * nothing of ours in it any more.
   */
  readonly how: 'restored' | 'deleted' | 'entry removed' | 'nothing left';
}

/** The changes that setup made to the files of clients, the latest last, kept so that they can be undone. */
export function openChanges(stateDir: string) {
  const list = join(stateDir, 'setup.json');

  async function read(): Promise<readonly Change[]> {
    const text = await readText(list);
    if (text === undefined) return [];
    try {
      return z.array(Change).parse(JSON.parse(text));
    } catch {
      throw new Refusal({ kind: 'list lost', file: list });
    }
  }
  async function write(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return removeFile(list);
    // Tokens and handed-over secrets will lie in it too.
    await makeFolder(stateDir, 0o700);
    await writeText(list, `${JSON.stringify(changes, null, 2)}\n`);
  }

  return {
    read,

    /**
     * Writes the entry into the file as it is by now; undefined where nothing had to be changed.
     * @throws {Refusal} where the file, or what is needed to undo it, cannot be written: the file is as it was then.
     */
    async make(found: FoundClient, name: string, entry: Entry, now: Date): Promise<Change | undefined> {
      const { before, after } = await planEntry(found, name, entry);
      if (before === after) return undefined;
      const changes = await read();
      // Listed first: what is written and not listed could never be undone.
      const backup = before === undefined ? null : await backUp(found.file, before, now);
      const change = { client: found.client.id, name, file: found.file, backup, after: hashOf(after) };
      try {
        await write([...changes, change]);
        await writeText(found.file, after);
      } catch (error) {
        if (backup !== null) await removeFile(backup);
        if ((await read()).some(one => isSame(one, change))) await write(changes);
        throw error;
      }
      return change;
    },

    /** @throws {Refusal} for a file that cannot be changed; what was undone before it stays undone. */
    async undo(change: Change): Promise<Undone> {
      const how = await undo(change);
      await write((await read()).filter(other => !isSame(other, change)));
      return { change, how };
    },
  };
}

async function undo({ client: id, name, file, backup, after }: Change): Promise<Undone['how']> {
  const now = await readText(file);
  if (now !== undefined && hashOf(now) === after) {
    if (backup === null) {
      await removeFile(file);
      return 'deleted';
    }
    const before = await readText(backup);
    if (before !== undefined) {
      await writeText(file, before);
      await removeFile(backup);
      return 'restored';
    }
  }
  const client = CLIENTS.find(known => known.id === id);
  const removal = client && (await planRemoval({ client, file }, name));
  if (!removal) return 'nothing left';
  await writeText(file, removal.after);
  return 'entry removed';
}

const isSame = (one: Change, other: Change): boolean =>
  one.file === other.file && one.after === other.after && one.backup === other.backup;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
