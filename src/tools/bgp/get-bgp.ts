import * as z from 'zod';
import { neighborOf, readBgp } from '../../inventory/bgp.js';
import { fit } from '../../words/fit.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor } from '../params.js';
import { defineRead } from '../tool.js';

const text = z.string().nullable();
const MOST_PREFIXES = 25;
const COLUMNS = [
  'session',
  'server',
  'address',
  'asn',
  'neighbor',
  'router_asn',
  'default_route',
  'multihop',
  'status',
];

export const getBgp = defineRead({
  name: 'get_bgp',
  title: 'Show BGP',
  effect: 'read',
  toolset: 'bgp',
  covers: ['getBgp'],
  description: 'Show the AS numbers of the account, their prefixes, and its BGP sessions.',
  input: z.strictObject({ cursor: Cursor }),
  output: z.looseObject({
    ...TableOutput,
    asns: z.array(z.looseObject({ asn: text, name: text, status: text, reason: text, irr: text })),
    prefixes: z.array(z.looseObject({ prefix: text, asn: text, status: text })),
    prefixes_total: z.number(),
  }),

  async read({ client, inventory, signal }, { cursor }) {
    const { asns, prefixes, sessions } = await readBgp(client, inventory, { signal });
    const beside = fit({
      asns: asns.map(row => ({
        asn: row.asn,
        name: row.name,
        status: row.status,
        reason: row.rejected_reason,
        irr: [...new Set([row.irr_v4, row.irr_v6])].filter(Boolean).join(', ') || null,
      })),
      prefixes: prefixes.slice(0, MOST_PREFIXES).map(({ prefix, asn, status }) => ({ prefix, asn, status })),
      prefixes_total: prefixes.length,
    });
    const rows = sessions.map(session => [
      session.id,
      session.server,
      session.address,
      session.asn,
      neighborOf(session),
      session.router_asn,
      session.default_route,
      session.multihop,
      session.status,
    ]);
    return { ...page(COLUMNS, rows, { cursor, key: ['bgp'], beside: [beside] }), ...beside };
  },

  say: output => [
    output.asns.length > 0
      ? {
          title: 'AS numbers',
          columns: ['asn', 'name', 'status', 'reason', 'irr'],
          rows: output.asns.map(row => [row.asn, row.name, row.status, row.reason, row.irr]),
        }
      : 'There is no AS number yet; submitBgpAsn submits one for approval.',
    output.prefixes.length > 0 && {
      title: `Prefixes (${output.prefixes.length} of ${output.prefixes_total})`,
      columns: ['prefix', 'asn', 'status'],
      rows: output.prefixes.map(row => [row.prefix, row.asn, row.status]),
    },
    ...tableWords(output, 'BGP sessions', 'Sessions'),
  ],
});
