import * as z from 'zod';
import type { Delivery } from '../../client/api/deploy.js';
import type { Secret } from '../../client/secret.js';
import { isReady, readDeliveries } from '../../inventory/orders.js';
import { stateOf } from '../../inventory/state.js';
import { poll } from '../poll.js';
import type { ToolContext } from '../tool.js';

const text = z.string().nullable();

/** One ordered server, as far as it is. */
export const Deployment = z.looseObject({
  host_name: text,
  order_id: z.string(),
  order_number: text,
  server_id: text.describe('Null until there is a machine'),
  status: z.string().describe('waiting, deploying, installing, ready, rescue, iso, or unknown'),
  ready: z.boolean(),
  ipv4: text,
  ipv6: text,
  root_password_in: text.describe('Where the user finds the root password'),
});
export type Deployment = z.output<typeof Deployment>;

/** An order to be followed, with what is known of it. */
export interface Followed {
  readonly id: string;
  readonly number: string | null;
  readonly hostName: string | null;
  readonly serverId?: string | null;
}

/** Looks at orders again and again, remembering what a later look no longer tells. */
export function follower(context: Pick<ToolContext, 'client' | 'inventory' | 'secrets'>, orders: readonly Followed[]) {
  const { client, inventory, secrets } = context;
  const known = new Map<string, Deployment>(orders.map(order => [order.id, unknownYet(order)]));

  async function look(options: { signal?: AbortSignal } = {}): Promise<Deployment[]> {
    const deliveries = await readDeliveries(client, inventory, [...known.keys()], options);
    for (const [id, before] of known) {
      const delivery = deliveries.find(({ order_id }) => order_id === id);
      const now = delivery ? merged(before, delivery) : await judgedByServer(before, options);
      const password = before.root_password_in === null ? delivery?.root_password : null;
      known.set(id, now);
      // The first one counts: it is blanked later (wire note 8.4).
      if (password) known.set(id, { ...now, root_password_in: await handOver(now, password) });
    }
    return [...known.values()];
  }

  /** What became of an order that is not told of any more. */
  async function judgedByServer(before: Deployment, options: { signal?: AbortSignal }): Promise<Deployment> {
    if (before.server_id === null) return before;
    const server = await inventory.detail({ id: before.server_id }, options).catch(() => undefined);
    if (!server || !inventory.holds(server)) return before;
    const ready = !server.installing && !server.isNew && !server.cancelled && (server.os !== null || server.inRescue);
    return {
      ...before,
      host_name: server.name,
      status: ready ? 'ready' : stateOf(server),
      ready,
      ipv4: server.primaryAddress ?? before.ipv4,
    };
  }

  async function handOver({ host_name, order_id, ipv4 }: Deployment, password: Secret): Promise<string> {
    const title = `Root password of ${host_name ?? 'a new server'} (order ${order_id})`;
    return secrets.deliver(title, { ...(ipv4 && { address: ipv4 }), user: 'root', password });
  }

  return { look, known: () => [...known.values()] };
}

/**
 * Follows orders until all servers are ready, for at most that long. A look that fails is forgiven.
 * @throws what a password could not be handed over with.
 */
export async function followOrders(
  context: Pick<ToolContext, 'client' | 'inventory' | 'secrets' | 'progress' | 'signal'>,
  orders: readonly Followed[],
  seconds: number,
): Promise<Deployment[]> {
  let undelivered: { readonly error: unknown } | undefined;
  const deliver: ToolContext['secrets']['deliver'] = (...what) =>
    context.secrets.deliver(...what).catch((error: unknown) => {
      undelivered = { error };
      throw error;
    });
  const follow = follower({ ...context, secrets: { ...context.secrets, deliver } }, orders);
  await poll({ seconds, signal: context.signal }, async elapsed => {
    const now = await follow.look().catch((error: unknown) => {
      if (undelivered) return [];
      throw error;
    });
    if (undelivered) return true;
    const stages = now.map(({ host_name, order_id, status }) => `${host_name ?? `order ${order_id}`}: ${status}`);
    await context.progress(`${stages.join(', ')} after ${elapsed} s`, elapsed, seconds);
    return now.every(({ ready }) => ready);
  });
  if (undelivered) throw undelivered.error;
  return follow.known();
}

const unknownYet = ({ id, number, hostName, serverId = null }: Followed): Deployment => ({
  host_name: hostName,
  order_id: id,
  order_number: number,
  server_id: serverId,
  status: 'unknown',
  ready: false,
  ipv4: null,
  ipv6: null,
  root_password_in: null,
});

const merged = (before: Deployment, delivery: Delivery): Deployment => ({
  ...before,
  host_name: delivery.hostname ?? before.host_name,
  order_number: delivery.order_number ?? before.order_number,
  server_id: delivery.server_id ?? before.server_id,
  status: delivery.status ?? 'unknown',
  ready: isReady(delivery),
  ipv4: delivery.ipv4 ?? before.ipv4,
  ipv6: delivery.ipv6 ?? before.ipv6,
});

/** How each ordered server is, a sentence each. */
export const deploymentWords = (rows: readonly Deployment[]): string[] =>
  rows.map(row =>
    [
      `${row.host_name ?? 'A server'} (${[`order ${row.order_number ?? row.order_id}`, row.server_id && `server ${row.server_id}`, row.ipv4, row.ipv6].filter(Boolean).join(', ')}) is ${STAGES[row.status] ?? `in the state: ${row.status}`}.`,
      row.root_password_in && `Its root password is in ${row.root_password_in}.`,
    ]
      .filter(Boolean)
      .join(' '),
  );

const STAGES: Readonly<Record<string, string>> = {
  waitlist: 'on the waiting list',
  waiting: 'waiting for a machine',
  deploying: 'being built',
  installing: 'being installed',
  ready: 'ready',
  rescue: 'ready in the rescue system',
  iso: 'ready with the ISO image mounted',
  unknown: 'in a state Gigahost does not tell',
};
