import { deployServers, getWaitlist } from '../../client/api/deploy.js';
import type * as z from 'zod';
import { GigahostError } from '../../client/errors.js';
import { InputError } from '../../inventory/input-error.js';
import { isFor, readDeliveries, readOrders, type Order } from '../../inventory/orders.js';
import { relative } from '../../words/text.js';
import { poll } from '../poll.js';
import type { ToolContext } from '../tool.js';

/** An order shows up in the account within moments. */
const SETTLE_SECONDS = 8;
const HOUR_MS = 3_600_000;

type Context = Pick<ToolContext, 'client' | 'inventory' | 'signal' | 'journal'>;

/** What was there before an order, to know it by. */
export interface Before {
  /** Undefined where the account cannot be read. */
  readonly orderIds: readonly string[] | undefined;
  readonly reservationIds: readonly string[];
}

export interface Placed {
  readonly orders: readonly {
    readonly id: string;
    readonly number: string | null;
    readonly hostName: string | null;
    readonly serverId?: string | null;
  }[];
  readonly payment: 'declined' | 'pending' | 'review' | null;
  readonly waitlist: 'reserve' | 'notify' | null;
  /** Whether the answer was lost and the orders were found by looking. */
  readonly found: boolean;
}

export async function readBefore(
  { client, signal }: Context,
  orders: readonly Order[] | undefined,
  mayWait: boolean,
): Promise<Before> {
  const waitlist = mayWait ? await client.call(getWaitlist, {}, { signal }) : undefined;
  return {
    orderIds: orders?.map(({ id }) => id),
    reservationIds: waitlist?.reservations.map(({ order_id }) => order_id) ?? [],
  };
}

/**
 * Sends an order, once. Where its answer was lost, or said 402, what came of it is found by looking.
 * @throws the error of the order when nothing is found.
 */
export async function placeOrder(
  context: Context,
  body: z.input<typeof deployServers.body & object>,
  hostNames: readonly string[],
  before: Before,
): Promise<Placed> {
  try {
    const reply = await context.client.call(deployServers, { body });
    const waitlist = reply.waitlisted ? (reply.waitlist_mode === 'notify' ? 'notify' : 'reserve') : null;
    const orders = reply.order_ids.map((id, index) => ({
      id,
      number: reply.order_numbers[index] ?? null,
      hostName: hostNames[index] ?? null,
    }));
    return {
      orders: orders.length > 0 || waitlist ? orders : ((await newOrders(context, hostNames, before)) ?? []),
      payment: reply.payment_pending ? 'pending' : reply.under_review ? 'review' : null,
      waitlist,
      found: false,
    };
  } catch (error) {
    if (!(error instanceof GigahostError) || error.facts.changed === 'nothing') throw error;
    const payment = error.facts.status === 402 ? 'declined' : null;
    const reserved = body.waitlist === 'reserve' ? await newReservations(context, before) : [];
    const orders = reserved.length > 0 ? undefined : await newOrders(context, hostNames, before);
    if (orders) return { orders, payment, waitlist: null, found: payment === null };
    if (reserved.length > 0) return { orders: reserved, payment: null, waitlist: 'reserve', found: true };
    throw error;
  }
}

/** The orders for servers of these names that were not there before; undefined when none turns up. */
async function newOrders(
  { client, inventory, signal }: Context,
  hostNames: readonly string[],
  { orderIds }: Before,
): Promise<Placed['orders'] | undefined> {
  let found: Placed['orders'] = [];
  await poll({ seconds: SETTLE_SECONDS, signal }, async () => {
    const orders = orderIds && (await readOrders(client));
    found = orders
      ? orders.filter(order => !orderIds.includes(order.id) && hostNames.some(name => isFor(order, name))).map(placed)
      : (await inventory.list()).servers.flatMap(({ id, name, order }) =>
          hostNames.includes(name.toLowerCase()) && order?.id
            ? { id: order.id, number: order.number, hostName: name, serverId: id }
            : [],
        );
    return found.length >= hostNames.length;
  });
  return found.length > 0 ? found : undefined;
}

const placed = ({ id, number, servers, serverIds }: Order): Placed['orders'][number] => ({
  id,
  number,
  hostName: servers[0] ?? null,
  serverId: serverIds[0] ?? null,
});

async function newReservations({ client }: Context, { reservationIds }: Before): Promise<Placed['orders']> {
  const { reservations } = await client.call(getWaitlist, {}).catch(() => ({ reservations: [] }));
  return reservations
    .filter(({ order_id }) => !reservationIds.includes(order_id))
    .map(({ order_id, order_number }) => ({ id: order_id, number: order_number, hostName: null }));
}

/**
 * No order for a name goes out while another for it is on its way, or its outcome is not known: a server that is not there
 * yet cannot be seen in the list.
 * @throws {InputError} in that case, or when there is a server of that name.
 */
export async function mustBeNew(
  context: Context,
  hostNames: readonly string[],
  orders: readonly Order[] | undefined,
): Promise<void> {
  const { client, inventory, journal, signal } = context;
  const twice = hostNames.find((name, index) => hostNames.indexOf(name) !== index);
  if (twice) throw new InputError(`${twice} is there twice: every server gets a name of its own.`);
  const unseen = hostNames.find(name => !inventory.holds({ id: '', name, label: null, hostname: null }));
  if (unseen)
    throw new InputError(`This session only sees certain servers, and one called ${unseen} would not be among them.`);
  const { servers, missing } = await inventory.list({ signal });
  const taken = hostNames.find(name =>
    [...servers.flatMap(server => [server.name, server.label, server.hostname]), ...missing].some(
      other => other?.toLowerCase() === name,
    ),
  );
  if (taken)
    throw new InputError(
      `There is a server called ${taken} already. A name of its own is how an order is found again: choose another.`,
    );
  const open = orders?.find(
    order => order.serverIds.length === 0 && order.status !== 'cancelled' && hostNames.some(name => isFor(order, name)),
  );
  if (open) throw onItsWay(open.servers[0] ?? '', `order ${open.number ?? open.id}`);
  for (const entry of await earlierOrders(journal, hostNames)) {
    const since = `${relative(entry.at)}, change ${entry.id}`;
    if (entry.outcome === 'unknown' && Date.parse(entry.at) > Date.now() - HOUR_MS)
      throw new InputError(
        `${entry.hostNames.join(', ')} was ordered ${since}, and it is not known what came of it. get_deployment shows whether it is there; an order for another name is another order.`,
      );
    const under = await readDeliveries(client, inventory, entry.orderIds, { signal });
    const waiting = under.find(row => row.server_id === null && hostNames.includes(row.hostname?.toLowerCase() ?? ''));
    if (waiting) throw onItsWay(waiting.hostname ?? '', since);
  }
}

const onItsWay = (name: string, since: string): InputError =>
  new InputError(
    `${name} is ordered (${since}) and on its way: get_deployment shows how far it is. It is not ordered twice.`,
  );

/** What this journal knows of orders for these names, of the last day. */
async function earlierOrders(journal: ToolContext['journal'], hostNames: readonly string[]) {
  const entries = await ordersOnRecord(journal);
  return entries.filter(
    entry => Date.parse(entry.at) > Date.now() - 24 * HOUR_MS && entry.hostNames.some(name => hostNames.includes(name)),
  );
}

/** Every order that went out through this server, newest first. */
export async function ordersOnRecord(journal: ToolContext['journal']) {
  const entries = await journal.read();
  return entries.flatMap(({ id, at, tool, outcome, arguments: args, after }) => {
    if (tool !== 'deploy_server' || (outcome !== 'applied' && outcome !== 'unknown')) return [];
    const servers = (after as { servers?: unknown } | null)?.servers;
    const orderIds = (Array.isArray(servers) ? servers : []).flatMap((row: unknown) => {
      const orderId = (row as { order_id?: unknown } | null)?.order_id;
      return typeof orderId === 'string' ? orderId : [];
    });
    const names = args['host_names'];
    const hostNames = Array.isArray(names) ? names.filter(name => typeof name === 'string') : [];
    return [{ id, at, outcome, orderIds, hostNames }];
  });
}
