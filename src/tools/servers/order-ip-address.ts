import * as z from 'zod';
import { orderIpv4 } from '../../client/api/addresses.js';
import { some } from '../../inventory/some.js';
import { describeServer } from '../../inventory/state.js';
import { poll } from '../poll.js';
import { ServerName, ServerRef, WaitSeconds } from '../params.js';
import { defineChange } from '../tool.js';
import { REFUSED_WHEN_HOURLY } from './power.js';

const USUAL_WAIT_SECONDS = 20;

export const orderIpAddress = defineChange({
  name: 'order_ip_address',
  title: 'Order an IPv4 address',
  effect: 'purchase',
  settledBy: 'get_server',
  toolset: 'servers',
  covers: ['orderIpv4'],
  description: 'Order one more IPv4 address for a server. Costs money every month; no call gives it back.',
  input: z.strictObject({
    server: ServerRef,
    routing: z.enum(['l2', 'l3']).describe('l2: unrouted, on the server’s network; l3: routed to it'),
    wait_seconds: WaitSeconds,
  }),
  output: z.looseObject({
    server: ServerName,
    address: z.string().nullable().describe('The new address; null while Gigahost does not show it'),
    addresses_total: z.number().nullable().describe('How many the server has now; null where that could not be read'),
  }),

  async plan({ inventory, signal }, { server, routing }) {
    const found = await inventory.detail(await inventory.server(server, { signal }), { signal });
    const addresses = found.addresses.map(row => row.address);
    return {
      what: `Order one more IPv4 address (${routing === 'l2' ? 'layer 2, unrouted' : 'layer 3, routed'}) for ${describeServer(found)}`,
      consequences: [
        'It is billed every month from now on; Gigahost’s API does not say how much.',
        'It cannot be given back through the API.',
        REFUSED_WHEN_HOURLY,
        `The server has ${addresses.length} address${addresses.length === 1 ? '' : 'es'} now: ${some(addresses) || 'none'}.`,
      ],
      server: found,
      name: found.name,
      cost: null,
      state: { id: found.id, addresses },
      subject: { server: found, addresses },
    };
  },

  async apply({ client, inventory, progress, signal }, { subject }, { routing, wait_seconds = USUAL_WAIT_SECONDS }) {
    const { server, addresses: before } = subject;
    await client.call(orderIpv4, { params: { id: server.id }, body: { ip_type: routing } });
    let now: string[] | undefined;
    await poll({ seconds: wait_seconds, signal }, async elapsed => {
      now = (await inventory.detail(server)).addresses.map(row => row.address);
      await progress(`Looking for the new address of ${server.name}, ${elapsed} s so far`, elapsed, wait_seconds);
      return now.some(address => !before.includes(address));
    });
    return {
      server: server.name,
      address: now?.find(address => !before.includes(address)) ?? null,
      addresses_total: now?.length ?? null,
    };
  },

  say: ({ server, address }) =>
    address
      ? `${server} now also has the address ${address}. set_reverse_dns gives it a name.`
      : `Gigahost accepted the order for ${server}, but shows no new address yet. get_server shows it when it is there. Do not order again.`,
});
