import * as z from 'zod';
import { cancelWaitlistEntry as cancel } from '../../client/api/deploy.js';
import { theOne } from '../../inventory/the-one.js';
import { readWaitlist, type Waiting } from '../../inventory/waitlist.js';
import { relative } from '../../words/text.js';
import { defineChange } from '../tool.js';

const nameOf = ({ kind, product, region }: Waiting): string =>
  `the ${kind === 'alert' ? 'stock alert' : 'reservation'} of ${product}${region ? ` in ${region}` : ''}`;

export const cancelWaitlistEntry = defineChange({
  name: 'cancel_waitlist_entry',
  title: 'Leave the waiting list',
  effect: 'disrupt',
  settledBy: 'list_waitlist',
  toolset: 'deploy',
  covers: ['cancelWaitlistEntry'],
  description: 'Cancel a reservation or a stock alert.',
  input: z.strictObject({
    entry: z.string().trim().min(1).max(200).describe('From list_waitlist, or the plan’s name'),
  }),
  output: z.looseObject({
    entry: z.string(),
    what: z.string(),
    still_listed: z.boolean(),
    remaining: z.number(),
  }),

  async plan({ client, signal }, { entry }) {
    const all = await readWaitlist(client, { signal });
    const found = theOne(entry, all, {
      nouns: ['entry of the waiting list', 'entries of the waiting list'],
      idOf: ({ id }) => id,
      namesOf: ({ product, orderNumber, body }) => [product, orderNumber, ...Object.values(body)],
    });
    return {
      what: `Cancel ${nameOf(found)} (${found.id})`,
      consequences: [
        ...(found.since ? [`Its place in the queue, from ${relative(found.since)}, is lost.`] : []),
        found.kind === 'alert'
          ? 'No e-mail comes when there is one again.'
          : 'It is not ordered and not billed when there is one again.',
      ],
      name: found.product,
      state: found,
      subject: found,
    };
  },

  async apply({ client }, { subject }) {
    await client.call(cancel, { body: subject.body });
    const left = await readWaitlist(client);
    return {
      entry: subject.id,
      what: nameOf(subject),
      still_listed: left.some(({ id }) => id === subject.id),
      remaining: left.filter(({ id }) => id !== subject.id).length,
    };
  },

  say: ({ what, still_listed, remaining }) =>
    still_listed
      ? `Gigahost accepted cancelling ${what}, but still lists it. Look again with list_waitlist.`
      : `Cancelled: ${what}. ${remaining || 'Nothing'} remain${remaining > 1 ? '' : 's'} on the waiting list.`,
});
