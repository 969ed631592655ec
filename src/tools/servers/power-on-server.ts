import * as z from 'zod';
import { powerOnServer as powerOn } from '../../client/api/power.js';
import { describeServer } from '../../inventory/state.js';
import { ServerRef } from '../params.js';
import { defineChange } from '../tool.js';
import { about, PowerOutput, powerWords, readBackPower } from './power.js';

export const powerOnServer = defineChange({
  name: 'power_on_server',
  title: 'Power a server on',
  effect: 'update',
  settledBy: 'get_power_state',
  toolset: 'servers',
  covers: ['powerOnServer'],
  description: 'Power a server on. Not offered by Gigahost for KVM VPS servers.',
  input: z.strictObject({ server: ServerRef }),
  output: PowerOutput,

  async plan({ inventory, signal }, { server }) {
    const found = await inventory.server(server, { signal });
    return {
      what: `Power on ${describeServer(found)}`,
      consequences: [],
      ...about(found),
    };
  },

  async apply({ client }, { subject }) {
    await client.call(powerOn, { params: { id: subject.id } });
    return readBackPower(client, subject);
  },

  say: ({ server, powered_on }) => `Gigahost accepted powering ${server} on. ${powerWords(powered_on)}`,
});
