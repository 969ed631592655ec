import * as z from 'zod';
import { findSshKey } from '../../inventory/account.js';
import { findOffer, findPlace, offerName, readShop, regionName } from '../../inventory/offers.js';
import { readOrders } from '../../inventory/orders.js';
import { BILLING_PERIODS, priceOf } from '../../inventory/price.js';
import { HostName, WaitSeconds } from '../params.js';
import { defineChange } from '../tool.js';
import { Deployment, deploymentWords, followOrders } from './follow-orders.js';
import { contentsOf, mustBeSold, orderLines, type Ordering } from './order-plan.js';
import { mustBeNew, placeOrder, readBefore } from './place-order.js';

/** Checked by refinement: bounds would be printed into every tools/list, for each of the arguments. */
const Reference = z
  .string()
  .trim()
  .refine(value => value !== '' && value.length <= 100, 'must have 1 to 100 characters');

export const deployServer = defineChange({
  name: 'deploy_server',
  title: 'Order servers',
  effect: 'purchase',
  settledBy: 'get_deployment',
  toolset: 'deploy',
  covers: ['deployServers'],
  description: 'Order one or several new servers and wait until they are ready. Costs money from then on.',

  input: z.strictObject({
    plan: Reference.describe('Name or id from list_server_plans'),
    host_names: z.array(HostName).min(1).max(20).describe('New names, one a server'),
    os: Reference.optional().describe('Such as debian-13, or rescue'),
    iso: Reference.optional().describe('Instead of os: an uploaded image'),
    region: Reference.optional().describe('Where there is a choice'),
    ssh_keys: z.array(Reference).optional().describe('By name'),
    billing: z.enum(BILLING_PERIODS).optional().describe('Default: hourly'),
    backups: z.boolean().optional().describe('25% more'),
    waitlist: z.enum(['reserve', 'notify']).optional().describe('When sold out: order for later, or get an e-mail'),
    wait_seconds: WaitSeconds,
  }),

  output: z.looseObject({
    servers: z.array(Deployment),
    plan: z.string(),
    region: z.string(),
    contents: z.string(),
    all_ready: z.boolean().describe('Whether all were ready when waiting ended'),
    payment: z.enum(['declined', 'pending', 'review']).nullable().describe('What holds the order up, if anything'),
    waitlist: z.enum(['reserve', 'notify']).nullable(),
    found_after_lost_answer: z.boolean(),
    not_found: z.array(z.string()).describe('Host names no order was found for after a lost answer'),
  }),

  async plan(context, args) {
    const { client, secrets, signal } = context;
    const { host_names: hostNames, billing: period = 'hourly', backups = false, waitlist } = args;
    const [shop, orders] = await Promise.all([readShop(client, { signal }), readOrders(client, { signal })]);
    const offer = findOffer(shop.offers, args.plan);
    const place = findPlace(offer, args.region);
    mustBeSold(offer, place, period, waitlist);
    await mustBeNew(context, hostNames, orders);
    const waits = place.inStock === false;
    const [contents, keys, before] = await Promise.all([
      contentsOf(context, args, offer),
      Promise.all((args.ssh_keys ?? []).map(key => findSshKey(client, key, { signal }))),
      readBefore(context, orders, waitlist !== undefined),
    ]);
    await secrets.ready();
    const price = priceOf(offer, shop, { period, quantity: hostNames.length, backups });
    const order: Ordering = { offer, place, price, period, hostNames, contents, keys, backups, waitlist };
    const verb = !waits ? 'Order' : waitlist === 'notify' ? 'Ask for an e-mail about' : 'Reserve';
    const name = offerName(offer);
    return {
      staysWithin: true,
      what: `${verb} ${hostNames.length} x ${name}: ${hostNames.join(', ')}`,
      consequences: orderLines(order, shop),
      name,
      cost: price.first,
      state: {
        product: offer.product.id,
        price_id: offer.product.price_id,
        price,
        region: place.region.id,
        in_stock: place.inStock,
        contents: contents.body,
        keys: keys.map(({ id }) => id),
      },
      subject: { order, before },
    };
  },

  async apply(context, { subject: { order, before } }, { wait_seconds = context.patienceSeconds }) {
    const { offer, place, hostNames, contents, keys, period, backups, waitlist } = order;
    const placed = await placeOrder(
      context,
      {
        pid: offer.product.id,
        price_id: offer.product.price_id ?? '',
        region_id: place.region.id,
        ...contents.body,
        billing_period: period,
        quantity: hostNames.length,
        hostnames: [...hostNames],
        ...(keys.length > 0 && { ssh_keys: keys.map(({ id }) => id) }),
        ...(backups && { backups: 1 }),
        ...(waitlist && { waitlist }),
      },
      hostNames,
      before,
    );
    const patience = placed.waitlist || placed.payment ? 0 : wait_seconds;
    const servers = await followOrders(context, placed.orders, patience);
    return {
      servers: placed.waitlist ? servers.map(row => ({ ...row, status: 'waitlist' })) : servers,
      plan: offerName(offer),
      region: regionName(place),
      contents: contents.words,
      all_ready: servers.length > 0 && servers.every(({ ready }) => ready),
      payment: placed.payment,
      waitlist: placed.waitlist,
      found_after_lost_answer: placed.found,
      not_found: placed.found ? hostNames.filter(name => !isNamed(servers, name)) : [],
    };
  },

  say: ({ servers, plan, region, contents, all_ready, payment, waitlist, found_after_lost_answer, not_found }) =>
    [
      found_after_lost_answer && 'Gigahost’s answer was lost; the orders were found in the account.',
      waitlist === 'notify' && `Gigahost sends an e-mail when ${plan} is in stock in ${region}. Nothing was ordered.`,
      waitlist === 'reserve' &&
        `${plan} is reserved in ${region}; it is billed and built when there is one. list_waitlist shows it, cancel_waitlist_entry takes it off.`,
      !waitlist &&
        not_found.length > 0 &&
        `No order was found for ${not_found.join(', ')}: list_servers shows later whether there is one.`,
      payment && PAYMENT[payment],
      ...(waitlist ? [] : deploymentWords(servers)),
      !waitlist && servers.length === 0 && 'Gigahost took the order and named none. get_deployment shows it.',
      all_ready
        ? `With ${contents}, in ${region}. The first SSH login may take another minute to work.`
        : !waitlist && 'get_deployment shows how far it is. Do not order again.',
    ]
      .filter(Boolean)
      .join(' '),
});

const isNamed = (servers: readonly Deployment[], name: string): boolean =>
  servers.some(({ host_name }) => host_name?.toLowerCase() === name);

const PAYMENT: Readonly<Record<'declined' | 'pending' | 'review', string>> = {
  declined:
    'The card was declined, and the order stands all the same: it is built once it is paid. The user pays it in the Gigahost panel; list_invoices shows the invoice.',
  pending: 'The order waits for its payment; list_invoices shows the invoice.',
  review: 'Gigahost looks the order over before it builds it.',
};
