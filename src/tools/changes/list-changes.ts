import * as z from 'zod';
import { CHANGE_COLUMNS, changeRow, keepingTo } from '../../guard/change-rows.js';
import { plainDomain } from '../../inventory/zones.js';
import { Cursor, Limit, ServerRef, ZoneRef } from '../params.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

export const listChanges = defineRead({
  name: 'list_changes',
  title: 'List changes',
  effect: 'read',
  toolset: 'changes',
  description:
    'List the changes made, refused or declined through this server, newest first, with who, what, the outcome, and whether undo_change can take them back.',
  input: z.strictObject({
    server: ServerRef.optional().describe('Only what concerns this server: id, name, label or hostname'),
    zone: ZoneRef.optional().describe('Only what concerns this DNS zone'),
    tool: z.string().trim().min(1).max(60).optional().describe('Only this tool'),
    since: z.iso
      .datetime({ offset: true, error: 'is not an ISO 8601 time such as 2026-11-26T08:00:00Z' })
      .optional()
      .describe('Only from this time on, ISO 8601'),
    limit: Limit,
    cursor: Cursor,
  }),
  output: z.looseObject(TableOutput),

  async read({ journal }, { server, zone, tool, since, limit, cursor }) {
    const wanted = { server, tool, since, ...(zone !== undefined && { zone: plainDomain(zone) }) };
    const entries = keepingTo(await journal.read(), wanted);
    return page(CHANGE_COLUMNS, entries.map(changeRow), { limit, cursor, key: ['changes', wanted] });
  },

  say: output => tableWords(output, 'changes'),
});
