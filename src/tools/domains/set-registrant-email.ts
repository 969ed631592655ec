import * as z from 'zod';
import { setRegistrantEmail as set } from '../../client/api/domains.js';
import { registeredDomain, registrantOf } from '../../inventory/domains.js';
import { defineChange } from '../tool.js';
import { APPLICANT } from './applicant.js';
import { DomainRef } from './params.js';

export const setRegistrantEmail = defineChange({
  name: 'set_registrant_email',
  title: 'Set the registrant’s e-mail',
  /** Whoever reads that address can take the domain over: a person has to agree, as with what disrupts. */
  effect: 'disrupt',
  settledBy: 'get_domain',
  toolset: 'domains',
  covers: ['setRegistrantEmail'],
  description: 'Set the registrant’s e-mail address of a domain.',
  personal: ['email'],
  input: z.strictObject({
    domain: DomainRef,
    email: APPLICANT.email,
    protect: z.boolean().default(false).describe('Publish a random forwarding address'),
  }),
  output: z.looseObject({ domain: z.string(), protected: z.boolean().nullable().describe('Null if not told') }),

  async plan({ client, inventory, signal }, { domain, protect }) {
    const zone = await registeredDomain(inventory.zones, domain, { signal });
    const now = await registrantOf(client, zone, { signal });
    return {
      what: `Set the registrant’s e-mail address of ${zone.name}`,
      consequences: [
        'What the registry sends goes there, codes for moving the domain away included: whoever reads it can take the domain over.',
        protect
          ? 'The public sees a random forwarding address instead of it, another one every time.'
          : 'The public can see it.',
      ],
      zone: zone.name,
      name: zone.name,
      asks: [{ name: 'email', title: 'New e-mail address of the registrant', kind: 'email', required: true }],
      state: { id: zone.id, handle: now.handle, protect },
      subject: zone,
    };
  },

  async apply({ client }, { subject }, { protect }, { email = '' }) {
    const done = await client.call(set, {
      params: { zone_id: subject.id },
      body: { email, enable_protection: protect },
    });
    return { domain: subject.name, protected: done.protected };
  },

  say: ({ domain, protected: hidden }) =>
    `The registrant’s e-mail address of ${domain} is set${hidden ? ', behind a forwarding address' : ''}. get_domain shows what is published.`,
});
