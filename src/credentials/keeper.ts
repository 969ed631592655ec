import { join } from 'node:path';
import { credentialsFile } from './file.js';
import { KeychainError, openKeychain, type Keychain } from './keychain.js';
import { CredentialsError, KeptCredentials, placeWords, type Place } from './kept.js';

export interface Kept {
  readonly credentials: KeptCredentials;
  readonly place: Place;
}

/** Where credentials were put, and, where that is the file, why not into the keychain (undefined: it is switched off). */
export interface Keeping {
  readonly place: Place;
  readonly because: string | undefined;
}

/** Keeps what signs in to one Gigahost address, from one process to the next. */
export interface Keeper {
  /** Undefined where nothing is kept. @throws {CredentialsError} where something is, and cannot be had. */
  read(): Promise<Kept | undefined>;
  /** In place of what was kept. @throws {CredentialsError} where they cannot be kept; what was kept before still is. */
  keep(credentials: KeptCredentials): Promise<Keeping>;
  /** Where they were; undefined where nothing was kept. @throws {CredentialsError} where they are still there. */
  forget(): Promise<Place | undefined>;
}

export interface KeeperOptions {
  readonly stateDir: string;
  readonly baseUrl: string;
  /** `off` leaves the keychain alone: all is kept in the file. */
  readonly keychain: 'auto' | 'off';
  /** How long a dialog of the keychain is waited for. */
  readonly patienceMs?: number;
}

/**
 * In the keychain of the operating system where there is one that can be used, else in `credentials.json` in the state
 * directory. The file also says which of the two it is, so that a keychain, and its dialogs, are left alone where nothing
 * was kept there. An entry is for one base URL in one state directory: others never see it.
 */
export function openKeeper({ stateDir, baseUrl, keychain: mode, patienceMs }: KeeperOptions): Keeper {
  const file = credentialsFile(join(stateDir, 'credentials.json'));
  const keychain = openKeychain(`${baseUrl} (${stateDir})`, patienceMs);
  const [inKeychain, inFile]: readonly Place[] = [{ kind: 'keychain' }, { kind: 'file', path: file.path }] as const;

  return {
    async read() {
      const entry = await file.read(baseUrl);
      if (!entry) return undefined;
      if (!('keychain' in entry)) return { credentials: entry, place: inFile };
      if (mode === 'off') throw switchedOff(inKeychain);
      const text = await keychain.read().catch(unusable(inKeychain, 'cannot be read'));
      return { credentials: parse(text, inKeychain), place: inKeychain };
    },

    async keep(credentials) {
      const before = await file.read(baseUrl);
      const refused = mode === 'off' ? undefined : await reasonAgainst(keychain, JSON.stringify(credentials));
      const wasAway = before !== undefined && 'keychain' in before;
      if (mode === 'auto' && refused === undefined) {
        if (!wasAway)
          await file.put(baseUrl, { keychain: true }).catch(async (error: unknown) => {
            await keychain.remove().catch(() => false);
            throw error;
          });
        return { place: inKeychain, because: undefined };
      }
      await file.put(baseUrl, credentials);
      // What is in the keychain is out of use now; it is taken out where that can be done.
      if (mode === 'auto' && wasAway) await keychain.remove().catch(() => false);
      return { place: inFile, because: refused };
    },

    async forget() {
      const entry = await file.read(baseUrl);
      if (!entry) return undefined;
      const isAway = 'keychain' in entry;
      if (isAway && mode === 'off') throw switchedOff(inKeychain);
      if (isAway) await keychain.remove().catch(unusable(inKeychain, 'cannot be cleared'));
      await file.put(baseUrl, undefined);
      return isAway ? inKeychain : inFile;
    },
  };
}

/** Why the keychain did not take it; undefined where it did. */
async function reasonAgainst(keychain: Keychain, text: string): Promise<string | undefined> {
  try {
    await keychain.write(text);
    return undefined;
  } catch (error) {
    if (error instanceof KeychainError) return error.message;
    throw error;
  }
}

function parse(text: string | undefined, place: Place): KeptCredentials {
  try {
    return KeptCredentials.parse(JSON.parse(text ?? ''));
  } catch {
    throw new CredentialsError(
      `The credentials that were kept in ${placeWords(place)} are not there any more. Run gigahost-mcp login.`,
    );
  }
}

const switchedOff = (place: Place): CredentialsError =>
  new CredentialsError(
    `The credentials lie in ${placeWords(place)}, and GIGAHOST_KEYCHAIN is off. Set it to auto, or run gigahost-mcp login.`,
  );

const unusable =
  (place: Place, what: string) =>
  (error: unknown): never => {
    throw new CredentialsError(
      `The credentials lie in ${placeWords(place)}, which ${what} (${(error as Error).message}). Unlock it, or run gigahost-mcp login.`,
    );
  };
