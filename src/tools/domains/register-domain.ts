import * as z from 'zod';
import { registerDomain as register } from '../../client/api/domains.js';
import { InputError } from '../../inventory/input-error.js';
import { defineChange } from '../tool.js';
import { APPLICANT, applicantAsks, applicantBody, applicantOf, applicantWords, PERSONAL } from './applicant.js';
import { beforeArrival, settledByZone } from './arrival.js';
import { Nameservers, NoDomain } from './params.js';

export const registerDomain = defineChange({
  name: 'register_domain',
  title: 'Register a domain',
  effect: 'purchase',
  settledBy: 'check_domain',
  toolset: 'domains',
  covers: ['registerDomain', 'lookupOrganization'],
  description: 'Buy a .no domain for an organisation or a person. Binding.',
  personal: PERSONAL,
  input: z.strictObject({
    domain: NoDomain,
    ...APPLICANT,
    nameservers: Nameservers.optional().describe('Default: Gigahost’s'),
  }),
  output: z.looseObject({
    domain: z.string(),
    zone_id: z.string().nullable().describe('Null while Gigahost does not show it'),
    expires: z.string().nullable(),
    auto_renew: z.boolean().nullable(),
  }),

  async plan(context, args) {
    const { domain } = args;
    const { zone, available } = await beforeArrival(context, domain);
    if (available === false)
      throw new InputError(`${domain} is taken. transfer_domain moves it here, if the person holds it elsewhere.`);
    const organization = await applicantOf(context, args);
    const { nameservers } = args;
    return {
      what: `Register the domain ${domain}`,
      consequences: [
        'It is a binding purchase, billed at once, and cannot be given back. Gigahost’s API does not tell the price.',
        `It belongs to ${applicantWords(organization)}, who gets a confirmation by e-mail.`,
        available === null && 'Gigahost does not say whether it is free.',
        zone && 'Its DNS zone is here already and becomes the one of the domain.',
        nameservers
          ? `It is served by ${nameservers.join(', ')}, which have to answer for it already.`
          : 'It is served by Gigahost.',
      ].filter(line => typeof line === 'string'),
      zone: domain,
      name: domain,
      cost: null,
      asks: applicantAsks(organization),
      state: { domain, zone: zone?.id ?? null, organization: organization?.name ?? null, available },
      subject: { domain, organization, nameservers },
    };
  },

  async apply({ client, inventory }, { subject: { domain, organization, nameservers } }, _args, filled) {
    const body = {
      domain_name: domain,
      ...applicantBody(organization, filled),
      ...(!organization && { first_name: filled['first_name'], last_name: filled['last_name'] }),
      ...(nameservers ? { use_gigahost_ns: false, nameservers } : { use_gigahost_ns: true }),
    };
    const zone = await settledByZone(() => client.call(register, { body }), inventory, domain);
    return {
      domain,
      zone_id: zone?.id ?? null,
      expires: zone?.expires ?? null,
      auto_renew: zone?.autoRenew ?? null,
    };
  },

  say: ({ domain, zone_id, expires, auto_renew }) =>
    zone_id === null
      ? `Gigahost accepted the registration of ${domain} and does not show it yet. check_domain shows when it is here. Do not register it again.`
      : `${domain} is registered${expires === null ? '' : `, until ${expires.slice(0, 10)}`}${auto_renew === null ? '' : `, and automatic renewal is ${auto_renew ? 'on' : 'off'}`}. set_dns_records fills its zone.`,
});
