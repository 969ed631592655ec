import * as z from 'zod';
import { recordName } from '../../inventory/dns/names.js';
import { rrsetOf } from '../../inventory/dns/rrsets.js';
import { readValue, shownValue } from '../../inventory/dns/values.js';
import { InputError } from '../../inventory/input-error.js';
import { some } from '../../inventory/some.js';
import { ZoneRef } from '../params.js';
import { defineChange } from '../tool.js';
import { apply, planOf, RecordName, RecordType, say, undo, wantedOf, WrittenOutput } from './records.js';
import { setDnsRecords } from './set-dns-records.js';

export const deleteDnsRecords = defineChange({
  name: 'delete_dns_records',
  title: 'Delete DNS records',
  effect: 'destroy',
  settledBy: 'list_dns_records',
  toolset: 'dns',
  covers: ['deleteDnsRecord'],
  description: 'Delete DNS records of one zone: the values given, or the whole set of a name and type.',
  input: z.strictObject({
    zone: ZoneRef,
    records: z
      .array(
        z.strictObject({
          name: RecordName,
          type: RecordType,
          values: z.array(z.string().max(4500)).min(1).max(100).optional().describe('Default: all of the set'),
        }),
      )
      .min(1)
      .max(100),
  }),
  output: WrittenOutput,

  async plan({ inventory, signal }, { zone: reference, records }) {
    const zone = await inventory.zones.find(reference, { signal });
    const rows = await inventory.zones.records(zone, { signal });
    const sets = records.map(({ name: given, type: givenType, values }) => {
      const key = { name: recordName(given, zone), type: givenType.toUpperCase() };
      const there = rrsetOf(rows, key);
      if (!there) {
        const others = rows.filter(row => row.name === key.name).map(row => `${row.type} ${shownValue(row)}`);
        throw new InputError(
          `${zone.name} has no ${key.type} record at ${key.name}. At that name there is: ${some(others) || 'nothing'}.`,
        );
      }
      const gone = values?.map(value => readValue(key.type, value, { name: key.name, zone })) ?? there.values;
      const missing = gone.find(value => !there.values.includes(value));
      if (missing !== undefined)
        throw new InputError(
          `${key.type} ${key.name} in ${zone.name} has no value ${missing}. It has: ${some(there.values)}.`,
        );
      return { ...key, ttl: null, values: there.values.filter(value => !gone.includes(value)) };
    });
    const plan = planOf('Delete', zone, wantedOf(sets, rows), rows);
    return { ...plan, effect: 'destroy' };
  },

  undo: { ...undo, by: setDnsRecords },
  apply,
  say,
});
