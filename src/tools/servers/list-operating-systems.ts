import * as z from 'zod';
import { InputError } from '../../inventory/input-error.js';
import { misfit, SYSTEM_COLUMNS, systemRow } from '../../inventory/systems.js';
import { ServerRef } from '../params.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { defineRead } from '../tool.js';

export const listOperatingSystems = defineRead({
  name: 'list_operating_systems',
  title: 'List operating systems',
  effect: 'read',
  toolset: 'servers',
  description:
    'List the operating systems a server can be reinstalled with. The first column is what reinstall_server takes as os.',
  input: z.strictObject({
    distribution: z.string().max(60).optional().describe('Only this one, e.g. debian'),
    server: ServerRef.optional().describe('Only what fits this server'),
  }),
  output: z.looseObject(TableOutput),

  async read({ inventory, signal }, { distribution, server }) {
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
    const rows = chosen.filter(system => !fits || misfit(system, fits) === undefined).map(systemRow);
    return page(SYSTEM_COLUMNS, rows, { key: [wanted, fits?.id] });
  },

  say: output => tableWords(output, 'operating systems'),
});
