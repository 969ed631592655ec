import * as z from 'zod';
import { getWebhostingStats } from '../../client/api/webhosting.js';
import { GigahostError } from '../../client/errors.js';
import { hostingName, listHostings } from '../../inventory/hostings.js';
import { usageIn } from '../../inventory/hosting-usage.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor } from '../params.js';
import { defineRead } from '../tool.js';

const COLUMNS = ['domain', 'id', 'user', 'package', 'status', 'renews_on', 'disk', 'traffic'];
/** Usage is a request for each account. */
const MOST_USAGES = 20;

export const listWebhosting = defineRead({
  name: 'list_webhosting',
  title: 'List web hosting',
  effect: 'read',
  toolset: 'webhosting',
  covers: ['listWebhosting'],
  description: 'List the web hosting accounts with domain, package, status and usage.',
  input: z.strictObject({ cursor: Cursor }),
  output: z.looseObject({
    ...TableOutput,
    usage_left_out: z.number().describe('Accounts whose usage was not read: get_webhosting shows it'),
  }),

  async read(context, { cursor }) {
    const { client, signal } = context;
    const hostings = await listHostings(context, { signal });
    const rows = hostings.map(hosting => {
      const { id, username, status, renews_on } = hosting;
      return [hostingName(hosting), id, username, hosting.package, status, renews_on];
    });
    const table = page(COLUMNS.slice(0, 6), rows, { cursor, key: ['webhosting'], limit: 50 });
    const usages = await Promise.all(
      table.rows.map(async ([, id], index) => {
        if (index >= MOST_USAGES) return { disk: null, traffic: null };
        return client
          .call(getWebhostingStats, { params: { id: String(id) } }, { signal })
          .then(usageIn, unknownIfNotTold);
      }),
    );
    return {
      ...table,
      columns: COLUMNS,
      rows: table.rows.map((row, index) => [...row, usages[index]?.disk ?? null, usages[index]?.traffic ?? null]),
      usage_left_out: usages.filter(({ disk }) => disk === null).length,
    };
  },

  say: output => [
    ...tableWords(output, 'web hosting accounts'),
    output.usage_left_out > 0 &&
      `The usage of ${output.usage_left_out} of them was not read; get_webhosting shows one account in full.`,
  ],
});

/** The list is worth having without it. */
function unknownIfNotTold(error: unknown): { disk: null; traffic: null } {
  if (error instanceof GigahostError) return { disk: null, traffic: null };
  throw error;
}
