import { NOTHING_LEFT, revealed, type SessionDelivery } from './delivery.js';
import { createMarks } from './marks.js';

/** Shows the values in the answer. */
export function inlineDelivery(): SessionDelivery {
  const { withhold, fillIn } = createMarks();
  return {
    ...NOTHING_LEFT,
    fillIn,
    ready: () => Promise.resolve(),
    deliver(_title, secrets) {
      const shown = revealed(secrets).map(([name, value]) => `${name} \`${withhold(value)}\``);
      return Promise.resolve(`this answer, for all who read it: ${shown.join(', ')} (--dangerously-inline-secrets)`);
    },
  };
}
