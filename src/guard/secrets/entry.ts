import { InputError } from '../../inventory/input-error.js';
import type { SecretEntries, Wanted } from './entries.js';
import { loopback, type Door } from './loopback.js';

/** Takes secrets in from a person, past the conversation. */
export interface SecretEntry extends Pick<SecretEntries, 'has' | 'take' | 'entered'> {
  /** The address of a page for it. @throws {InputError} when none can be served. */
  pageFor(key: string, wanted: Wanted): Promise<string>;
  close(): Promise<void>;
}

export function createSecretEntry(entries: SecretEntries, door: Door = loopback(entries)): SecretEntry {
  return {
    has: key => entries.has(key),
    take: key => entries.take(key),
    entered: (key, signal) => entries.entered(key, signal),
    async pageFor(key, wanted) {
      const origin = await door.open().catch((error: unknown) => {
        throw new InputError(
          `No page can be served for the person to type in a secret (${(error as NodeJS.ErrnoException).code}). It has to be given as an argument.`,
        );
      });
      return origin + (await entries.add(key, wanted));
    },
    close: () => door.close(),
  };
}
