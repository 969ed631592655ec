import { setTimeout as wait } from 'node:timers/promises';

/** One secret text in the keychain of the operating system. Each rejects where that cannot be reached. */
export interface Keychain {
  /** Undefined where there is none. */
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
  /** Whether there was one. */
  remove(): Promise<boolean>;
}

/** The keychain cannot be used, in a few words without any secret. */
export class KeychainError extends Error {
  override readonly name = 'KeychainError';
}

/** As people see it in their keychain. */
const SERVICE = 'gigahost-mcp';
/** How long a person may take to answer a dialog of the system. */
export const DIALOG_MS = 60_000;

/**
 * The entry of that name. A keychain that is locked, or that does not know this program yet, opens a dialog on the
 * screen, and the call waits until it is answered: after `patienceMs` it is given up here, though the system may still
 * show the dialog, and this process then ends with the dialog, or when it is killed. On Linux it is the Secret Service of
 * the desktop only: keys of the kernel would not outlive the boot. Its library is native and optional, and is loaded with
 * the first use.
 */
export function openKeychain(name: string, patienceMs = DIALOG_MS): Keychain {
  const entry = async () => {
    const { AsyncEntry } = await import('@napi-rs/keyring').catch(() => {
      throw new KeychainError('its library is not installed');
    });
    return new AsyncEntry(SERVICE, name, { linux: { store: 'secret-service' } });
  };
  const within = async <T>(work: () => Promise<T>): Promise<T> => {
    const settled = new AbortController();
    const late = wait(patienceMs, undefined, { signal: settled.signal }).then(() => {
      throw new KeychainError(
        `no answer in ${patienceMs / 1000} s; it may be locked, or waiting for a dialog on the screen`,
      );
    });
    try {
      return await Promise.race([work(), late]);
    } catch (error) {
      throw error instanceof KeychainError ? error : new KeychainError(wordsOf(error));
    } finally {
      settled.abort();
    }
  };
  return {
    read: () => within(async () => (await (await entry()).getPassword()) ?? undefined),
    write: text =>
      within(async () => {
        const kept = await entry();
        await kept.setPassword(text);
        if ((await kept.getPassword()) !== text) throw new KeychainError('it did not keep what it was given');
      }),
    remove: () => within(async () => (await entry()).deleteCredential()),
  };
}

const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : 'it fails').replace(/\s+/g, ' ').slice(0, 160);
