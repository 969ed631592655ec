import * as z from 'zod';
import { defineEndpoint, idOf, PathId, rowOf } from '../endpoint.js';
import { count, flagOrNull, id, idOrNull, list, money, record, secret, text, time } from '../wire.js';

const ZeroOrOne = z.literal([0, 1]);

/**
 * Every request places new orders, and there is no idempotency key: never sent twice. It stays a purchase whatever
 * `waitlist` says, for that counts only while the plan is sold out (wire note 8.2).
 */
export const deployServers = defineEndpoint({
  id: 'deployServers',
  does: 'order servers',
  method: 'POST',
  path: '/deploy/servers',
  effect: 'purchase',
  repeatable: false,
  secrets: [],
  body: z
    .object({
      pid: PathId.optional().describe('id of the plan, from getDeployCatalog; or hash'),
      hash: z.string().min(1).optional().describe('product_hash of the plan; instead of pid'),
      price_id: PathId.describe('price_id of the plan, read just before'),
      region_id: PathId,
      os_id: idOf('system').optional().describe('Exactly one of os_id, iso_id and rescue'),
      iso_id: PathId.optional(),
      rescue: ZeroOrOne.optional(),
      billing_period: z.enum(['hourly', 'monthly', 'quarterly', 'annual']).optional().describe('Default: hourly'),
      waitlist: z.enum(['reserve', 'notify']).optional().describe('When sold out: order for later, or only an e-mail'),
      quantity: z.int().min(1).optional(),
      backups: ZeroOrOne.optional().describe('Adds 25 percent to the price'),
      auction_id: PathId.optional().describe('Claims one auction; quantity is then 1'),
      hostnames: z.array(z.string().min(1)).optional().describe('One a server; unique ones make an order recognisable'),
      ssh_keys: z.array(idOf('ssh_key')).optional(),
      opts: z.record(z.string(), z.unknown()).optional().describe('Choices of the plan; their form is not documented'),
    })
    .refine(body => (body.pid === undefined) !== (body.hash === undefined), 'one of pid and hash')
    .refine(
      body => [body.os_id, body.iso_id, body.rescue || undefined].filter(given => given !== undefined).length === 1,
      'exactly one of os_id, iso_id and rescue',
    ),
  doneAllTheSame: [402],
  refusals: {
    400: 'Gigahost says what is missing; a plan may also have sold out meanwhile. Nothing was ordered.',
    402: 'The order stands and is built once it is paid: do not order again. The user pays in the Gigahost panel.',
    403: 'The account may not buy it yet: hourly servers take a card or PayPal and one paid invoice, or credit for a month of all of them, and a term is paid by card or credit. top_up_credit adds credit. The plan may also not be sold by the hour.',
  },
  decode: rowOf({
    message: ['message', text],
    waitlist_mode: ['mode', text],
    waitlisted: ['waitlisted', flagOrNull],
    order_ids: ['order_ids', list(id)],
    order_numbers: ['order_numbers', list(text)],
    quantity: ['quantity', count],
    rate_hourly: ['rate_hourly', money],
    monthly_cap: ['monthly_cap', money],
    currency: ['currency', text],
    billing_period: ['billing_period', text],
    term_months: ['term', count],
    monthly: ['monthly', money],
    setup_fee: ['setup', money],
    discount_percent: ['discount', count],
    vat_percent: ['vat', count],
    payment_pending: ['pending_payment', flagOrNull],
    under_review: ['under_review', flagOrNull],
  }),
});

const Delivery = record({
  order_id: ['order_id', idOrNull],
  order_number: ['order_number', text],
  hostname: ['hostname', text],
  /** Null until a machine is allocated; "ready" without one is not ready (wire note 8.3). */
  server_id: ['srv_id', idOrNull],
  ipv4: ['ip', text],
  ipv6: ['ipv6', text],
  /** "waitlist", "waiting", "deploying", "installing", "ready", "rescue" or "iso"; there is none for a failure. */
  status: ['status', text],
  root_password: ['password', secret],
});
/** One ordered server on its way. */
export type Delivery = z.output<typeof Delivery>;

/** The password is there only while a system is installed without keys, or in rescue, and is blanked later. */
export const getDeployStatus = defineEndpoint({
  id: 'getDeployStatus',
  does: 'follow the orders',
  method: 'GET',
  path: '/deploy/status',
  effect: 'read',
  repeatable: true,
  secrets: ['data.servers[].password'],
  query: z.object({
    ids: z
      .string()
      .regex(/^[0-9]+(,[0-9]+)*$/)
      .describe('Order ids, with commas between them'),
  }),
  decode: rowOf({ servers: ['servers', list(Delivery)], all_ready: ['all_ready', flagOrNull] }),
});

const place = { product: ['product_name', text], region: ['region_name', text] } as const;

export const getWaitlist = defineEndpoint({
  id: 'getWaitlist',
  does: 'read the waiting list',
  method: 'GET',
  path: '/deploy/waitlist',
  effect: 'read',
  repeatable: true,
  secrets: [],
  decode: rowOf({
    /** Orders that are filled, and billed, when a plan is in stock again. */
    reservations: [
      'reservations',
      list(
        record({
          order_id: ['order_id', id],
          order_number: ['order_number', text],
          ...place,
          billing: ['billing_type', text],
          total: ['total', money],
          currency: ['currency', text],
          reserved_at: ['reserved_at', time],
        }),
      ),
    ],
    /** E-mails when a plan is in stock again. */
    alerts: [
      'notifications',
      list(
        record({
          notify_id: ['notify_id', id],
          product_id: ['product_id', idOrNull],
          ...place,
          signed_up_at: ['signed_up_at', time],
        }),
      ),
    ],
  }),
});

export const cancelWaitlistEntry = defineEndpoint({
  id: 'cancelWaitlistEntry',
  does: 'leave the waiting list',
  method: 'DELETE',
  path: '/deploy/waitlist',
  effect: 'disrupt',
  repeatable: true,
  secrets: [],
  body: z
    .object({
      order_id: PathId.optional().describe('A reservation; or notify_id'),
      notify_id: PathId.optional().describe('A stock alert'),
    })
    .refine(body => (body.order_id === undefined) !== (body.notify_id === undefined), 'one of order_id and notify_id'),
  refusals: {
    404: 'It is not on the waiting list any more: it was cancelled before, or a reservation became an order.',
  },
  decode: rowOf({ message: ['message', text] }),
});
