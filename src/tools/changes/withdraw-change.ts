import * as z from 'zod';
import { defineChange } from '../tool.js';
import { PendingId } from './pending-id.js';

export const withdrawChange = defineChange({
  name: 'withdraw_change',
  title: 'Withdraw a change',
  effect: 'update',
  settledBy: 'list_pending_changes',
  toolset: 'changes',
  fourEyes: true,
  description:
    'Take a change that waits for a second person off the list, so that it is not carried out: by whoever asked for it, or may approve it.',
  input: z.strictObject({ id: PendingId }),
  output: z.looseObject({ withdrawn: z.string(), what: z.string(), requested_by: z.string() }),

  async plan({ waiting }, { id }) {
    const { change } = await waiting.find(id);
    const { what, principal, server, zone, zone_id } = change.attempt;
    return {
      what: `Withdraw the pending change ${change.id} of ${principal} (${what})`,
      consequences: [],
      name: change.id,
      ...(server && { server }),
      ...(zone !== null && { zone }),
      ...(zone_id !== null && { zoneId: zone_id }),
      state: { id: change.id },
      subject: change,
    };
  },

  async apply({ waiting }, { subject: change }) {
    await waiting.withdraw(change);
    return { withdrawn: change.id, what: change.attempt.what, requested_by: change.attempt.principal };
  },

  say: ({ withdrawn, what, requested_by }) =>
    `The change ${withdrawn} that ${requested_by} asked for is withdrawn and will not be carried out: ${what}.`,
});
