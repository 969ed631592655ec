import * as z from 'zod';
import { createDnsZone as create, createPtrZone } from '../../client/api/dns.js';
import { Upload } from '../../client/upload.js';
import { InputError } from '../../inventory/input-error.js';
import { plainDomain } from '../../inventory/zones.js';
import { readZoneFile, reverseOf } from '../../inventory/dns/zone-file.js';
import { defineChange } from '../tool.js';

const MOST_BYTES = 2_000_000;

export const createDnsZone = defineChange({
  name: 'create_dns_zone',
  title: 'Create a DNS zone',
  effect: 'create',
  settledBy: 'list_dns_zones',
  toolset: 'dns',
  covers: ['createPtrZone'],
  partly: ['createDnsZone'],
  description: 'Create a DNS zone: empty, with default records, from a zone file, or for reverse DNS (….in-addr.arpa).',
  input: z.strictObject({
    name: z.string().trim().min(3).max(253).describe('Such as example.no'),
    default_records: z.boolean().optional().describe('Those Gigahost usually puts in'),
    zone_file: z.string().max(MOST_BYTES).optional().describe('Text of a BIND zone file'),
  }),
  output: z.looseObject({
    zone: z.string(),
    id: z.string().nullable().describe('Null while Gigahost does not show it'),
    records: z.number().nullable(),
    nameservers: z.array(z.string()).describe('To be set at the registry, if the domain is to use them'),
    left_out: z.array(z.string()).describe('Records of the file that Gigahost did not take'),
  }),

  async plan({ inventory, signal }, { name: given, default_records, zone_file }) {
    const name = plainDomain(given);
    if (!/^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(name))
      throw new InputError(`"${given}" is not a domain such as example.no.`);
    if (!inventory.zones.holds({ name }))
      throw new InputError(`${name} would be out of reach here: the operator allows other zones (--only-zones).`);
    if (default_records && zone_file !== undefined)
      throw new InputError('Either default_records or zone_file, not both: a file says what the records are.');
    const reverse = reverseOf(name);
    if (reverse && (default_records || zone_file !== undefined))
      throw new InputError(
        `${name} is a zone for reverse DNS: it begins empty, without default records or a zone file.`,
      );
    const zones = await inventory.zones.list({ signal });
    if (zones.some(zone => zone.name === name))
      throw new InputError(`The zone ${name} is there already. list_dns_records shows it.`);
    const file = zone_file === undefined ? undefined : await readZoneFile(zone_file, name);
    return {
      what: `Create the DNS zone ${name}`,
      consequences: [
        file
          ? `The file has ${file.records.length} records.`
          : default_records
            ? 'It gets Gigahost’s default records.'
            : 'It begins without records of its own.',
        ...(file?.remarks ?? []),
        'A domain uses it only once its registry names Gigahost’s nameservers.',
      ],
      zone: name,
      name,
      state: { name, there: false },
      subject: { name, reverse, file },
    };
  },

  async apply({ client, inventory }, { subject: { name, reverse, file } }, { default_records, zone_file }) {
    if (reverse) await client.call(createPtrZone, { body: { ...reverse, zone_name: name } });
    else if (zone_file !== undefined)
      await client.call(create, {
        body: { zone_name: name, zone_file: new Upload(`${name}.zone`, new TextEncoder().encode(zone_file)) },
      });
    else await client.call(create, { body: { zone_name: name, create_default_records: default_records ?? false } });
    const zone = (await inventory.zones.list()).find(candidate => candidate.name === name);
    const records = zone ? await inventory.zones.records(zone) : [];
    return {
      zone: name,
      id: zone?.id ?? null,
      records: zone ? records.length : null,
      nameservers: records.flatMap(row => (row.type === 'NS' && row.name === '@' ? [plainDomain(row.value)] : [])),
      left_out: file && zone ? file.missingIn(records) : [],
    };
  },

  say: ({ zone, id, records, nameservers, left_out }) => [
    id === null
      ? `Gigahost accepted the zone ${zone} and does not show it yet. list_dns_zones shows it when it is there. Do not create it again.`
      : `The zone ${zone} is there, with ${records} records (its SOA and NS included).`,
    left_out.length > 0 && `Gigahost left out: ${left_out.join('; ')}. set_dns_records can add what it takes.`,
    nameservers.length > 0 &&
      `For the domain to use it, its registry has to name these nameservers: ${nameservers.join(', ')}.`,
  ],
});
