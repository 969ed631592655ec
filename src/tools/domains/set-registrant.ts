import * as z from 'zod';
import { changeDomainRegistrant } from '../../client/api/domains.js';
import { GigahostError } from '../../client/errors.js';
import { dayOf, registeredDomain, registrantOf } from '../../inventory/domains.js';
import { InputError } from '../../inventory/input-error.js';
import { defineChange } from '../tool.js';
import { APPLICANT, applicantAsks, applicantBody, applicantOf, applicantWords, PERSONAL } from './applicant.js';
import { DomainRef } from './params.js';

/** Whether a domain is held by this organisation. */
const isHeldBy = (now: { readonly identity: string | null }, number: string): boolean =>
  now.identity?.replace(/\D/g, '') === number;

export const setRegistrant = defineChange({
  name: 'set_registrant',
  title: 'Change the registrant',
  effect: 'purchase',
  settledBy: 'get_domain',
  toolset: 'domains',
  covers: ['changeDomainRegistrant'],
  description: 'Hand a domain over to another organisation or person: an order that also adds a year.',
  personal: PERSONAL,
  input: z.strictObject({ domain: DomainRef, ...APPLICANT }),
  output: z.looseObject({
    domain: z.string(),
    organization: z.string().nullable().describe('As read back; null for a person'),
    expires: z.string().nullable(),
  }),

  async plan(context, args) {
    const { client, inventory, signal } = context;
    const zone = await registeredDomain(inventory.zones, args.domain, { signal });
    const [now, organization] = await Promise.all([registrantOf(client, zone, { signal }), applicantOf(context, args)]);
    if (organization && isHeldBy(now, organization.number))
      throw new InputError(
        `${zone.name} belongs to ${organization.name} already. set_registrant_email changes its address.`,
      );
    return {
      what: `Hand the domain ${zone.name} over to ${organization?.name ?? 'another person'}`,
      consequences: [
        'It is an order, billed at once, and lengthens the registration by a year, every time. Gigahost’s API does not tell the price.',
        `It belongs to ${now.organization ?? 'a person'} now, and then to ${applicantWords(organization)}, who alone decides over it.`,
        'Saying yes accepts the registry’s declaration for applicants in the name of the new registrant.',
        `It expires on ${dayOf(zone)} now.`,
      ],
      zone: zone.name,
      name: zone.name,
      cost: null,
      asks: applicantAsks(organization),
      state: { id: zone.id, handle: now.handle, expires: zone.expires, organization: organization?.name ?? null },
      subject: { zone, handle: now.handle, organization },
    };
  },

  async apply({ client, inventory }, { subject: { zone, handle, organization } }, _args, filled) {
    const params = { zone_id: zone.id };
    const body = { ...applicantBody(organization, filled), agree_to_terms: true as const };
    await client.call(changeDomainRegistrant, { params, body }).catch(async (error: unknown) => {
      if (!(error instanceof GigahostError) || error.facts.changed === 'nothing') throw error;
      // A contact of another handle is the new one: the answer was lost, the change was not.
      const now = await registrantOf(client, zone).catch(() => Promise.reject(error));
      if (now.handle === null || now.handle === handle) throw error;
    });
    const [now, after] = await Promise.all([registrantOf(client, zone), inventory.zones.find(zone.id)]);
    return { domain: zone.name, organization: now.organization, expires: after.expires };
  },

  say: ({ domain, organization, expires }) =>
    `${domain} now belongs to ${organization ?? 'another person'}, until ${dayOf({ expires })}. get_domain shows the registrant.`,
});
