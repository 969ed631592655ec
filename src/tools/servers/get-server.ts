import * as z from 'zod';
import { readServer, ServerView } from '../../inventory/server-view.js';
import { fit } from '../../words/fit.js';
import { ServerRef } from '../params.js';
import { defineRead } from '../tool.js';
import { sayServer } from './say-server.js';

export const getServer = defineRead({
  name: 'get_server',
  title: 'Show a server',
  effect: 'read',
  toolset: 'servers',
  covers: ['getServer'],
  description:
    'Show one server: hardware, addresses and reverse DNS, disks, system, order and price, traffic, attacks, and what it is doing now.',
  input: z.strictObject({
    server: ServerRef,
    addresses: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .describe('Show only addresses and subnets with this in them or in their reverse DNS'),
  }),
  output: ServerView,

  async read({ client, inventory, signal }, { server, addresses }) {
    const found = await inventory.server(server, { signal, prefix: true });
    return fit(await readServer(client, inventory, found, { addresses, signal }));
  },

  say: sayServer,
});
