import { getAccount } from '../client/api/account.js';
import {
  getDeployCatalog,
  type Catalogue,
  type Eligibility,
  type Product,
  type Region,
} from '../client/api/catalogue.js';
import { GigahostError } from '../client/errors.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import { InputError } from './input-error.js';
import { theOne } from './the-one.js';

/** A plan of the catalogue in the words of a person: what it is, and where it is in stock. */
export interface Offer {
  readonly product: Product;
  readonly tier: string;
  readonly kind: 'vps' | 'dedicated' | 'auction';
  readonly cores: number | null;
  readonly ramGb: number | null;
  readonly diskGb: number | null;
  readonly disks: string;
  readonly gpus: string;
  readonly places: readonly Place[];
}

/** A region a plan is sold in; `inStock` is null where Gigahost does not say. */
export interface Place {
  readonly region: Region;
  readonly inStock: boolean | null;
}

export interface Shop {
  readonly offers: readonly Offer[];
  readonly eligibility: Eligibility | null;
  readonly currency: string;
  readonly vatPercent: number;
}

/** Norwegian customers pay it on top of the prices of the catalogue (contract `getDeployCatalog`). */
const NORWEGIAN_VAT = 25;

/** Everything on sale, read anew each time: prices and stock change. */
export async function readShop(client: Client, options: CallOptions): Promise<Shop> {
  const [catalogue, vatPercent] = await Promise.all([
    client.call(getDeployCatalog, {}, options),
    readVat(client, options),
  ]);
  const offers = catalogue.tiers.flatMap(tier =>
    tier.products.map(product => offerOf(catalogue, tier.name ?? '', product)),
  );
  return { offers, eligibility: catalogue.eligibility, currency: catalogue.currency ?? 'NOK', vatPercent };
}

/** Where the account cannot be read the higher price is told. */
async function readVat(client: Client, options: CallOptions): Promise<number> {
  const country = await client.call(getAccount, {}, options).then(
    account => account.country,
    (error: unknown) => {
      if (error instanceof GigahostError) return null;
      throw error;
    },
  );
  return country === null || /^(no|nor|norge|noreg|norway)$/i.test(country) ? NORWEGIAN_VAT : 0;
}

/** A plan by its name or id. */
export const findOffer = (offers: readonly Offer[], reference: string): Offer =>
  theOne(reference, offers, {
    nouns: ['server plan', 'server plans'],
    idOf: ({ product }) => product.id,
    namesOf: ({ product }) => [product.name, product.name?.replace(/\bVPS /, '') ?? null],
  });

/** Where to put it. Without a word about it there must be no choice. */
export function findPlace(offer: Offer, reference: string | undefined): Place {
  const kind = {
    nouns: ['region', 'regions'] as const,
    idOf: ({ region }: Place) => region.id,
    namesOf: ({ region }: Place) => [region.name, region.short_name],
  };
  if (reference !== undefined) return theOne(reference, offer.places, kind);
  const stocked = offer.places.filter(({ inStock }) => inStock !== false);
  const [only] = stocked.length === 1 ? stocked : offer.places;
  if (only && (stocked.length === 1 || offer.places.length === 1)) return only;
  if (offer.places.length > 0 && stocked.length === 0)
    throw new InputError(
      `${offerName(offer)} is sold out in ${offer.places.map(regionName).join(' and ')}. ${
        offer.product.waitlist === false
          ? 'There is no waiting list for it.'
          : 'To wait for it, say where with region, and how with waitlist: "reserve" orders it for when there is one, "notify" only asks for an e-mail.'
      } list_server_plans with in_stock=true shows what can be had now.`,
    );
  throw new InputError(
    `${offerName(offer)} is sold in ${offer.places.map(placeWords).join(', ') || 'no region'}. Say which with region.`,
  );
}

export const offerName = ({ product }: Offer): string => product.name ?? `plan ${product.id}`;

export const regionName = ({ region }: Place): string => region.name ?? region.id;

const placeWords = (place: Place): string => `${regionName(place)}${place.inStock === false ? ' (sold out)' : ''}`;

function offerOf(catalogue: Catalogue, tier: string, product: Product): Offer {
  const { specs } = product;
  const disks = specs?.disks ?? [];
  const kind = product.type === 'vm' ? 'vps' : product.type === 'auction' ? 'auction' : 'dedicated';
  return {
    product,
    tier,
    kind,
    cores: product.vm_cores || specs?.cpu_cores || null,
    ramGb: ramOf(product),
    diskGb: product.vm_disk_gb || disks.reduce((sum, disk) => sum + (disk.size_gb ?? 0), 0) || null,
    disks: disks.map(disk => [disk.size_gb && `${disk.size_gb} GB`, disk.type].filter(Boolean).join(' ')).join(' + '),
    gpus: (specs?.gpus ?? [])
      .map(gpu => [(gpu.count ?? 1) > 1 && `${gpu.count} x`, gpu.manufacturer, gpu.model].filter(Boolean).join(' '))
      .join(' + '),
    places: catalogue.regions
      .filter(region => region.active !== false && product.region_ids.includes(region.id))
      .map(region => ({ region, inStock: stockIn(catalogue, product, region) })),
  };
}

/** Of hardware the contents and the name say it; `specs` contradicts both at times (wire note 8.1). */
function ramOf(product: Product): number | null {
  if (product.vm_ram_gb) return product.vm_ram_gb;
  const told = product.contents.find(({ name }) => /^(minne|memory|ram)/i.test(name ?? ''))?.value;
  for (const words of [told, product.name]) {
    const found = /(\d+)\s?GB/i.exec(words ?? '');
    if (found) return Number(found[1]);
  }
  return product.specs?.ram_gb || null;
}

/** The product's own word counts; where several data centres are told apart, theirs within the region does too. */
function stockIn(catalogue: Catalogue, product: Product, region: Region): boolean | null {
  if (product.in_stock === false) return false;
  const known = catalogue.datacenters
    .filter(({ region_id }) => region_id === region.id)
    .flatMap(({ id }) => product.stock_by_datacenter[id] ?? []);
  return known.length > 0 && !known.includes(true) ? false : product.in_stock;
}
