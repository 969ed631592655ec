import { setTimeout as wait } from 'node:timers/promises';
import { InputError } from '../../inventory/input-error.js';
import { NOTHING_LEFT, type SessionDelivery } from './delivery.js';
import type { Door } from './loopback.js';
import { createMarks } from './marks.js';
import type { SecretPages } from './pages.js';

const LOOK_EVERY_MS = 250;

/** One page per delivery, behind a door that is opened when something is about to be delivered. */
export function pageDelivery(pages: SecretPages, door: Door): SessionDelivery {
  const { withhold, fillIn } = createMarks();
  return {
    ...NOTHING_LEFT,
    fillIn,
    async ready() {
      try {
        await door.open();
      } catch (error) {
        throw new InputError(
          `Secrets could not be handed over: no page can be served (${(error as NodeJS.ErrnoException).code}). Start with --secrets file.`,
        );
      }
      await pages.ready();
    },
    async deliver(title, secrets) {
      const origin = await door.open();
      // Whoever has the address can open the page: a journal that others read must not hold it.
      const address = withhold(origin + (await pages.add(title, secrets)));
      return `the page ${address} (opens once, gone after ten minutes)`;
    },
    async untilFetched(signal, say) {
      const isWaiting = async (): Promise<boolean> => (await pages.waiting()) > 0 && !signal.aborted;
      if (await isWaiting()) say('Waiting until the page is opened; Ctrl-C takes it away.');
      while (await isWaiting()) await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      say('');
    },
    close: () => door.close(),
  };
}
