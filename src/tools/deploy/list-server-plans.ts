import * as z from 'zod';
import { isMore } from '../../inventory/money.js';
import { offerName, readShop, regionName, type Offer } from '../../inventory/offers.js';
import { priceOf } from '../../inventory/price.js';
import { theOne } from '../../inventory/the-one.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor } from '../params.js';
import { defineRead } from '../tool.js';

const COLUMNS = [
  'plan',
  'id',
  'kind',
  'cores',
  'ram_gb',
  'disk',
  'gpu',
  'hourly',
  'monthly',
  'setup',
  'regions',
  'stock',
];
const ONE_MONTH = { period: 'monthly', quantity: 1, backups: false } as const;

export const listServerPlans = defineRead({
  name: 'list_server_plans',
  title: 'List server plans',
  effect: 'read',
  toolset: 'deploy',
  covers: ['getDeployCatalog'],
  description: 'List the servers that can be ordered, cheapest first: size, price with VAT, regions and stock.',

  input: z.strictObject({
    min_cores: z.number().optional().describe('CPU cores'),
    min_ram_gb: z.number().optional().describe('Memory'),
    min_disk_gb: z.number().optional().describe('Disk'),
    max_price: z.number().optional().describe('A month, with VAT'),
    region: z.string().optional().describe('Name'),
    in_stock: z.boolean().optional().describe('true: only what can be had now'),
    cursor: Cursor,
  }),

  output: z.looseObject({
    ...TableOutput,
    currency: z.string(),
    vat_percent: z.number(),
    plans_total: z.number().describe('Plans on offer, whatever was asked for'),
  }),

  async read({ client, signal }, args) {
    const shop = await readShop(client, { signal });
    const places = shop.offers.flatMap(offer => offer.places);
    const region = args.region === undefined ? undefined : regionCalled(args.region, places);
    const placesOf = (offer: Offer) => offer.places.filter(place => !region || place.region.id === region);
    const orderable = shop.offers.filter(offer => offer.product.price_id !== null);
    const rows = orderable
      .map(offer => ({ offer, price: priceOf(offer, shop, ONE_MONTH), places: placesOf(offer) }))
      .filter(
        ({ offer, price, places }) =>
          (offer.cores ?? Infinity) >= (args.min_cores ?? 0) &&
          (offer.ramGb ?? 0) >= (args.min_ram_gb ?? 0) &&
          (offer.diskGb ?? 0) >= (args.min_disk_gb ?? 0) &&
          (args.max_price === undefined ||
            (price.monthly !== null && !isMore(price.monthly, String(args.max_price)))) &&
          (!region || places.length > 0) &&
          (!args.in_stock || places.some(({ inStock }) => inStock !== false)),
      )
      .sort((a, b) => Number(a.price.monthly ?? Infinity) - Number(b.price.monthly ?? Infinity))
      .map(({ offer, price, places }) => [
        offerName(offer),
        offer.product.id,
        offer.kind,
        offer.cores,
        offer.ramGb,
        offer.disks,
        offer.gpus,
        offer.product.hourly === false ? null : price.hourly,
        price.monthly,
        price.setup,
        places.map(regionName).join(', '),
        stockWords(places, offer.product.waitlist),
      ]);
    const { cursor, ...filters } = args;
    return {
      ...page(COLUMNS, rows, { cursor, key: ['server-plans', filters] }),
      currency: shop.currency,
      vat_percent: shop.vatPercent,
      plans_total: orderable.length,
    };
  },

  say: output => [
    ...(output.total === 0 && output.plans_total > 0
      ? [`None of the ${output.plans_total} plans on offer is like that.`]
      : tableWords(output, 'server plans')),
    output.total > 0 &&
      `Prices in ${output.currency}${output.vat_percent > 0 ? ` with ${output.vat_percent}% VAT` : ', without VAT'}. By the hour a month never costs more than the monthly price. deploy_server orders one by its name.`,
  ],
});

function regionCalled(reference: string, places: Offer['places']): string {
  const regions = [...new Map(places.map(place => [place.region.id, place.region])).values()];
  return theOne(reference, regions, {
    nouns: ['region', 'regions'],
    idOf: ({ id }) => id,
    namesOf: ({ name, short_name }) => [name, short_name],
  }).id;
}

function stockWords(places: Offer['places'], waitlist: boolean | null): string {
  const out = places.filter(({ inStock }) => inStock === false);
  if (places.length === 0) return 'not sold';
  if (out.length === places.length) return waitlist ? 'sold out, waitlist' : 'sold out';
  if (out.length > 0) return `not in ${out.map(regionName).join(', ')}`;
  return places.some(({ inStock }) => inStock === null) ? 'not told' : 'in stock';
}
