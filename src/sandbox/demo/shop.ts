import type { OrderPlan, Reservation, Shop, StockAlert } from '../world/shop.js';
import { products, REGIONS, TIERS } from './catalogue.js';
import { DAY, HOUR } from '../times.js';

const SOLD_OUT_SIZE = '7958';
const STORAGE = '4880';

/** The shop, with one reservation and one stock alert of the demo account. */
export function shop(now: number): Shop {
  const shelf = products();
  return {
    regions: structuredClone(REGIONS),
    tiers: structuredClone(TIERS),
    products: shelf,
    openOrders: [],
    reservations: shelf
      .filter(({ id }) => id === SOLD_OUT_SIZE)
      .map(product => reservation(product, now - 3 * DAY - 2 * HOUR)),
    alerts: [storageAlert(now - 26 * DAY)],
    topUps: [],
    card: 'prepaid',
    ended: new Set(),
  };
}

const reservation = (product: OrderPlan['product'], reservedAt: number): Reservation => ({
  order: {
    id: '5408',
    number: '100548',
    placedAt: reservedAt,
    billing: 'hourly',
    monthly: product.monthly,
    status: 'active',
    months: 1,
    backups: false,
    optionsMonthly: 0,
  },
  plan: {
    product,
    regionId: '1',
    period: 'hourly',
    hostnames: ['build02'],
    quantity: 1,
    system: { kind: 'os', id: '118' },
    withSshKey: true,
    backups: false,
    optionsMonthly: 0,
  },
  hostname: 'build02',
  reservedAt,
});

const storageAlert = (signedUpAt: number): StockAlert => ({ id: '71', productId: STORAGE, regionId: '1', signedUpAt });
