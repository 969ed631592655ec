import { openChanges, Refusal } from '../../clients/index.js';
import type { Change } from '../../clients/index.js';
import { EXIT } from '../exit.js';
import { askYes } from './ask.js';
import type { Surroundings } from './write.js';
import { ConfigError } from '../../config.js';
import { whyWords } from './why.js';

interface Undoing {
  /** As given by `--client`; undefined for every client. */
  readonly named: string | undefined;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** Takes back what setup wrote, the latest first, and says what became of each file; returns the exit code. */
export async function undoSetup(
  { named, yes, dryRun }: Undoing,
  { terminal, words, stateDir }: Surroundings,
): Promise<number> {
  const changes = openChanges(stateDir);
  const ids = named === undefined || named === 'all' ? undefined : named.split(',').map(name => name.trim());
  const made = (await changes.read()).filter(({ client }) => !ids || ids.includes(client)).reverse();
  if (made.length === 0) {
    terminal.print(words.nothingToUndo);
    return EXIT.ok;
  }
  for (const file of new Set(made.map(({ file }) => file))) terminal.print(words.undoes(file));
  if (!dryRun && !yes && !terminal.canAsk) throw new ConfigError(words.noTerminalToUndo);
  if (dryRun || (!yes && !(await askYes(words.undoQuestion, words.yes, words.no)))) {
    terminal.print(words.nothingDone);
    return EXIT.ok;
  }
  let worked = true;
  for (const change of made) {
    try {
      const { how } = await changes.undo(change);
      terminal.print(undoneWords(change, how));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      worked = false;
      terminal.complain(`${change.file}\n${whyWords(error.why, words.why)} ${words.leftAlone}`);
    }
  }
  return worked ? EXIT.ok : EXIT.toolError;

  function undoneWords({ file, name, backup }: Change, how: keyof typeof words.undone): string {
    return how === 'entry removed' ? words.undone[how](file, name, backup) : words.undone[how](file, name);
  }
}
