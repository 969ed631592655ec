import * as z from 'zod';
import { createDnsZone } from '../../client/api/dns.js';
import { InputError } from '../../inventory/input-error.js';
import { defineChange } from '../tool.js';
import { beforeArrival, settledByZone } from './arrival.js';
import { NoDomain } from './params.js';

const AuthCode = z
  .string()
  .trim()
  .refine(value => /^\S{1,200}$/.test(value), 'must be the code itself, without blanks');

export const transferDomain = defineChange({
  name: 'transfer_domain',
  title: 'Transfer a domain',
  effect: 'purchase',
  settledBy: 'check_domain',
  toolset: 'domains',
  partly: ['createDnsZone'],
  description: 'Move a .no domain from another registrar to Gigahost.',
  personal: ['auth_code'],
  input: z.strictObject({
    domain: NoDomain,
    auth_code: AuthCode.optional().describe('Transfer code from the present registrar'),
    keep_nameservers: z.boolean().default(true).describe('Or serve an empty zone here'),
  }),
  output: z.looseObject({
    domain: z.string(),
    zone_id: z.string().nullable().describe('Null while Gigahost does not show it'),
    status: z.string().nullable(),
    registered: z.boolean().describe('Whether it has arrived'),
  }),

  async plan(context, { domain, keep_nameservers }) {
    const { zone, available } = await beforeArrival(context, domain);
    if (available) throw new InputError(`${domain} is registered by nobody. register_domain buys it.`);
    if (zone)
      throw new InputError(
        `There is a DNS zone ${domain} here, and Gigahost makes the zone of a domain that is transferred itself. export_dns_zone gives a copy of it, then delete_dns_zone makes room.`,
      );
    return {
      what: `Transfer the domain ${domain} to Gigahost`,
      consequences: [
        'It is a purchase, billed at once. Gigahost’s API does not tell the price.',
        'The transfer code is used up by it. The transfer takes a while after that.',
        keep_nameservers
          ? 'The domain goes on being served as now.'
          : 'Gigahost serves it from an empty zone: web sites and mail stop until set_dns_records fills that.',
      ],
      zone: domain,
      name: domain,
      cost: null,
      asks: [{ name: 'auth_code', title: 'Transfer code of the present registrar', kind: 'secret', required: true }],
      state: { domain, available },
      subject: domain,
    };
  },

  async apply({ client, inventory }, { subject: domain }, { keep_nameservers }, _filled, secrets) {
    const body = {
      zone_name: domain,
      transfer_domain: true,
      auth_code: secrets['auth_code']?.reveal(),
      use_existing_ns: keep_nameservers,
    };
    const zone = await settledByZone(() => client.call(createDnsZone, { body }), inventory, domain);
    return {
      domain,
      zone_id: zone?.id ?? null,
      status: zone?.status ?? null,
      registered: zone?.isRegistered ?? false,
    };
  },

  say: ({ domain, status, registered }) =>
    registered
      ? `${domain} is transferred to Gigahost. get_domain shows it.`
      : `The transfer of ${domain} is under way${status === null ? '' : ` (status: ${status})`}. check_domain shows when it is here. Do not start it again.`,
});
