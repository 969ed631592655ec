import { getAccount } from '../client/api/account.js';
import { getDeployStatus, type Delivery } from '../client/api/deploy.js';
import { GigahostError } from '../client/errors.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import type { Inventory } from './index.js';

/** An order of the account. */
export interface Order {
  readonly id: string;
  readonly number: string | null;
  readonly status: string | null;
  readonly products: readonly string[];
  /** Names of the servers it is for. */
  readonly servers: readonly string[];
  readonly serverIds: readonly string[];
}

/** Newest first; undefined where the credential may not see the account. */
export async function readOrders(client: Client, options: CallOptions = {}): Promise<Order[] | undefined> {
  const account = await client.call(getAccount, {}, options).catch((error: unknown) => {
    if (error instanceof GigahostError && error.kind === 'forbidden') return undefined;
    throw error;
  });
  return account?.orders
    .flatMap(({ id, number, status, products }): Order[] =>
      id === null
        ? []
        : [
            {
              id,
              number,
              status,
              products: products.flatMap(({ name }) => name ?? []),
              servers: products.flatMap(({ server }) => server ?? []),
              serverIds: products.flatMap(({ serverId }) => serverId ?? []),
            },
          ],
    )
    .sort((a, b) => Number(b.id) - Number(a.id));
}

/** Whether an order is for a server of that name. */
export const isFor = ({ servers }: Order, name: string): boolean =>
  servers.some(server => server.toLowerCase() === name.toLowerCase());

/** How far orders are. Finished ones may be missing (wire note 8.3), and so is what the caller may not see. */
export async function readDeliveries(
  client: Client,
  inventory: Inventory,
  orderIds: readonly string[],
  options: CallOptions = {},
): Promise<Delivery[]> {
  if (orderIds.length === 0) return [];
  const { servers } = await client.call(getDeployStatus, { query: { ids: orderIds.join(',') } }, options);
  return servers.filter(({ server_id, hostname }) =>
    inventory.holds({ id: server_id ?? '', name: hostname ?? '', label: null, hostname: null }),
  );
}

/** Whether a server can be used. One that is called ready and has no machine yet cannot (wire note 8.3). */
export const isReady = ({ status, server_id }: Pick<Delivery, 'status' | 'server_id'>): boolean =>
  server_id !== null && ['ready', 'rescue', 'iso'].includes(status ?? '');
