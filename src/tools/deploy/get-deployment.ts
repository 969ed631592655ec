import * as z from 'zod';
import { GigahostError } from '../../client/errors.js';
import { InputError } from '../../inventory/input-error.js';
import { isFor, readDeliveries, readOrders } from '../../inventory/orders.js';
import { some } from '../../inventory/some.js';
import { readWaitlist } from '../../inventory/waitlist.js';
import { defineRead, type ToolContext } from '../tool.js';
import { Deployment, deploymentWords, follower, type Followed } from './follow-orders.js';
import { ordersOnRecord } from './place-order.js';

/** How many of the newest orders are looked through for a host name that the account does not tell. */
const NEWEST = 20;

export const getDeployment = defineRead({
  name: 'get_deployment',
  title: 'Show an order of servers',
  effect: 'read',
  toolset: 'deploy',
  covers: ['getDeployStatus'],
  description: 'Show how far ordered servers are, and where the root password is while Gigahost tells it.',
  input: z.strictObject({
    deployment: z.string().trim().min(1).max(253).optional().describe('Host name or order id; default: the latest'),
  }),
  output: z.looseObject({ servers: z.array(Deployment), all_ready: z.boolean() }),

  async read(context, { deployment }) {
    const { secrets, signal } = context;
    const checked: ToolContext['secrets'] = {
      ...secrets,
      // Nothing was changed here: what cannot be handed over now can be later.
      deliver: (...what) => secrets.ready().then(() => secrets.deliver(...what)),
    };
    const follow = follower({ ...context, secrets: checked }, await meant(context, deployment));
    const servers = await withWaiting(context, await follow.look({ signal }));
    return { servers, all_ready: servers.length > 0 && servers.every(({ ready }) => ready) };
  },

  say: ({ servers, all_ready }) =>
    [
      ...deploymentWords(servers),
      servers.some(({ status }) => status === 'waiting') &&
        'An order that waits to be paid says waiting too: list_invoices shows what is open.',
      servers.some(({ status }) => status === 'waitlist') &&
        'It is billed and built when there is one; cancel_waitlist_entry takes it off. Do not order again.',
      servers.some(({ status }) => status === 'unknown') &&
        'Gigahost stops telling of finished orders: list_servers shows the servers there are. Do not order again for that reason.',
      all_ready && 'The first SSH login may take another minute to work.',
    ]
      .filter(Boolean)
      .join(' '),
});

/** Reservations are told of in the waiting list alone (wire note 8.6). */
async function withWaiting(
  { client, inventory, signal }: ToolContext,
  servers: readonly Deployment[],
): Promise<Deployment[]> {
  if (!inventory.whole || servers.every(({ status }) => status !== 'unknown')) return [...servers];
  const waiting = await readWaitlist(client, { signal }).catch((error: unknown) => {
    if (error instanceof GigahostError) return [];
    throw error;
  });
  return servers.map(server => {
    const found = waiting.find(({ body }) => 'order_id' in body && body.order_id === server.order_id);
    return server.status === 'unknown' && found
      ? { ...server, status: 'waitlist', order_number: found.orderNumber ?? server.order_number }
      : server;
  });
}

/** The orders that are meant. @throws {InputError} with the newest ones when there are none such. */
async function meant(context: ToolContext, reference: string | undefined): Promise<Followed[]> {
  const { client, inventory, journal, signal } = context;
  const recorded = await ordersOnRecord(journal);
  const orders = ((await readOrders(client, { signal })) ?? []).filter(({ servers, serverIds }) =>
    inventory.holds({ id: serverIds[0] ?? '', name: servers[0] ?? '', label: null, hostname: null }),
  );
  const asFollowed = (id: string): Followed => {
    const order = orders.find(candidate => candidate.id === id);
    return {
      id,
      number: order?.number ?? null,
      hostName: order?.servers[0] ?? nameOnRecord(id),
      serverId: order?.serverIds[0] ?? null,
    };
  };
  const nameOnRecord = (id: string): string | null => {
    const entry = recorded.find(({ orderIds }) => orderIds.includes(id));
    return entry?.hostNames[entry.orderIds.indexOf(id)] ?? null;
  };
  const ids = reference === undefined ? latest() : await called(reference.toLowerCase());
  if (ids.length > 0) return ids.map(asFollowed);
  const names = orders.slice(0, NEWEST).map(({ id, servers }) => `${id}${servers[0] ? ` (${servers[0]})` : ''}`);
  throw new InputError(
    reference === undefined
      ? 'There is no order of servers yet.'
      : `There is no order "${reference}". The newest are: ${some(names, { most: 10 }) || 'none'}.`,
  );

  function latest(): string[] {
    const newest = orders[0]?.id;
    const last = recorded.find(({ orderIds }) => orderIds.length > 0)?.orderIds ?? [];
    return newest === undefined || last.some(id => Number(id) >= Number(newest)) ? last : [newest];
  }

  async function called(wanted: string): Promise<string[]> {
    if (/^[1-9]\d*$/.test(wanted)) return [orders.find(({ number }) => number === wanted)?.id ?? wanted];
    const told = orders.filter(order => isFor(order, wanted)).map(({ id }) => id);
    if (told.length > 0) return told;
    const tried = recorded.find(entry => entry.hostNames.some(name => name.toLowerCase() === wanted))?.orderIds ?? [];
    const newest = [...new Set([...tried, ...orders.slice(0, NEWEST).map(({ id }) => id)])];
    const rows = await readDeliveries(client, inventory, newest, { signal });
    const named = rows.flatMap(row => (row.hostname?.toLowerCase() === wanted ? (row.order_id ?? []) : []));
    // Nothing tells of a reservation, or of a finished order, but what was noted when it was placed.
    return named.length > 0 ? named : tried.filter(id => nameOnRecord(id)?.toLowerCase() === wanted);
  }
}
