import * as z from 'zod';
import type { Zone } from '../../client/api/dns.js';
import type { CallOptions } from '../../client/request.js';
import { recordName } from '../../inventory/dns/names.js';
import { rrsetOf } from '../../inventory/dns/rrsets.js';
import { readValue } from '../../inventory/dns/values.js';
import { ZoneRef } from '../params.js';
import { InputError } from '../../inventory/input-error.js';
import { plainDomain } from '../../inventory/zones.js';
import { defineChange, type ToolContext } from '../tool.js';
import { apply, planOf, RecordName, RecordType, say, undo, wantedOf, WrittenOutput } from './records.js';

export const setDnsRecords = defineChange({
  name: 'set_dns_records',
  title: 'Set DNS records',
  effect: 'update',
  mayAsk: true,
  settledBy: 'list_dns_records',
  toolset: 'dns',
  covers: ['createDnsRecord', 'updateDnsRecord'],
  partly: ['updateDynDns'],
  description:
    'Make DNS record sets of one zone exactly as given: adds, changes and deletes what differs. Other sets stay. To add to a set, pass keep_existing.',
  input: z.strictObject({
    zone: ZoneRef,
    records: z
      .array(
        z.strictObject({
          name: RecordName,
          type: RecordType,
          values: z
            .array(z.string().max(4500))
            .max(100)
            .describe('All of the set; MX: "10 mail.example.no"; none: delete it'),
          ttl: z.int().min(1).max(2_147_483_647).optional().describe('Seconds'),
        }),
      )
      .min(1)
      .max(100)
      .describe('One entry for each name and type'),
    keep_existing: z.boolean().optional().describe('Keep the other values of these sets'),
  }),
  output: WrittenOutput,

  async plan({ inventory, signal }, { zone: reference, records, keep_existing = false }) {
    const zone = await inventory.zones.find(reference, { signal });
    for (const { name } of records) await mustNotLieElsewhere(name, zone, inventory, { signal });
    const rows = await inventory.zones.records(zone, { signal });
    const sets = records.map(given => {
      const key = { name: recordName(given.name, zone), type: given.type.toUpperCase() };
      const values = given.values.map(value => readValue(key.type, value, { name: key.name, zone }));
      const kept = keep_existing ? (rrsetOf(rows, key)?.values ?? []) : [];
      return { ...key, ttl: given.ttl ?? null, values: [...new Set([...kept, ...values])] };
    });
    return planOf('Change', zone, wantedOf(sets, rows), rows);
  },

  undo,
  apply,
  say,
});

/** The full name of another zone's record would be added below this zone. @throws {InputError} with the right zone. */
async function mustNotLieElsewhere(
  name: string,
  zone: Zone,
  inventory: ToolContext['inventory'],
  options: CallOptions,
): Promise<void> {
  const plain = plainDomain(name);
  if (!plain.includes('.') || plain === zone.name || plain.endsWith(`.${zone.name}`)) return;
  const other = await inventory.zones.around(plain, options).catch((error: unknown) => {
    if (error instanceof InputError) return undefined;
    throw error;
  });
  if (other)
    throw new InputError(
      `${plain} lies in the zone ${other.name}, not in ${zone.name}. If it is meant there, call with zone ${other.name}; if not, write ${plain}.${zone.name}.`,
    );
}
