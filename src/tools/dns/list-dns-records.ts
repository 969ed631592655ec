import * as z from 'zod';
import { recordName } from '../../inventory/dns/names.js';
import { externally } from './records.js';
import { RECORD_COLUMNS, recordRows } from '../../inventory/dns/zone-view.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor, Limit, ZoneRef } from '../params.js';
import { defineRead } from '../tool.js';
import { RecordName, RecordType } from './records.js';

/** A DKIM key is of use only whole. */
const WHOLE = 1200;

export const listDnsRecords = defineRead({
  name: 'list_dns_records',
  title: 'List DNS records',
  effect: 'read',
  toolset: 'dns',
  covers: ['listDnsRecords'],
  description: 'List the records of a DNS zone, all or by name, type or part of the value.',
  input: z.strictObject({
    zone: ZoneRef,
    name: RecordName.optional(),
    type: RecordType.optional(),
    query: z.string().max(200).optional().describe('Part of a name or value'),
    limit: Limit,
    cursor: Cursor,
  }),
  output: z.looseObject({
    zone: z.string(),
    ...TableOutput,
    zone_total: z.number().describe('Records of the zone, whatever was asked for'),
    warning: z.string().nullable(),
  }),

  async read({ inventory, signal }, { zone: reference, name, type, query, limit, cursor }) {
    const zone = await inventory.zones.find(reference, { signal });
    const records = await inventory.zones.records(zone, { signal });
    const at = name === undefined ? undefined : recordName(name, zone);
    const words = query?.toLowerCase();
    const rows = recordRows(
      records.filter(row => (at === undefined || row.name === at) && (!type || row.type === type.toUpperCase())),
    ).filter(([rowName, , value]) => !words || `${rowName} ${value}`.toLowerCase().includes(words));
    return {
      zone: zone.name,
      ...page(RECORD_COLUMNS, rows, { limit, cursor, key: ['records', zone.id, at, type, words], longest: WHOLE }),
      zone_total: records.length,
      warning: externally(zone)[0] ?? null,
    };
  },

  say: output => [
    ...(output.total === 0 && output.zone_total > 0
      ? [`No record of ${output.zone} matches; the zone has ${output.zone_total}.`]
      : tableWords(output, 'records', output.zone, WHOLE)),
    output.warning,
  ],
});
