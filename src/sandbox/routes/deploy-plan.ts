import { refusedWithError, type Reply } from '../http/reply.js';
import { isWhole } from '../input.js';
import { idFrom } from '../wire.js';
import type { Addon, Product } from '../world/catalogue.js';
import type { Setup } from '../world/server-record.js';
import { TERM_MONTHS, type BillingPeriod, type OrderPlan } from '../world/shop.js';
import type { World } from '../world/world.js';

type Body = Readonly<Record<string, unknown>>;

const MOST_AT_ONCE = 50;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;

const invalid = (field: string): { refusal: Reply } => ({
  refusal: refusedWithError(400, `Required field is invalid: ${field}`),
});

/** What an order asks for, or why it cannot be asked for. Stock and money are looked at later. */
export function readPlan(world: World, body: Body): { plan: OrderPlan } | { refusal: Reply } {
  const { name, address, zip, city, phone } = world.account;
  if ([name, address, zip, city, phone].includes(''))
    return { refusal: refusedWithError(400, 'Please complete your account profile before ordering.') };

  const product = productFrom(world, body);
  if (!product) return invalid(body.auction_id !== undefined ? 'auction_id' : 'pid');
  // Auctions are listed under price 0.
  if (product.type !== 'auction' && idFrom(body.price_id) !== product.priceId) return invalid('price_id');
  const regionId = idFrom(body.region_id);
  const region = world.shop.regions.find(({ id }) => id === regionId);
  if (!region?.active || !product.regionIds.includes(region.id)) return invalid('region_id');
  const system = systemFrom(world, product, body);
  if ('status' in system) return { refusal: system };

  const period = body.billing_period ?? 'hourly';
  if (!isPeriod(period)) return invalid('billing_period');
  if (period === 'hourly' && !product.allowHourly)
    return { refusal: refusedWithError(403, 'This product cannot be ordered hourly.') };
  if (period !== 'hourly' && !product.allowRecurring)
    return { refusal: refusedWithError(403, 'This product can only be ordered hourly.') };

  const quantity = product.type === 'auction' ? 1 : (body.quantity ?? 1);
  if (!isWhole(quantity, 1, MOST_AT_ONCE)) return invalid('quantity');
  const hostnames = body.hostnames ?? [];
  if (!isList(hostnames) || hostnames.length > quantity || !hostnames.every(isHostName)) return invalid('hostnames');
  const keys = body.ssh_keys ?? [];
  if (!isList(keys) || !keys.every(key => world.account.sshKeys.some(({ id }) => id === idFrom(key))))
    return invalid('ssh_keys');
  const backups = body.backups ?? 0;
  if (backups !== 0 && backups !== 1) return invalid('backups');
  if (body.waitlist !== undefined && body.waitlist !== 'reserve' && body.waitlist !== 'notify')
    return invalid('waitlist');
  const optionsMonthly = optionsPrice(product.addons, body.opts ?? {});
  if (optionsMonthly === null) return invalid('opts');

  return {
    plan: {
      product,
      regionId: region.id,
      period,
      hostnames,
      quantity,
      system,
      withSshKey: keys.length > 0,
      backups: backups === 1,
      optionsMonthly,
    },
  };
}

/** An auction is found by its own id, everything else by product id or hash. */
function productFrom(world: World, { auction_id, pid, hash }: Body): Product | undefined {
  const { products } = world.shop;
  if (auction_id !== undefined) return products.find(({ auctionId }) => auctionId === idFrom(auction_id));
  const found = pid !== undefined ? products.find(({ id }) => id === idFrom(pid)) : products.find(p => p.hash === hash);
  return found?.type === 'auction' ? undefined : found;
}

function systemFrom(world: World, product: Product, { os_id, iso_id, rescue = 0 }: Body): Setup['system'] | Reply {
  if (rescue !== 0 && rescue !== 1) return invalid('rescue').refusal;
  const chosen = [os_id !== undefined, iso_id !== undefined, rescue === 1].filter(Boolean).length;
  if (chosen !== 1) return refusedWithError(400, 'Choose an operating system, an ISO, or rescue mode.');
  if (rescue === 1) return { kind: 'rescue' };
  if (iso_id !== undefined) {
    const iso = world.isos.find(({ id, state }) => id === idFrom(iso_id) && state === 'completed');
    return iso ? { kind: 'iso', id: iso.id } : invalid('iso_id').refusal;
  }
  const found = world.operatingSystems.find(({ id }) => id === idFrom(os_id));
  if (!found || (found.dedicatedOnly && product.machine === null)) return invalid('os_id').refusal;
  if (found.minRamGb > (product.machine?.ramGb ?? product.ramGb))
    return refusedWithError(400, 'Not enough memory for this operating system.');
  return { kind: 'os', id: found.id };
}

/** What the chosen options cost a month. That `opts` maps addon ids to option ids is a guess. */
function optionsPrice(addons: readonly Addon[], opts: unknown): number | null {
  if (typeof opts !== 'object' || opts === null) return null;
  let sum = 0;
  for (const [addonId, optionId] of Object.entries(opts)) {
    const addon = addons.find(({ id }) => id === addonId);
    const option = addon?.options.find(({ id }) => id === idFrom(optionId));
    if (!option) return null;
    sum += option.monthly;
  }
  return sum;
}

const isPeriod = (value: unknown): value is BillingPeriod =>
  typeof value === 'string' && Object.hasOwn(TERM_MONTHS, value);
const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isHostName = (value: unknown): value is string => typeof value === 'string' && HOST_NAME.test(value);
