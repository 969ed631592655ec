import * as z from 'zod';
import { setDomainAutoRenew } from '../../client/api/domains.js';
import { dayOf, registeredDomain } from '../../inventory/domains.js';
import { InputError } from '../../inventory/input-error.js';
import { defineChange } from '../tool.js';
import { DomainRef } from './params.js';

export const setAutoRenew = defineChange({
  name: 'set_auto_renew',
  title: 'Switch automatic renewal',
  effect: 'update',
  mayAsk: true,
  settledBy: 'get_domain',
  toolset: 'domains',
  covers: ['setDomainAutoRenew'],
  description: 'Switch automatic renewal of a domain: on, it is billed; off, the domain lapses when it expires.',
  input: z.strictObject({ domain: DomainRef, enabled: z.boolean().describe('False: it lapses when it expires') }),
  output: z.looseObject({
    domain: z.string(),
    auto_renew: z.boolean().nullable().describe('As read back'),
    expires: z.string().nullable(),
  }),

  async plan({ inventory, signal }, { domain, enabled }) {
    const zone = await registeredDomain(inventory.zones, domain, { signal });
    if (zone.autoRenew === enabled)
      throw new InputError(
        `Automatic renewal of ${zone.name} is ${enabled ? 'on' : 'off'} already. It expires on ${dayOf(zone)}.`,
      );
    return {
      what: `Switch automatic renewal of ${zone.name} ${enabled ? 'on' : 'off'}`,
      consequences: enabled
        ? [
            `It is then renewed around ${dayOf(zone)}, and billed for another year then and every year after.`,
            'Gigahost’s API does not tell the price.',
          ]
        : [
            `The domain lapses on ${dayOf(zone)}: web sites and mail under it stop, and anybody can register it after that.`,
            'Nothing changes before that day.',
          ],
      zone: zone.name,
      name: zone.name,
      effect: enabled ? ('purchase' as const) : ('destroy' as const),
      ...(enabled && { cost: null }),
      state: { id: zone.id, auto_renew: zone.autoRenew, expires: zone.expires },
      subject: zone,
    };
  },

  undo: {
    before: ({ autoRenew }) => ({ auto_renew: autoRenew }),
    after: ({ auto_renew }) => ({ auto_renew }),
    arguments: ({ name, autoRenew }) => (autoRenew === null ? undefined : { domain: name, enabled: autoRenew }),
  },

  async apply({ client, inventory }, { subject }, { enabled }) {
    await client.call(setDomainAutoRenew, {
      params: { zone_id: subject.id },
      body: { auto_renew: enabled ? 1 : 0 },
    });
    const now = await inventory.zones.find(subject.id);
    return { domain: now.name, auto_renew: now.autoRenew, expires: now.expires };
  },

  say: ({ domain, auto_renew, expires }) => {
    const day = dayOf({ expires });
    if (auto_renew === null)
      return `Gigahost accepted it and does not tell whether ${domain} is renewed by itself now.`;
    return auto_renew
      ? `${domain} is renewed by itself from now on; it would expire on ${day}.`
      : `${domain} is no longer renewed by itself, and lapses on ${day}.`;
  },
});
