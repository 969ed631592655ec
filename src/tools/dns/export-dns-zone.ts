import * as z from 'zod';
import { zoneFile } from '../../inventory/dns/zone-view.js';
import { fence } from '../../words/fence.js';
import { tokensIn } from '../../words/tokens.js';
import { ZoneRef } from '../params.js';
import { defineRead } from '../tool.js';

/** For the file in the text and in the structured content together. */
const MOST_TOKENS = 2000;

export const exportDnsZone = defineRead({
  name: 'export_dns_zone',
  title: 'Export a DNS zone',
  effect: 'read',
  toolset: 'dns',
  description: 'Give a DNS zone as a BIND zone file.',
  input: z.strictObject({ zone: ZoneRef }),
  output: z.looseObject({
    zone: z.string(),
    lines: z.array(z.string()).describe('The file; only its beginning where it is long'),
    total_lines: z.number(),
    resource: z.string().describe('URI of the whole file'),
  }),

  async read({ inventory, attach, signal }, { zone: reference }) {
    const zone = await inventory.zones.find(reference, { signal });
    const all = (await zoneFile(zone, await inventory.zones.records(zone, { signal }))).trimEnd().split('\n');
    let size = 0;
    const lines = all.filter(line => (size += tokensIn(line)) <= MOST_TOKENS);
    const resource = `gigahost://zones/${encodeURIComponent(zone.name)}`;
    attach({ type: 'resource_link', uri: resource, name: `${zone.name}.zone`, mimeType: 'text/dns' });
    return { zone: zone.name, lines, total_lines: all.length, resource };
  },

  say: ({ zone, lines, total_lines }) => [
    fence(lines, `The zone file of ${zone} (long lines are shortened here)`),
    lines.length < total_lines &&
      `The first ${lines.length} of ${total_lines} lines. The whole file is the resource that goes with this answer.`,
  ],
});
