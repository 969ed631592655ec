import * as z from 'zod';
import { listAccountActivity } from '../../client/api/account-settings.js';
import { InputError } from '../../inventory/input-error.js';
import { Cursor, Limit } from '../params.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

export const listActivity = defineRead({
  name: 'list_activity',
  title: 'List account activity',
  effect: 'read',
  toolset: 'account',
  covers: ['listAccountActivity'],
  description: 'Show what users did in the account lately, sign-ins too, newest first.',
  input: z.strictObject({
    query: z.string().max(100).optional().describe('Part of a user or an entry'),
    limit: Limit,
    cursor: Cursor,
  }),
  output: z.looseObject(TableOutput),

  async read({ client, inventory, signal }, { query, limit, cursor }) {
    if (!inventory.whole)
      throw new InputError(
        'The activity log is about the whole account, and only part of it is within reach here (--only-servers, --only-zones).',
      );
    const entries = await client.call(listAccountActivity, {}, { signal });
    const wanted = query?.trim().toLowerCase() ?? '';
    const rows = entries
      .filter(({ user, login, entry }) => [user, login, entry].join(' ').toLowerCase().includes(wanted))
      .toSorted((a, b) => (b.at ?? '').localeCompare(a.at ?? ''))
      .map(({ at, user, login, entry }) => [at, user, login, entry]);
    return page(['at', 'user', 'login', 'entry'], rows, { limit, cursor, key: ['activity', query] });
  },

  say: output => tableWords(output, 'entries'),
});
