import * as z from 'zod';
import { ZONE_COLUMNS, zoneRow } from '../../inventory/dns/zone-view.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor, Limit } from '../params.js';
import { defineRead } from '../tool.js';

export const listDnsZones = defineRead({
  name: 'list_dns_zones',
  title: 'List DNS zones',
  effect: 'read',
  toolset: 'dns',
  covers: ['listDnsZones'],
  description: 'List the DNS zones: records, who serves them, registration and expiry.',
  input: z.strictObject({
    query: z.string().max(100).optional().describe('Part of a name'),
    limit: Limit,
    cursor: Cursor,
  }),
  output: z.looseObject(TableOutput),

  async read({ inventory, signal }, { query, limit, cursor }) {
    const wanted = query?.trim().toLowerCase() ?? '';
    const zones = (await inventory.zones.list({ signal })).filter(
      ({ name, displayName }) => name.includes(wanted) || (displayName?.toLowerCase().includes(wanted) ?? false),
    );
    return page(ZONE_COLUMNS, zones.map(zoneRow), { limit, cursor, key: ['zones', query] });
  },

  say: output => tableWords(output, 'DNS zones'),
});
