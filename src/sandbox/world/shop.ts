import type { Product, Region, Tier } from './catalogue.js';
import type { Invoice, Package } from './records.js';
import type { Order, Setup } from './server-record.js';
import type { World } from './world.js';

/** Months of each term; nothing is paid ahead by the hour. */
export const TERM_MONTHS = { hourly: 0, monthly: 1, quarterly: 3, annual: 12 } as const;
export type BillingPeriod = keyof typeof TERM_MONTHS;

/** What somebody asks for. Money in hundredths of NOK. */
export interface OrderPlan {
  product: Product;
  regionId: string;
  period: BillingPeriod;
  hostnames: string[];
  quantity: number;
  system: Setup['system'];
  withSshKey: boolean;
  backups: boolean;
  optionsMonthly: number;
}

/** An order that has no machine yet. */
export interface OpenOrder {
  order: Order;
  plan: OrderPlan;
  hostname: string;
  /** Has to be paid first; null when nothing is paid ahead. */
  invoice: Invoice | null;
  /** When a machine is found; null until it is paid. */
  allocatedAt: number | null;
}

/** A place in the queue for a sold-out product, which becomes an order of the same id. */
export interface Reservation {
  order: Order;
  plan: OrderPlan;
  hostname: string;
  reservedAt: number;
}

/** A wish to be told when a product is back. */
export interface StockAlert {
  id: string;
  productId: string;
  regionId: string;
  signedUpAt: number;
}

/** An invoice that adds its gross sum to the credit once it is paid. */
export interface TopUp {
  invoice: Invoice;
  amount: number;
  credited: boolean;
}

/** What can be ordered, and what has been ordered without having become a server. */
export interface Shop {
  regions: Region[];
  tiers: Tier[];
  products: Product[];
  openOrders: OpenOrder[];
  reservations: Reservation[];
  alerts: StockAlert[];
  topUps: TopUp[];
  /** The card on file. Only one that is not prepaid vouches for hourly servers; the last kind is refused when charged. */
  card: 'none' | 'prepaid' | 'works' | 'declines';
  /** Servers that are gone after a cancel. */
  ended: Set<string>;
}

/** The size behind a product id: of the packages first, then of the catalogue. */
export const sizeOf = (world: World, productId: string): Package | undefined =>
  world.packages.find(({ id }) => id === productId) ?? world.shop.products.find(({ id }) => id === productId);

export const hasPaidInvoice = (world: World): boolean => world.invoices.some(({ paid }) => paid);

/** Whether the account may pay after the fact. */
export const paysInArrears = (world: World): boolean =>
  (world.shop.card === 'works' || world.shop.card === 'declines') && hasPaidInvoice(world);
