import * as z from 'zod';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor, Limit } from '../params.js';
import { defineRead } from '../tool.js';

const COLUMNS = ['id', 'asked_by', 'at', 'until', 'effect', 'tool', 'what', 'what_follows', 'cost', 'you'];
/** A plan is of use only whole. */
const LONGEST = 2000;

export const listPendingChanges = defineRead({
  name: 'list_pending_changes',
  title: 'List pending changes',
  effect: 'read',
  toolset: 'changes',
  fourEyes: true,
  description:
    'List the changes that wait for a second person and that the user may approve, or has asked for: who asked, when, what, what follows, until when.',
  input: z.strictObject({ limit: Limit, cursor: Cursor }),
  output: z.looseObject(TableOutput),

  async read({ waiting }, { limit, cursor }) {
    const rows = (await waiting.list()).map(({ change: { id, at, expires_at, attempt, consequences }, own }) => [
      id,
      attempt.principal,
      at,
      expires_at,
      attempt.effect,
      attempt.tool,
      attempt.what,
      consequences.join(' '),
      attempt.cost && `${attempt.cost.amount} ${attempt.cost.currency}`,
      own ? 'asked for it' : 'can approve it',
    ]);
    return page(COLUMNS, rows, { limit, cursor, key: ['pending'], longest: LONGEST });
  },

  say: output => tableWords(output, 'changes that wait for approval', undefined, LONGEST),
});
