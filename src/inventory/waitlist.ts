import { getWaitlist } from '../client/api/deploy.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';

/** A place on the waiting list: an order to come, or an e-mail to come. */
export interface Waiting {
  /** Unique among both kinds. */
  readonly id: string;
  readonly kind: 'reservation' | 'alert';
  readonly product: string;
  readonly region: string | null;
  readonly orderNumber: string | null;
  readonly price: string | null;
  readonly since: string | null;
  /** What takes it off. */
  readonly body: { readonly order_id: string } | { readonly notify_id: string };
}

export async function readWaitlist(client: Client, options: CallOptions = {}): Promise<Waiting[]> {
  const { reservations, alerts } = await client.call(getWaitlist, {}, options);
  return [
    ...reservations.map(row => ({
      id: `reservation-${row.order_id}`,
      kind: 'reservation' as const,
      product: row.product ?? 'a server',
      region: row.region,
      orderNumber: row.order_number,
      // The amount is that of a month also where it is billed by the hour.
      price:
        [row.total && `${row.total} ${row.currency ?? 'NOK'}`, row.billing && `billed ${row.billing}`]
          .filter(Boolean)
          .join(', ') || null,
      since: row.reserved_at,
      body: { order_id: row.order_id },
    })),
    ...alerts.map(row => ({
      id: `alert-${row.notify_id}`,
      kind: 'alert' as const,
      product: row.product ?? 'a server',
      region: row.region,
      orderNumber: null,
      price: null,
      since: row.signed_up_at,
      body: { notify_id: row.notify_id },
    })),
  ];
}
