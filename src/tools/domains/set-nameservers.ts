import * as z from 'zod';
import { setDomainNameservers } from '../../client/api/domains.js';
import { dsOf, nameserversIn, registeredDomain } from '../../inventory/domains.js';
import { InputError } from '../../inventory/input-error.js';
import { some } from '../../inventory/some.js';
import { defineChange } from '../tool.js';
import { DomainRef, Nameservers } from './params.js';

export const setNameservers = defineChange({
  name: 'set_nameservers',
  title: 'Set nameservers',
  effect: 'disrupt',
  settledBy: 'get_domain',
  toolset: 'domains',
  covers: ['setDomainNameservers'],
  description: 'Replace the nameservers of a domain. Wrong ones take it off the net.',
  input: z.strictObject({
    domain: DomainRef,
    nameservers: Nameservers.describe('All, two or more'),
  }),
  output: z.looseObject({
    domain: z.string(),
    nameservers: z.array(z.string()).describe('As read back'),
    previous_nameservers: z.array(z.string()),
    served_by: z.enum(['Gigahost', 'outside nameservers']),
  }),

  async plan({ client, inventory, lookup, signal }, { domain, nameservers }) {
    const zone = await registeredDomain(inventory.zones, domain, { signal });
    const wanted = nameservers.toSorted();
    const [records, ds] = await Promise.all([
      inventory.zones.records(zone, { signal }),
      dsOf(client, zone, { signal }),
    ]);
    const now = nameserversIn(records);
    if (now.join() === wanted.join()) throw new InputError(`${zone.name} has these nameservers already.`);
    const inside = wanted.filter(host => host.endsWith(`.${zone.name}`));
    const found = await Promise.all(wanted.map(async host => ({ host, addresses: await lookup(host) })));
    const silent = found.filter(({ addresses }) => addresses?.length === 0).map(({ host }) => host);
    return {
      what: `Set the nameservers of ${zone.name} to ${wanted.join(', ')}`,
      consequences: [
        `Now they are: ${some(now) || 'not shown by Gigahost'}.`,
        'From then on the world finds only what the new ones answer: have all records there first, or web sites and mail stop. It takes up to a day or two to be seen everywhere.',
        ds !== null &&
          'DNSSEC is on: unless the new ones sign with the same keys, the domain is not found at all. set_dnssec switches it off first; wait a day after that.',
        silent.length > 0 && `No address was found for ${silent.join(', ')}. Check the spelling.`,
        inside.length > 0 &&
          `${inside.join(', ')} ${inside.length === 1 ? 'lies' : 'lie'} in the domain itself, and Gigahost’s API takes no addresses (glue) for that.`,
      ].filter(line => line !== false),
      zone: zone.name,
      name: zone.name,
      state: { id: zone.id, now, dnssec: ds !== null },
      subject: { zone, wanted, now },
    };
  },

  undo: {
    before: ({ now }) => ({ nameservers: now.join(', ') }),
    after: ({ nameservers }) => ({ nameservers: nameservers.join(', ') }),
    arguments: ({ zone, now }) => (now.length < 2 ? undefined : { domain: zone.name, nameservers: now }),
  },

  async apply({ client, inventory }, { subject: { zone, wanted, now } }) {
    await client.call(setDomainNameservers, { params: { zone_id: zone.id }, body: { nameservers: wanted } });
    const [records, after] = await Promise.all([inventory.zones.records(zone), inventory.zones.find(zone.id)]);
    return {
      domain: zone.name,
      nameservers: nameserversIn(records),
      previous_nameservers: now,
      served_by: after.isExternal ? ('outside nameservers' as const) : ('Gigahost' as const),
    };
  },

  say: ({ domain, nameservers, previous_nameservers, served_by }) =>
    `Gigahost took the nameservers of ${domain}, and its zone now names ${some(nameservers) || 'none'} (before: ${some(previous_nameservers) || 'none'}). ${
      served_by === 'Gigahost'
        ? 'It is served by Gigahost: list_dns_records shows what is found.'
        : 'It is served elsewhere: records are changed there, those kept here have no effect.'
    }`,
});
