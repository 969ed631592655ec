import * as z from 'zod';
import { rebootServer as reboot } from '../../client/api/power.js';
import { describeServer, stateOf } from '../../inventory/state.js';
import { ServerRef } from '../params.js';
import { defineChange } from '../tool.js';
import { about, PowerOutput, powerWords, readBackPower, underway } from './power.js';

export const rebootServer = defineChange({
  name: 'reboot_server',
  title: 'Reboot a server',
  effect: 'disrupt',
  settledBy: 'get_server',
  toolset: 'servers',
  covers: ['rebootServer'],
  description: 'Restart a server. Its services are down for the time that takes.',
  input: z.strictObject({ server: ServerRef }),
  output: PowerOutput,

  async plan({ inventory, signal }, { server }) {
    const found = await inventory.detail(await inventory.server(server, { signal }), { signal });
    return {
      what: `Reboot ${describeServer(found)}`,
      consequences: [
        ...(stateOf(found) === 'down' ? ['It is down right now; Gigahost may refuse the reboot.'] : []),
        'Its services stop until it is up again; data on disk is kept.',
        ...underway(found),
      ],
      ...about(found),
    };
  },

  async apply({ client }, { subject }) {
    await client.call(reboot, { params: { id: subject.id } });
    return readBackPower(client, subject);
  },

  say: ({ server, powered_on }) =>
    `Gigahost is rebooting ${server}. ${powerWords(powered_on)} get_server shows when it is up again.`,
});
