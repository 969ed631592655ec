import * as z from 'zod';
import { redirectsOf } from '../../inventory/dns/redirects.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { ZoneRef } from '../params.js';
import { defineRead } from '../tool.js';

export const listRedirects = defineRead({
  name: 'list_redirects',
  title: 'List redirects',
  effect: 'read',
  toolset: 'dns',
  covers: ['listRedirects'],
  description: 'List the web redirects of a DNS zone.',
  input: z.strictObject({ zone: ZoneRef }),
  output: z.looseObject({ zone: z.string(), ...TableOutput }),

  async read({ client, inventory, signal }, { zone: reference }) {
    const zone = await inventory.zones.find(reference, { signal });
    const rows = (await redirectsOf(client, zone, { signal })).map(({ source, domain, target, enabled, created }) => [
      source,
      domain,
      target,
      enabled,
      created,
    ]);
    return {
      zone: zone.name,
      ...page(['source', 'host', 'target', 'on', 'created'], rows, { key: ['redirects', zone.id] }),
    };
  },

  say: output => tableWords(output, 'redirects', output.zone),
});
