import Big from 'big.js';
import { InputError } from '../inventory/input-error.js';
import type { Cost, Journal } from './journal.js';

/** What may be spent, by the operator's word. */
export interface SpendLimits {
  /** Purchases that are counted together are made one after the other: what they have in common. */
  readonly together: string;
  /** @throws {InputError} with the figures when a purchase would go beyond a limit. */
  check(cost: Cost | null): Promise<void>;
}

export interface Limits {
  readonly perDay: Cost | null;
  readonly each: Cost | null;
}

const DAY_MS = 86_400_000;
const words = ({ amount, currency }: Cost): string => `${amount} ${currency}`;

/** What keeps within each of them. */
export const allLimits = (together: string, all: readonly Pick<SpendLimits, 'check'>[]): SpendLimits => ({
  together,
  async check(cost) {
    for (const limits of all) await limits.check(cost);
  },
});

/** Counts what the journal says was bought in the last 24 hours, so that a restart forgets nothing. */
export function spendLimits(
  { perDay, each }: Limits,
  journal: Pick<Journal, 'read'>,
  now: () => number = Date.now,
): Pick<SpendLimits, 'check'> {
  return {
    async check(cost) {
      if (!perDay && !each) return;
      if (cost === null)
        throw new InputError(
          'Gigahost does not say what this costs, and the operator has set a limit on spending (--max-spend, --max-spend-each). It has to be ordered in the Gigahost panel.',
        );
      for (const limit of [perDay, each])
        if (limit && limit.currency !== cost.currency)
          throw new InputError(`It costs ${words(cost)}, and the limit on spending is in ${limit.currency}.`);
      if (each && new Big(cost.amount).gt(each.amount))
        throw new InputError(`It costs ${words(cost)}, and one purchase may cost ${words(each)} (--max-spend-each).`);
      if (!perDay) return;
      const spent = (await journal.read())
        .filter(
          ({ at, outcome, cost: bought }) =>
            Date.parse(at) > now() - DAY_MS &&
            (outcome === 'applied' || outcome === 'unknown') &&
            bought?.currency === perDay.currency,
        )
        .reduce((sum, entry) => sum.plus(entry.cost?.amount ?? 0), new Big(0));
      if (spent.plus(cost.amount).gt(perDay.amount))
        throw new InputError(
          `It costs ${words(cost)}; ${spent.toFixed(2)} ${cost.currency} was spent in the last 24 hours, and ${words(perDay)} may be (--max-spend).`,
        );
    },
  };
}
