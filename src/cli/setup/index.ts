import { homedir } from 'node:os';
import { entryFor, findClients, Refusal, type Entry } from '../../clients/index.js';
import { ConfigError, readConfig, type Flags } from '../../config.js';
import { messagesIn, type Messages } from '../../lang/index.js';
import { EXIT } from '../exit.js';
import { createTerminal } from '../terminal.js';
import { chooseAccount, type Asked } from './account.js';
import { askYes } from './ask.js';
import { chooseClients, idsOf } from './choose.js';
import { settingsOf, startOf } from './entry.js';
import { undoSetup } from './undo.js';
import { whyWords } from './why.js';
import { planAll, writeAll, type Surroundings } from './write.js';

/** The flags of setup itself. */
export interface SetupFlags {
  readonly client?: string;
  readonly name: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly undo?: boolean;
  readonly credentialsInConfig?: boolean;
}

/** In `--client`, for a client we do not know: what to put into its configuration is printed. */
const OTHER = 'other';

/**
 * Puts this server into the configuration of clients, with the settings given here, and tries it as they will. Returns
 * the exit code.
 * @throws {ConfigError} for a setting or a name that cannot be used, and where a person is needed and none is there.
 */
export async function setup(own: SetupFlags, given: Flags, env: NodeJS.ProcessEnv): Promise<number> {
  const { stateDir, lang } = readConfig(given, env);
  const messages = await messagesIn(lang);
  const words = messages.setup;
  const terminal = createTerminal();
  const surroundings: Surroundings = { terminal, words, env, stateDir };
  const { client: named, yes = false, dryRun = false, undo = false } = own;
  try {
    if (undo) return await undoSetup({ named, yes, dryRun }, surroundings);
    return await setUp(own, given, env, messages, surroundings);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    terminal.complain(whyWords(error.why, words.why));
    return EXIT.toolError;
  }
}

async function setUp(
  { client: named, name, yes = false, dryRun = false, credentialsInConfig: inConfig = false }: SetupFlags,
  given: Flags,
  env: NodeJS.ProcessEnv,
  messages: Messages,
  surroundings: Surroundings,
): Promise<number> {
  const { terminal, words } = surroundings;
  // What every client takes for a name.
  if (!/^[\w-]+$/.test(name)) throw new ConfigError(words.badName(name));

  const canAsk = terminal.canAsk && !yes && !dryRun;
  const leave = (): number => {
    terminal.print(words.nothingDone);
    return EXIT.ok;
  };
  const all = await findClients(process.platform, env, homedir());
  if (!canAsk && !yes && !dryRun && named !== OTHER) throw new ConfigError(words.noTerminal(idsOf(all)));
  const chosen = named === OTHER ? [] : await chooseClients(all, { named, canAsk }, words);
  if (!chosen || (chosen.length === 0 && canAsk && all.some(({ installed }) => installed))) return leave();

  const asked: Asked = { terminal, messages, canAsk, dryRun, inConfig };
  const account = await chooseAccount(given, env, asked);
  if (account === 'left') return leave();
  if (account === 'refused') return EXIT.toolError;
  const start = startOf(process.argv[1] ?? '');
  const settings = settingsOf(account.flags, env);
  const entry: Entry = {
    command: start.command,
    args: [...start.args, ...settings.args],
    env: { ...start.env, ...settings.env, ...account.env },
  };
  if (chosen.length === 0) {
    terminal.complain(named === OTHER ? words.forOther : words.noneFound);
    terminal.sayJson({ mcpServers: { [name]: entryFor({ extras: {} }, entry) } });
    return EXIT.ok;
  }

  const planned = await planAll(chosen, name, entry, surroundings);
  const changes = planned.some(({ edit }) => edit.before !== edit.after);
  if (!dryRun && changes && !yes && !(await askYes(words.writeIt, words.yes, words.no))) return leave();
  const worked = dryRun || (await writeAll(planned, name, entry, surroundings));
  if (dryRun) leave();
  return worked && planned.length === chosen.length ? EXIT.ok : EXIT.toolError;
}
