import * as z from 'zod';
import { createRedirect, deleteRedirect, updateRedirect } from '../../client/api/redirects.js';
import { fullName, recordName } from '../../inventory/dns/names.js';
import { redirectsOf, sameUrl } from '../../inventory/dns/redirects.js';
import { setInWords, rrsetOf } from '../../inventory/dns/rrsets.js';
import { InputError } from '../../inventory/input-error.js';
import { ZoneRef } from '../params.js';
import { defineChange } from '../tool.js';

export const setRedirect = defineChange({
  name: 'set_redirect',
  title: 'Set a redirect',
  effect: 'update',
  mayAsk: true,
  settledBy: 'list_redirects',
  toolset: 'dns',
  covers: ['createRedirect', 'updateRedirect', 'deleteRedirect'],
  description:
    'Redirect a host name of a zone to a web address, change where it leads, or (target null) remove the redirect.',
  input: z.strictObject({
    zone: ZoneRef,
    source: z.string().trim().min(1).max(253).describe('Subdomain, or @ for the zone itself'),
    target: z.httpUrl().max(2000).nullable().describe('Such as https://www.example.no/'),
  }),
  output: z.looseObject({
    host: z.string(),
    target: z.string().nullable().describe('As read back; null where there is no redirect'),
    previous_target: z.string().nullable(),
  }),

  async plan({ client, inventory, signal }, { zone: reference, source: given, target }) {
    const zone = await inventory.zones.find(reference, { signal });
    const source = recordName(given, zone);
    const host = fullName(source, zone);
    const now = (await redirectsOf(client, zone, { signal })).find(row => row.source?.toLowerCase() === source);
    const rows = await inventory.zones.records(zone, { signal });
    if (target === null && !now)
      throw new InputError(`${host} has no redirect. list_redirects shows those of ${zone.name}.`);
    const inTheWay = now ? undefined : rrsetOf(rows, { name: source, type: 'A' });
    if (inTheWay)
      throw new InputError(
        `${host} has the A record ${setInWords(inTheWay)}, and Gigahost refuses a redirect beside it. delete_dns_records removes it first, if the person wants that.`,
      );
    const same = target !== null && sameUrl(now?.target ?? null, target);
    return {
      what: same
        ? `Leave the redirect of ${host} as it is`
        : target === null
          ? `Remove the redirect of ${host} to ${now?.target}`
          : `${now ? 'Change the redirect of' : 'Redirect'} ${host} to ${target}`,
      consequences: [
        ...(now && !same ? [`Now it leads to ${now.target}.`] : []),
        ...(now || same
          ? []
          : [`Gigahost adds A records for it${source === '@' ? ', and redirects www as well' : ''}.`]),
        ...(target === null
          ? [`Its A records go${source === '@' ? ', and those of www' : ''}: the name is then not found.`]
          : []),
      ],
      zone: zone.name,
      name: host,
      ...(target === null && { effect: 'destroy' as const }),
      ...(now && target !== null && !same && { effect: 'disrupt' as const }),
      state: { zone: zone.id, source, now: now?.target ?? null, inTheWay: inTheWay ?? null },
      subject: { zone, source, host, previous: now?.target ?? null, same },
    };
  },

  undo: {
    before: ({ previous }) => ({ redirect_to: previous }),
    after: ({ target }) => ({ redirect_to: target }),
    arguments: ({ zone, source, previous, same }) => (same ? undefined : { zone: zone.name, source, target: previous }),
  },

  async apply({ client }, { subject: { zone, source, host, previous, same } }, { target }) {
    const params = { zone_id: zone.id };
    if (target === null) await client.call(deleteRedirect, { params, query: { source } });
    else if (previous === null) await client.call(createRedirect, { params, body: { source, target_url: target } });
    else if (!same) await client.call(updateRedirect, { params, body: { source, target_url: target } });
    const now = (await redirectsOf(client, zone)).find(row => row.source?.toLowerCase() === source);
    return { host, target: now?.target ?? null, previous_target: previous };
  },

  say: ({ host, target, previous_target }) =>
    target === null
      ? `${host} is no longer redirected; before it led to ${previous_target}.`
      : `${host} leads to ${target}${previous_target === null ? '' : `; before: ${previous_target}`}.`,
});
