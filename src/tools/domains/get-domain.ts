import * as z from 'zod';
import { dsOf, externalDsOf, nameserversIn, registrantOf } from '../../inventory/domains.js';
import { partly } from '../../inventory/partly.js';
import { few } from '../../words/fit.js';
import { defineRead } from '../tool.js';
import { DomainRef } from './params.js';

export const getDomain = defineRead({
  name: 'get_domain',
  title: 'Show a domain',
  effect: 'read',
  toolset: 'domains',
  covers: ['getDomainRegistrant', 'getDsRecords', 'getExternalDsRecords'],
  description: 'Show a domain of the account: registration, expiry, renewal, registrant, nameservers and DNSSEC.',
  input: z.strictObject({ domain: DomainRef }),
  output: z.looseObject({
    domain: z.string(),
    id: z.string(),
    registered: z.boolean().describe('Through Gigahost'),
    status: z.string().nullable(),
    registrar: z.string().nullable(),
    expires: z.string().nullable(),
    auto_renew: z.boolean().nullable(),
    registrant: z
      .looseObject({
        type: z.string().nullable(),
        name: z.string().nullable(),
        organization: z.string().nullable(),
        email: z.string().nullable(),
      })
      .nullable(),
    served_by: z.enum(['Gigahost', 'outside nameservers']),
    nameservers: z.array(z.string()).nullable(),
    dnssec: z.boolean().nullable(),
    ds_records: z.array(z.string()).nullable(),
    not_read: z.array(z.string()),
  }),

  async read({ client, inventory, signal }, { domain }) {
    const zone = await inventory.zones.find(domain, { signal });
    const { isRegistered, isExternal } = zone;
    const { found, not_read } = await partly(
      {
        nameservers: inventory.zones.records(zone, { signal }).then(nameserversIn),
        ...(isRegistered && { registrant: registrantOf(client, zone, { signal }), dnssec: dnssecOf() }),
      },
      { orNone: true },
    );
    const { registrant = null, dnssec = null } = found;
    return {
      domain: zone.name,
      id: zone.id,
      registered: isRegistered,
      status: zone.status,
      registrar: zone.registrar,
      expires: zone.expires,
      auto_renew: isRegistered ? zone.autoRenew : null,
      registrant: registrant && {
        type: registrant.type,
        name: registrant.name,
        organization: registrant.organization,
        email: registrant.email,
      },
      served_by: isExternal ? ('outside nameservers' as const) : ('Gigahost' as const),
      nameservers: found.nameservers && few(found.nameservers),
      dnssec: dnssec && dnssec.on,
      ds_records: dnssec && few(dnssec.records),
      not_read: [...not_read],
    };

    async function dnssecOf() {
      const [ds, external] = await Promise.all([
        dsOf(client, zone, { signal }),
        isExternal ? externalDsOf(client, zone, { signal }) : [],
      ]);
      return { on: ds !== null, records: isExternal ? external : ds === null ? [] : [ds] };
    }
  },

  say: output => [
    {
      facts: [
        ['domain', output.domain],
        ['zone id', output.id],
        ['registered through Gigahost', output.registered],
        ['status', output.status],
        ['registrar', output.registrar],
        ['expires', output.expires],
        ['auto-renew', output.auto_renew],
        ['registrant', registrantWords(output.registrant)],
        ['registrant e-mail', output.registrant?.email],
        ['served by', output.served_by],
        ['nameservers', output.nameservers?.join(', ')],
        ['DNSSEC', output.dnssec === null ? null : output.dnssec ? 'on' : 'off'],
        ['DS', output.ds_records?.join('; ')],
      ],
    },
    output.registered &&
      output.auto_renew === false &&
      `It lapses when it expires, unless set_auto_renew switches renewal on.`,
    output.not_read.length > 0 && `Not read: ${output.not_read.join(', ')}. That does not mean that there is none.`,
  ],
});

const registrantWords = (who: { name: string | null; organization: string | null } | null): string | null =>
  who && [...new Set([who.organization, who.name].filter(Boolean))].join(', ');
