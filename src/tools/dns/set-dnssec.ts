import * as z from 'zod';
import { setDnssec as set } from '../../client/api/dnssec.js';
import { dsOf } from '../../inventory/domains.js';
import { InputError } from '../../inventory/input-error.js';
import { ZoneRef } from '../params.js';
import { defineChange } from '../tool.js';
import { whenFree } from './when-free.js';

const ELSEWHERE =
  'It is served elsewhere: whoever signs it there gives the DS records, and set_ds_records hands them in to the registry.';

export const setDnssec = defineChange({
  name: 'set_dnssec',
  title: 'Switch DNSSEC',
  effect: 'disrupt',
  settledBy: 'list_dns_zones',
  toolset: 'dns',
  covers: ['setDnssec'],
  description: 'Switch DNSSEC of a domain registered through Gigahost on or off.',
  input: z.strictObject({ zone: ZoneRef, enabled: z.boolean().describe('True: on') }),
  output: z.looseObject({
    zone: z.string(),
    enabled: z.boolean().describe('As read back'),
    ds_records: z.string().nullable(),
    next_step: z.string().optional(),
  }),

  async plan(context, { zone: reference, enabled }) {
    const zone = await context.inventory.zones.find(reference, { signal: context.signal });
    if (!zone.isRegistered)
      throw new InputError(`${zone.name} is not registered through Gigahost, which signs only domains that are.`);
    const ds = await dsOf(context.client, zone, { signal: context.signal });
    if (enabled === (ds !== null))
      throw new InputError(
        `DNSSEC of ${zone.name} is ${enabled ? 'on' : 'off'} already.${ds === null ? '' : zone.isExternal ? ` ${ELSEWHERE}` : ` DS: ${ds}.`}`,
      );
    return {
      what: `Switch DNSSEC of ${zone.name} ${enabled ? 'on' : 'off'}`,
      consequences: [
        enabled
          ? zone.isExternal
            ? 'The domain is served elsewhere: Gigahost only notes it, and its DS records have to be given by whoever serves it.'
            : 'Gigahost makes keys, signs the zone and sends the DS record to the registry.'
          : 'Signatures and the DS record go. Until resolvers have forgotten the old DS record, some may not find the domain.',
        ...(enabled ? [] : ['Switching it on again makes new keys.']),
      ],
      zone: zone.name,
      zoneId: zone.id,
      name: zone.name,
      state: { id: zone.id, ds },
      subject: zone,
    };
  },

  async apply(context, { subject }, { enabled }) {
    const send = () => context.client.call(set, { params: { zone_id: subject.id }, body: { enable: enabled ? 1 : 0 } });
    await whenFree(send, async () => ((await dsOf(context.client, subject)) !== null) === enabled);
    const ds = await dsOf(context.client, subject);
    // Of one that is served elsewhere Gigahost gives instructions in place of a record.
    return {
      zone: subject.name,
      enabled: ds !== null,
      ds_records: subject.isExternal ? null : ds,
      ...(subject.isExternal && ds !== null && { next_step: ELSEWHERE }),
    };
  },

  say: ({ zone, enabled, ds_records, next_step }) => [
    `DNSSEC of ${zone} is ${enabled ? 'on' : 'off'}, as read back.`,
    ds_records !== null && { facts: [['DS', ds_records]] },
    next_step,
  ],
});
