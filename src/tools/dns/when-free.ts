import { setTimeout as sleep } from 'node:timers/promises';
import { GigahostError } from '../../client/errors.js';

const TRIES = 3;
const PAUSE_MS = 400;

/**
 * Sends a write to a zone, and sends it again where somebody else was writing there at the same moment: Gigahost then
 * answers with a 500 (wire note 10.6). Before that, `isDone` reads whether it happened all the same.
 */
export async function whenFree(send: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await send();
      return;
    } catch (error) {
      if (!(error instanceof GigahostError) || error.facts.status !== 500) throw error;
      if (await isDone()) return;
      if (tries === TRIES) throw error;
      await sleep(PAUSE_MS * tries);
    }
  }
}
