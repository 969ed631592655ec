import type { Order, ServerRecord } from './server-record.js';
import { sizeOf, type OrderPlan, TERM_MONTHS } from './shop.js';
import { isHourly } from './state.js';
import type { World } from './world.js';

const BACKUP_FACTOR = 1.25;
const VAT_FACTOR = 1.25;

interface Extras {
  readonly backups: boolean;
  readonly optionsMonthly: number;
}

/** Hundredths of NOK a month, with what was chosen on top of the size. */
export const monthlyWith = (base: number, { backups, optionsMonthly }: Extras): number =>
  Math.round((base + optionsMonthly) * (backups ? BACKUP_FACTOR : 1));

/** Hundredths of NOK a month a machine costs; by the hour this is the most it can cost. */
export const monthlyOf = (world: World, server: ServerRecord, order: Order): number =>
  monthlyWith(sizeOf(world, server.packageId)?.monthly ?? order.monthly, order);

/** NOK per hour, growing with what was chosen on top of the size. */
export const hourlyRate = (size: { monthly: number; hourlyRate: number }, monthly: number): number =>
  Number(((size.hourlyRate * monthly) / size.monthly).toFixed(5));

/** What one server of a plan costs ahead, without VAT, in hundredths of NOK. */
export function termPrice(plan: OrderPlan): { monthly: number; discount: number; net: number } {
  const monthly = monthlyWith(plan.product.monthly, plan);
  const discount = plan.period === 'annual' ? plan.product.yearDiscount : 0;
  const term = Math.round((monthly * TERM_MONTHS[plan.period] * (100 - discount)) / 100);
  return { monthly, discount, net: term + plan.product.setup };
}

export const withVat = (net: number): number => Math.round(net * VAT_FACTOR);
export const withoutVat = (gross: number): number => Math.round(gross / VAT_FACTOR);

/** Hundredths of NOK that all running hourly servers, and those on their way, cost in a month. */
export function hourlyUsage(world: World): number {
  const running = world.servers
    .filter(server => isHourly(server) && server.order?.status === 'active')
    .reduce((sum, server) => sum + (server.order ? monthlyOf(world, server, server.order) : 0), 0);
  const coming = world.shop.openOrders
    .filter(({ order }) => order.billing === 'hourly')
    .reduce((sum, { order, plan }) => sum + monthlyWith(plan.product.monthly, order), 0);
  return running + coming;
}
