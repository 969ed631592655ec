import * as z from 'zod';
import { InputError } from '../../inventory/input-error.js';
import { defineRelay } from '../tool.js';
import { PendingId } from './pending-id.js';

export const approveChange = defineRelay({
  name: 'approve_change',
  title: 'Approve a change',
  effect: 'purchase',
  toolset: 'changes',
  fourEyes: true,
  description:
    'Carry out a change that somebody else asked for and that waits for a second person. The user is asked first; refused where the state changed since.',
  input: z.strictObject({ id: PendingId }),
  output: z.looseObject({ requested_by: z.string().optional() }),

  async relay(context, { id }) {
    const { change, own } = await context.waiting.find(id);
    if (own)
      throw new InputError(
        `${change.attempt.what}: it was asked for by the same person, and takes a second one. list_pending_changes shows it to whoever may approve it.`,
      );
    const { tool: name, arguments: args, undoes } = change.call;
    const tool = context.tools.find(known => known.tool.name === name && known.barred === undefined)?.tool;
    if (!tool) throw new InputError(`${name}, which would do it, is switched off here.`);
    if ('relay' in tool) return { ...(await tool.relay(context, args)), approves: change };
    return { tool, arguments: args, approves: change, ...(undoes && { undoes }) };
  },
});
