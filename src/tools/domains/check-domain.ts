import * as z from 'zod';
import { checkDomainAvailability } from '../../client/api/domains.js';
import { dayOf } from '../../inventory/domains.js';
import { defineRead } from '../tool.js';
import { NoDomain } from './params.js';

export const checkDomain = defineRead({
  name: 'check_domain',
  title: 'Check a domain',
  effect: 'read',
  toolset: 'domains',
  covers: ['checkDomainAvailability'],
  description: 'Check whether a .no domain is free, or in this account already.',
  input: z.strictObject({ domain: NoDomain }),
  output: z.looseObject({
    domain: z.string(),
    available: z.boolean().nullable().describe('Null where Gigahost does not say'),
    reason: z.string().nullable(),
    in_account: z.enum(['registered', 'pending', 'zone only', 'no']),
    expires: z.string().nullable(),
  }),

  async read({ client, inventory, signal }, { domain }) {
    const [{ available, reason }, zones] = await Promise.all([
      client.call(checkDomainAvailability, { params: { domain } }, { signal }),
      inventory.zones.list({ signal }),
    ]);
    const zone = zones.find(({ name }) => name === domain);
    const in_account = !zone
      ? ('no' as const)
      : zone.isRegistered
        ? ('registered' as const)
        : zone.status === null
          ? ('zone only' as const)
          : ('pending' as const);
    return { domain, available, reason, in_account, expires: zone?.isRegistered ? dayOf(zone) : null };
  },

  say: ({ domain, available, reason, in_account, expires }) => {
    if (in_account === 'registered')
      return `${domain} is registered in this account, until ${expires}. get_domain shows more.`;
    if (in_account === 'pending') return `${domain} is on its way into this account. get_domain shows when it is here.`;
    const here = in_account === 'zone only' ? ' Its DNS zone is in this account, its registration is not.' : '';
    if (available === null) return `Gigahost does not say whether ${domain} is free.${here}`;
    if (available) return `${domain} is free.${here} register_domain buys it.`;
    return `${domain} is taken${reason === null ? '' : ` (Gigahost says: "${reason}")`}.${here} transfer_domain moves a domain here that the person holds elsewhere.`;
  },
});
