import { randomInt } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Effect } from '../client/effect.js';
import { InputError } from '../inventory/input-error.js';

/**
 * `failed`: it could not be sent. `unknown`: it was sent and its answer was lost, or this process ended before it came.
 * `pending`: it waits for a second person; then it is `approved` (how that went is an entry of its own), `withdrawn` or
 * `expired`.
 */
export type ChangeOutcome =
  'applied' | 'declined' | 'refused' | 'failed' | 'unknown' | 'pending' | 'approved' | 'withdrawn' | 'expired';

export interface Cost {
  /** Decimal text. */
  readonly amount: string;
  readonly currency: string;
}

/** Everything a server is called. */
export interface ServerNames {
  readonly id: string;
  readonly name: string;
  readonly label: string | null;
  readonly hostname: string | null;
}

/** A change as it is planned. JSON throughout, and free of secrets: whoever writes it has scrubbed it. */
export interface Attempt {
  /** Who asked for it. */
  readonly principal: string;
  /** Who approved it, where that takes a second person. */
  readonly approved_by?: string | null;
  readonly tool: string;
  readonly effect: Effect;
  /** One sentence in the imperative. */
  readonly what: string;
  /** The server concerned; null where it is about none. */
  readonly server: ServerNames | null;
  /** The DNS zone concerned, by its name; null where it is about none. */
  readonly zone: string | null;
  readonly zone_id: string | null;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly before: unknown;
  /** The tool and the arguments that put back what was before; null where nothing does. */
  readonly undo: { readonly tool: string; readonly arguments: Readonly<Record<string, unknown>> } | null;
  readonly cost: Cost | null;
  /** The change that this one takes back. */
  readonly undoes: string | null;
}

export interface Ending {
  readonly outcome: ChangeOutcome;
  readonly after: unknown;
  /** Why it was refused, failed or is unknown. */
  readonly reason: string | null;
  readonly requests: number;
  readonly duration_ms: number;
}

/** One change on record. Without an ending the process did not live to write it: the outcome is unknown. */
export interface Entry extends Attempt, Ending {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface Journal {
  /** False where the operator switched it off; then nothing is kept and nothing can be undone. */
  readonly on: boolean;
  /** Puts an attempt on record for good before anything is sent. @throws {InputError} when that cannot be done. */
  begin(attempt: Attempt): Promise<string>;
  /** Puts its ending on record before it is answered. */
  end(id: string, ending: Ending): Promise<void>;
  /** Every change on record, newest first. */
  read(): Promise<readonly Entry[]>;
}

export const noJournal: Journal = {
  on: false,
  begin: () => Promise.resolve(''),
  end: () => Promise.resolve(),
  read: () => Promise.resolve([]),
};

const randomLetters = (): string =>
  randomInt(36 ** 3)
    .toString(36)
    .padStart(3, '0');

/** The first line of a change, and its id: short, unique, and in the order of time. */
export function beginning(attempt: Attempt, now: number) {
  const id = `c${now.toString(36)}${randomLetters()}`;
  return { id, line: { id, at: new Date(now).toISOString(), ...attempt, outcome: 'begun' } };
}

const ROTATE_BYTES = 5_000_000;
/** What follows the name of a journal in that of a part set aside. */
const ASIDE = /^-\d{4}-\d\d-\d\dT[\d-]+Z-[a-z0-9]{3}\.jsonl$/;
const NEVER_ENDED: Ending = {
  outcome: 'unknown',
  after: null,
  reason: 'its ending was not recorded: the process ended, or the journal could not be written',
  requests: 0,
  duration_ms: 0,
};

/**
 * JSON Lines, appended and synced, readable by the user alone. A change takes two lines with one id: the attempt before
 * it is sent, and its ending. A file that has grown large is set aside beside it under the time. Several processes may
 * write the same file; a line cut off by a crash spoils nothing but itself.
 */
export function fileJournal(file: string, now: () => number = Date.now): Journal {
  const folder = dirname(file);
  const stem = basename(file).replace(/\.jsonl$/, '');
  const isAside = (name: string): boolean => name.startsWith(`${stem}-`) && ASIDE.test(name.slice(stem.length));

  async function append(line: object): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await setAside();
    const handle = await open(file, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      const cutOff = size > 0 && last.toString() !== '\n';
      await handle.appendFile(`${cutOff ? '\n' : ''}${JSON.stringify(line)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async function setAside(): Promise<void> {
    const size = await stat(file).then(
      found => found.size,
      () => 0,
    );
    if (size < ROTATE_BYTES) return;
    const stamp = new Date(now()).toISOString().replace(/[:.]/g, '-');
    // Another process may do it at the same moment: a name of its own overwrites nothing.
    await rename(file, join(folder, `${stem}-${stamp}-${randomLetters()}.jsonl`)).catch(unlessAbsent);
  }

  return {
    on: true,
    async begin(attempt) {
      const { id, line } = beginning(attempt, now());
      try {
        await append(line);
        return id;
      } catch (error) {
        throw new InputError(
          `The journal ${file} cannot be written (${(error as NodeJS.ErrnoException).code}), and no change is made without it. The operator can mend that, choose another file with --journal, or do without with --journal off.`,
        );
      }
    },

    end: (id, ending) => append({ id, ...ending }),

    async read() {
      try {
        // The current file first: one that is set aside meanwhile is then read twice, not missed.
        const current = (await readFile(file, 'utf8').catch(unlessAbsent)) ?? '';
        const names = (await readdir(folder).catch(unlessAbsent)) ?? [];
        const texts: string[] = [];
        for (const name of names.filter(isAside).sort()) texts.push(await readFile(join(folder, name), 'utf8'));
        return entriesIn([...texts, current].flatMap(text => text.split('\n'))).reverse();
      } catch (error) {
        throw new InputError(`The journal ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
      }
    },
  };
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** The changes in lines of a journal, oldest first. */
export function entriesIn(lines: readonly string[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const line of lines) {
    const parsed = parse(line);
    if (typeof parsed?.['id'] !== 'string') continue;
    const known = entries.get(parsed['id']) ?? NEVER_ENDED;
    const { outcome, ...rest } = parsed;
    entries.set(parsed['id'], {
      ...known,
      ...rest,
      outcome: outcome === 'begun' ? known.outcome : outcome,
    } as Entry);
  }
  return [...entries.values()].filter(entry => typeof entry.tool === 'string');
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
