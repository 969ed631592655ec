import * as z from 'zod';
import { readWaitlist } from '../../inventory/waitlist.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor } from '../params.js';
import { defineRead } from '../tool.js';

const COLUMNS = ['entry', 'kind', 'plan', 'region', 'order', 'price', 'since'];

export const listWaitlist = defineRead({
  name: 'list_waitlist',
  title: 'List the waiting list',
  effect: 'read',
  toolset: 'deploy',
  covers: ['getWaitlist'],
  description: 'List sold-out servers that are reserved, and those an e-mail was asked for.',
  input: z.strictObject({ cursor: Cursor }),
  output: z.looseObject(TableOutput),

  async read({ client, signal }, { cursor }) {
    const rows = (await readWaitlist(client, { signal })).map(row => [
      row.id,
      row.kind,
      row.product,
      row.region,
      row.orderNumber,
      row.price,
      row.since,
    ]);
    return page(COLUMNS, rows, { cursor, key: ['waitlist'] });
  },

  say: output => [
    ...tableWords(output, 'entries on the waiting list'),
    output.total > 0 &&
      'Prices are as Gigahost gives them, of a month where billing is hourly, without VAT. A reservation is billed and built when there is a server; an alert is only an e-mail. cancel_waitlist_entry takes one off.',
  ],
});
