import * as z from 'zod';
import { InputError } from '../../inventory/input-error.js';
import { misfit, SYSTEM_COLUMNS, systemRow } from '../../inventory/systems.js';
import { Cursor, ServerRef } from '../params.js';
import { few, part } from '../../words/fit.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

export const listOperatingSystems = defineRead({
  name: 'list_operating_systems',
  title: 'List operating systems',
  effect: 'read',
  toolset: 'servers',
  covers: ['listDistributions', 'listOperatingSystems'],
  description:
    'List the operating systems a server can be reinstalled with. The first column is what reinstall_server takes as os.',
  input: z.strictObject({
    distribution: z.string().max(60).optional().describe('Only this one, e.g. debian'),
    server: ServerRef.optional().describe('Only what fits this server'),
    cursor: Cursor,
  }),
  output: z.looseObject({
    ...TableOutput,
    unfit: z.array(z.string()).describe('Left out, and why: systems that do not fit the server'),
    unfit_total: z.number(),
  }),

  async read({ inventory, signal }, { distribution, server, cursor }) {
    const fits = server === undefined ? undefined : await inventory.server(server, { signal, prefix: true });
    const systems = await inventory.systems.all();
    const wanted = distribution?.trim().toLowerCase();
    const chosen = systems.filter(
      system =>
        !wanted || system.distribution.toLowerCase().includes(wanted) || system.release?.toLowerCase() === wanted,
    );
    if (wanted && chosen.length === 0) {
      throw new InputError(
        `No distribution is called "${distribution}". There are: ${[...new Set(systems.map(system => system.distribution))].join(', ')}.`,
      );
    }
    const misfits = chosen.flatMap(system => (fits && misfit(system, fits)) ?? []);
    const unfit = few(misfits);
    const rows = chosen.filter(system => !fits || misfit(system, fits) === undefined).map(systemRow);
    return {
      ...page(SYSTEM_COLUMNS, rows, { cursor, key: ['operating-systems', wanted, fits?.id], beside: unfit }),
      unfit,
      unfit_total: misfits.length,
    };
  },

  say: output => [
    ...tableWords(output, output.unfit_total > 0 ? 'operating systems that fit' : 'operating systems'),
    output.unfit_total > 0 && `Left out: ${part(output.unfit, output.unfit_total, '; ')}.`,
  ],
});
