import type { KeptFound, KeptSource } from '../client/credentials.js';
import { GigahostError } from '../client/errors.js';
import type { Keeper } from './keeper.js';
import { CredentialsError, placeWords } from './kept.js';

/** A server that runs for long sees within this time that its credentials were forgotten or replaced. */
const GOOD_FOR_MS = 60_000;

/**
 * What a keeper has, for a client that signs in with it. Read with the first call and, once found, not again for a minute
 * unless Gigahost refuses it; where nothing is found, every call looks again. Calls at the same time look once.
 */
export function keptSource(keeper: Pick<Keeper, 'read'>): KeptSource {
  let last: { until: number; readonly found: ReturnType<KeptSource['read']> } | undefined;

  async function look(): ReturnType<KeptSource['read']> {
    try {
      const kept = await keeper.read();
      return kept && { ...kept.credentials, where: placeWords(kept.place) };
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      throw new GigahostError('no_credentials', {
        operation: 'sign in',
        changed: 'nothing',
        sent: false,
        reason: error.message,
      });
    }
  }

  return {
    read() {
      if (last && last.until > Date.now()) return last.found;
      const looking = { until: Infinity, found: look() };
      last = looking;
      const over = (found?: KeptFound): void => {
        looking.until = found ? Date.now() + GOOD_FOR_MS : 0;
      };
      looking.found.then(over, () => over());
      return looking.found;
    },
    refused: () => void (last = undefined),
  };
}
