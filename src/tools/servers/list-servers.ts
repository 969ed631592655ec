import * as z from 'zod';
import type { Server } from '../../client/api/servers.js';
import { normalAddress } from '../../inventory/addresses.js';
import { SERVER_COLUMNS, serverRow } from '../../inventory/server-view.js';
import { stateOf } from '../../inventory/state.js';
import { Cursor, Limit } from '../params.js';
import { few, part } from '../../words/fit.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

/** Everything a person may search a server by. */
const haystackOf = (server: Server): string =>
  [
    server.name,
    server.label,
    server.hostname,
    server.os?.name,
    server.type,
    server.id,
    ...server.addresses.map(row => normalAddress(row.address) ?? row.address),
  ]
    .join(' ')
    .toLowerCase();

function countOf(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

export const listServers = defineRead({
  name: 'list_servers',
  title: 'List servers',
  effect: 'read',
  toolset: 'servers',
  covers: ['listServers'],
  description: 'List the servers of the account with state, address, system and size.',

  input: z.strictObject({
    query: z.string().max(100).optional().describe('Part of a name, label, address or system'),
    status: z.string().max(40).optional().describe('A state: running, down, installing, rescue, suspended, …'),
    limit: Limit,
    cursor: Cursor,
  }),

  output: z.looseObject({
    ...TableOutput,
    complete: z.boolean().describe('False when Gigahost did not send the whole list'),
    not_visible_now: z.array(z.string()).describe('Seen a moment ago and missing now; may come back within a minute'),
    not_visible_total: z.number(),
    account_total: z.number().describe('Servers of the account, whatever was asked for'),
    states: z.record(z.string(), z.number()).describe('How many of them are in which state'),
  }),

  async read({ inventory, signal }, { query, status, limit, cursor }) {
    const { servers, complete, missing } = await inventory.list({ signal });
    const words =
      query
        ?.toLowerCase()
        .split(/\s+/)
        .map(word => normalAddress(word) ?? word) ?? [];
    const not_visible_now = few(missing);
    const wanted = status?.trim().toLowerCase();
    const rows = servers
      .filter(server => words.every(word => haystackOf(server).includes(word)))
      .filter(server => !wanted || stateOf(server) === wanted)
      .map(serverRow);
    return {
      ...page(SERVER_COLUMNS, rows, { limit, cursor, key: ['servers', query, status], beside: not_visible_now }),
      complete,
      not_visible_now,
      not_visible_total: missing.length,
      account_total: servers.length,
      states: countOf(servers.map(stateOf)),
    };
  },

  say: output => [
    ...(output.total === 0 && output.account_total > 0
      ? [
          `No server matches. The account has ${output.account_total}: ${Object.entries(output.states)
            .map(([state, count]) => `${count} ${state}`)
            .join(', ')}.`,
        ]
      : tableWords(output, 'servers')),
    !output.complete && 'Gigahost sent only part of the list; further servers answer to their id.',
    output.not_visible_now.length > 0 &&
      `Seen a moment ago and missing now: ${part(output.not_visible_now, output.not_visible_total, ', ')}. Gigahost can hide a live server for up to a minute; this does not mean that it is gone.`,
  ],
});
