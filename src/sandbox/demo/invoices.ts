import type { Invoice } from '../world/records.js';
import { DAY } from '../times.js';

// Serial of the server that is billed, days since the invoice was issued, days given to pay, NOK, paid.
const ROWS = [
  [5, 5, 14, 1249, false],
  [3, 12, 14, 79, true],
  [4, 26, 14, 49, false],
  [1, 33, 14, 48.27, true],
  [5, 35, 14, 1249, true],
  [3, 42, 14, 79, true],
  [4, 56, 14, 49, true],
  [5, 65, 14, 1249, true],
] as const;

/** The invoices of the last two months, newest first. */
export function invoices(now: number): Invoice[] {
  return ROWS.map(([serial, age, days, nok, paid], index) => ({
    id: String(70_412 - index),
    number: String(2_026_412 - index),
    orderId: String(5400 + serial),
    orderNumber: String(100_540 + serial),
    issuedAt: now - age * DAY,
    dueAt: now - (age - days) * DAY,
    paid,
    net: Math.round(nok * 100),
  }));
}
