import * as z from 'zod';
import { readServer, ServerView } from '../../inventory/server-view.js';
import { ServerRef } from '../params.js';
import { defineRead } from '../tool.js';
import { sayServer } from './say-server.js';

export const getServer = defineRead({
  name: 'get_server',
  title: 'Show a server',
  effect: 'read',
  toolset: 'servers',
  description:
    'Show one server: hardware, addresses and reverse DNS, disks, system, order and price, traffic, attacks, and what it is doing now.',
  input: z.strictObject({ server: ServerRef }),
  output: ServerView,

  async read({ client, inventory, signal }, { server }) {
    const found = await inventory.server(server, { signal, prefix: true });
    return readServer(client, inventory, found, { signal });
  },

  say: sayServer,
});
