import * as z from 'zod';
import type { Entry } from '../../guard/journal.js';
import { InputError } from '../../inventory/input-error.js';
import { defineRelay } from '../tool.js';

export const undoChange = defineRelay({
  name: 'undo_change',
  title: 'Undo a change',
  effect: 'update',
  toolset: 'changes',
  description:
    'Take back one change made through this server, where list_changes says that it can be. Refused, with the difference, where it was changed again since.',
  input: z.strictObject({
    change: z
      .string()
      .trim()
      .min(1)
      .max(40)
      .optional()
      .describe('id from list_changes; default: the last one that still stands'),
  }),
  output: z.looseObject({ undone: z.string().optional().describe('id of the change that was taken back') }),

  async relay({ journal, toolNamed }, { change }) {
    if (!journal.on)
      throw new InputError('The operator switched the journal off (--journal off), so there is nothing to undo from.');
    const entries = await journal.read();
    const undoneBy = (id: string): Entry | undefined =>
      entries.find(({ undoes, outcome, id: by }) => undoes === id && outcome === 'applied' && !undoneBy(by));
    const entry =
      change === undefined
        ? entries.find(
            candidate => candidate.outcome === 'applied' && candidate.undoes === null && !undoneBy(candidate.id),
          )
        : byId(entries, change);
    if (!entry) throw new InputError('No change that still stands was made through this server.');
    const by = undoneBy(entry.id);
    if (by) throw new InputError(`The change ${entry.id} was already undone, by ${by.id} at ${by.at}.`);
    if (entry.outcome !== 'applied')
      throw new InputError(`The change ${entry.id} (${entry.what}) was not applied; its outcome is: ${entry.outcome}.`);
    if (!entry.undo) throw new InputError(`${entry.what}: this cannot be undone (change ${entry.id}).`);
    if (entry.after === null)
      throw new InputError(
        `What the change ${entry.id} (${entry.what}) left was not read back, so it cannot be told whether it still stands.`,
      );
    const tool = toolNamed(entry.undo.tool);
    if (!tool || !('plan' in tool))
      throw new InputError(`${entry.undo.tool}, which would take it back, is switched off here.`);
    const about = entry.server?.id ?? entry.zone;
    return { tool, arguments: entry.undo.arguments, undoes: { id: entry.id, left: entry.after, about } };
  },
});

function byId(entries: readonly Entry[], id: string): Entry {
  const found = entries.find(entry => entry.id === id);
  if (found) return found;
  throw new InputError(`There is no change ${id} on record. list_changes shows those there are.`);
}
