import { textual } from './kind.js';

export interface Money {
  /** A decimal with at most two decimals, as text: 500 or 499.50. */
  readonly amount: string;
  /** Three capitals. */
  readonly currency: string;
}

const PATTERN = '^((?:0|[1-9]\\d{0,8})(?:\\.\\d{1,2})?)(?: ?([A-Za-z]{3}))?$';
const MONEY = new RegExp(PATTERN);

export const money = textual<Money>(
  'amount',
  'it must be an amount with at most two decimals and a currency, such as "500 NOK"',
  { pattern: PATTERN },
  text => {
    const [, amount, currency = 'NOK'] = MONEY.exec(text) ?? [];
    return amount === undefined ? undefined : { amount, currency: currency.toUpperCase() };
  },
);
