import * as z from 'zod';
import { getServerPowerState } from '../../client/api/power.js';
import { ServerName, ServerRef } from '../params.js';
import { relative } from '../../words/text.js';
import { defineRead } from '../tool.js';

export const getPowerState = defineRead({
  name: 'get_power_state',
  title: 'Show the power state',
  effect: 'read',
  toolset: 'servers',
  covers: ['getServerPowerState'],
  description: 'Tell whether a server is powered on, and when that was measured.',
  input: z.strictObject({ server: ServerRef }),
  output: z.looseObject({ server: ServerName, powered_on: z.boolean().nullable(), measured_at: z.string().nullable() }),

  async read({ client, inventory, signal }, { server }) {
    const found = await inventory.server(server, { signal, prefix: true });
    const power = await client.call(getServerPowerState, { params: { id: found.id } }, { signal });
    return { server: found.name, powered_on: power.on, measured_at: power.measuredAt };
  },

  say: ({ server, powered_on, measured_at }) =>
    powered_on === null
      ? `Gigahost does not say whether ${server} is on.`
      : `${server} is powered ${powered_on ? 'on' : 'off'}${measured_at ? ` (measured ${relative(measured_at)}, ${measured_at})` : ''}.`,
});
