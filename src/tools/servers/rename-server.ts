import * as z from 'zod';
import { setServerName } from '../../client/servers.js';
import { describeServer } from '../../inventory/state.js';
import { ServerRef } from '../params.js';
import { defineChange } from '../tool.js';

export const renameServer = defineChange({
  name: 'rename_server',
  title: 'Rename a server',
  effect: 'update',
  settledBy: 'get_server',
  toolset: 'servers',
  description: 'Change the display name of a server. The host name inside the machine stays.',
  input: z.strictObject({
    server: ServerRef,
    name: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .refine(name => !/\p{C}/u.test(name), 'must be one line')
      .describe('New name'),
  }),
  output: z.looseObject({ id: z.string(), name: z.string().describe('As read back'), previous_name: z.string() }),

  async plan({ inventory, signal }, { server, name }) {
    const found = await inventory.server(server, { signal });
    return {
      what: `Rename ${describeServer(found)} to ${name}`,
      consequences: [],
      name: found.name,
      state: { id: found.id, name: found.name },
      subject: found,
    };
  },

  async apply({ client, inventory }, { subject }, { name }) {
    await client.call(setServerName, { params: { id: subject.id }, body: { name } });
    return { id: subject.id, name: (await inventory.detail(subject)).name, previous_name: subject.name };
  },

  say: ({ name, previous_name }) =>
    name === previous_name
      ? `The server is still called ${name}. If another name was asked for, Gigahost accepted it and does not show it yet: look again with get_server.`
      : `The server is now called ${name} (before: ${previous_name}). To undo, rename it back to ${previous_name}.`,
});
