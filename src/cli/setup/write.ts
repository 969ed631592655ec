import {
  entryFor,
  openChanges,
  planEntry,
  readEntry,
  Refusal,
  startAndList,
  type Started,
  withEntry,
  type Edit,
  type Entry,
  type Env,
  type FoundClient,
} from '../../clients/index.js';
import type { Messages } from '../../lang/index.js';
import type { Terminal } from '../terminal.js';
import { changeText } from './show.js';
import { whyWords } from './why.js';

/** One client and what its file becomes. */
export interface Planned {
  readonly found: FoundClient;
  readonly edit: Edit;
}

export interface Surroundings {
  readonly terminal: Terminal;
  readonly words: Messages['setup'];
  readonly env: Env;
  readonly stateDir: string;
}

/** Works out and shows what changes; a file that cannot be changed is told with what to put into it by hand. */
export async function planAll(
  chosen: readonly FoundClient[],
  name: string,
  entry: Entry,
  { terminal, words }: Surroundings,
): Promise<readonly Planned[]> {
  const planned: Planned[] = [];
  for (const found of chosen) {
    try {
      const edit = await planEntry(found, name, entry);
      planned.push({ found, edit });
      terminal.print(`${found.client.name}: ${found.file}`);
      terminal.print(edit.before === edit.after ? words.asItIs : changeText(found.file, edit));
    } catch (error) {
      refused(error, found, name, entry, terminal, words);
    }
  }
  return planned;
}

/** Writes what was planned, and starts the server as each client will; whether all of it worked. */
export async function writeAll(
  planned: readonly Planned[],
  name: string,
  entry: Entry,
  { terminal, words, env, stateDir }: Surroundings,
): Promise<boolean> {
  const changes = openChanges(stateDir);
  const tried = new Map<string, Started>();
  /** What several clients start alike is started once. */
  async function start(written: Entry): Promise<Started> {
    const key = JSON.stringify(written);
    const started = tried.get(key) ?? (await startAndList(written, env));
    tried.set(key, started);
    return started;
  }
  let worked = true;
  for (const { found } of planned) {
    const { client, file } = found;
    try {
      const change = await changes.make(found, name, entry, new Date());
      if (change) terminal.print(change.backup ? words.written(file, change.backup) : words.made(file));
      const written = await readEntry(found, name);
      if (!written) throw new Error(`${file} does not hold what was put into it`);
      terminal.progress(words.starting(client.name));
      const started = await start(written);
      if (started.kind === 'tools') {
        terminal.print(words.works(client.name, started.tools.length));
        terminal.print(client.noticed === 'restart' ? words.restart(client.name) : words.newSession(client.name));
      } else {
        worked = false;
        terminal.complain(words.failed[started.why](client.name, [entry.command, ...entry.args].join(' ')));
        if (started.said) terminal.complain(started.said);
      }
    } catch (error) {
      worked = false;
      refused(error, found, name, entry, terminal, words);
    }
  }
  return worked;
}

function refused(
  error: unknown,
  { client, file }: FoundClient,
  name: string,
  entry: Entry,
  terminal: Terminal,
  words: Messages['setup'],
): void {
  if (!(error instanceof Refusal)) throw error;
  terminal.complain(`${client.name}: ${file}\n${whyWords(error.why, words.why)} ${words.leftAlone}`);
  if (error.why.kind === 'taken') return;
  terminal.complain(words.byHand);
  terminal.print(snippet(client, name, entry));
}

/** What a person puts into the file themselves. */
function snippet(client: FoundClient['client'], name: string, entry: Entry): string {
  return withEntry(client, '', name, { ...entryFor(client, entry) }).trimEnd();
}
