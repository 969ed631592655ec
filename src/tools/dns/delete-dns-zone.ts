import * as z from 'zod';
import { deleteDnsZone as remove } from '../../client/api/dns.js';
import { externally } from './records.js';
import { InputError } from '../../inventory/input-error.js';
import { ZoneRef } from '../params.js';
import { defineChange } from '../tool.js';

export const deleteDnsZone = defineChange({
  name: 'delete_dns_zone',
  title: 'Delete a DNS zone',
  effect: 'destroy',
  settledBy: 'list_dns_zones',
  toolset: 'dns',
  covers: ['deleteDnsZone'],
  description: 'Delete a DNS zone with all its records.',
  input: z.strictObject({ zone: ZoneRef }),
  output: z.looseObject({ zone: z.string(), gone: z.boolean().describe('False while Gigahost still lists it') }),

  async plan({ inventory, signal }, { zone: reference }) {
    const zone = await inventory.zones.find(reference, { signal });
    if (zone.isProtected)
      throw new InputError(
        `${zone.name} is a domain that is registered through Gigahost, and such a zone cannot be deleted. delete_dns_records empties it.`,
      );
    const records = await inventory.zones.records(zone, { signal });
    return {
      what: `Delete the DNS zone ${zone.name}`,
      consequences: [
        `All its ${records.length} records are lost: ${countOf(records.map(({ type }) => type))}.`,
        zone.isExternal
          ? (externally(zone)[0] ?? '')
          : 'Whatever is found by names in it (web sites, mail, servers) is no longer found.',
        'export_dns_zone gives a copy to keep first.',
      ],
      zone: zone.name,
      name: zone.name,
      state: { id: zone.id, records: records.map(({ id }) => id) },
      subject: zone,
    };
  },

  async apply({ client, inventory }, { subject }) {
    await client.call(remove, { params: { zone_id: subject.id } });
    const zones = await inventory.zones.list();
    return { zone: subject.name, gone: !zones.some(({ id }) => id === subject.id) };
  },

  say: ({ zone, gone }) =>
    gone
      ? `The zone ${zone} is deleted.`
      : `Gigahost accepted the deletion of ${zone} and still lists it. Look again with list_dns_zones.`,
});

function countOf(types: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${count} ${type}`).join(', ');
}
