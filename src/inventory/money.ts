import Big from 'big.js';
import { decimal } from '../client/wire.js';

/** Amounts are decimal text; floats are never added. */
export type Amount = string;

/** A type, so that it passes for a loose object of a result. */
export type Money = { readonly amount: Amount; readonly currency: string };

export const moneyWords = ({ amount, currency }: Money): string => `${amount} ${currency}`;

/** To the øre, the cent. */
export const rounded = (amount: Amount | Big): Amount => new Big(amount).toFixed(2);

export const times = (amount: Amount, factor: number): Big => new Big(amount).times(factor);

/** With VAT on top, to the øre. */
export const withVat = (net: Amount | Big, percent: number): Amount =>
  rounded(new Big(net).times(100 + percent).div(100));

/** The rate of one hour with VAT: a fraction of an øre counts. */
export const hourlyWithVat = (net: Amount, percent: number): Amount =>
  decimal(
    new Big(net)
      .times(100 + percent)
      .div(100)
      .round(4),
  );

export const plus = (...amounts: readonly (Amount | null)[]): Big =>
  amounts.reduce((total, amount) => total.plus(amount ?? 0), new Big(0));

export const isMore = (amount: Amount, other: Amount): boolean => new Big(amount).gt(other);

/** The sum for each currency, the largest share first. */
export function sums(rows: readonly Money[]): Money[] {
  const totals = new Map<string, Big>();
  for (const { amount, currency } of rows) totals.set(currency, (totals.get(currency) ?? new Big(0)).plus(amount));
  return [...totals].map(([currency, total]) => ({ amount: rounded(total), currency }));
}

export const divided = (amount: Amount, parts: number): Amount => rounded(new Big(amount).div(parts));
