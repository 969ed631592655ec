import * as z from 'zod';
import { powerOffServer as powerOff } from '../../client/api/power.js';
import { describeServer, isKvm } from '../../inventory/state.js';
import { ServerRef } from '../params.js';
import { defineChange } from '../tool.js';
import { about, PowerOutput, powerWords, readBackPower, underway } from './power.js';

export const powerOffServer = defineChange({
  name: 'power_off_server',
  title: 'Power a server off',
  effect: 'disrupt',
  settledBy: 'get_power_state',
  toolset: 'servers',
  covers: ['powerOffServer'],
  description: 'Power a server off, possibly abruptly. Billing goes on. Not offered by Gigahost for KVM VPS servers.',
  input: z.strictObject({ server: ServerRef }),
  output: PowerOutput,

  async plan({ inventory, signal }, { server }) {
    const found = await inventory.detail(await inventory.server(server, { signal }), { signal });
    return {
      what: `Power off ${describeServer(found)}`,
      consequences: [
        ...(isKvm(found)
          ? ['Gigahost refuses this for KVM VPS servers, as far as is known; nothing happens then.']
          : []),
        'Its services stop until it is powered on again.',
        'It may be a power cut rather than a clean shutdown: what is not written to disk is lost.',
        'Billing goes on while it is off.',
        ...underway(found),
      ],
      ...about(found),
    };
  },

  async apply({ client }, { subject }) {
    await client.call(powerOff, { params: { id: subject.id } });
    return readBackPower(client, subject);
  },

  say: ({ server, powered_on }) =>
    `Gigahost accepted powering ${server} off. ${powerWords(powered_on)} power_on_server starts it again.`,
});
