import { times, hourlyWithVat, plus, rounded, withVat, type Money } from './money.js';
import type { Offer, Shop } from './offers.js';

export const BILLING_PERIODS = ['hourly', 'monthly', 'quarterly', 'annual'] as const;
export type BillingPeriod = (typeof BILLING_PERIODS)[number];

/** Months that are paid ahead; by the hour it is none. */
const MONTHS: Readonly<Record<BillingPeriod, number>> = { hourly: 0, monthly: 1, quarterly: 3, annual: 12 };

/** Contract `deployServers`. */
const BACKUP_FACTOR = 1.25;

/** What a plan costs with VAT, for one server unless it says total. Null where Gigahost does not say. */
export interface Price {
  readonly currency: string;
  readonly hourly: string | null;
  /** By the hour it is the most that a month can cost. */
  readonly monthly: string | null;
  readonly setup: string | null;
  readonly discountPercent: number;
  /**
   * What the order commits to first, for all servers: the whole first period with the setup fee. By the hour nothing is
   * due at once; a month at its cap is counted, as one hour would say nothing about what was begun.
   */
  readonly first: Money | null;
}

export function priceOf(
  { product }: Pick<Offer, 'product'>,
  { currency, vatPercent }: Pick<Shop, 'currency' | 'vatPercent'>,
  { period, quantity, backups }: { period: BillingPeriod; quantity: number; backups: boolean },
): Price {
  const factor = backups ? BACKUP_FACTOR : 1;
  const monthly =
    product.rate_monthly === null ? null : plus(product.rate_monthly, product.monthly_extra).times(factor);
  const hourly = product.rate_hourly === null ? null : times(product.rate_hourly, factor).toFixed();
  const setup = product.setup_fee !== null && Number(product.setup_fee) > 0 ? product.setup_fee : null;
  const discountPercent = period === 'annual' ? (product.annual_discount_percent ?? 0) : 0;
  const months = MONTHS[period] || 1;
  const first = monthly
    ?.times(months)
    .times(100 - discountPercent)
    .div(100)
    .plus(setup ?? 0);
  return {
    currency,
    hourly: hourly === null ? null : hourlyWithVat(hourly, vatPercent),
    monthly: monthly && withVat(monthly, vatPercent),
    setup: setup && withVat(setup, vatPercent),
    discountPercent,
    first: first ? { amount: rounded(times(withVat(first, vatPercent), quantity)), currency } : null,
  };
}
