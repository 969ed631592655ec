import type { Config } from '../config.js';
import { isGiven } from '../credentials/check.js';
import { CredentialsError } from '../credentials/index.js';
import { messagesIn } from '../lang/index.js';
import { EXIT } from './exit.js';
import { forgetSession, keeperOf, withApi } from './login.js';
import { createTerminal } from './terminal.js';

/**
 * Forgets the credentials that are kept for the address of this configuration, and the session that came of them.
 * Gigahost has no operation that ends a session: it ends by itself. Returns the exit code: 0 also where nothing was kept.
 */
export async function logout(anyConfig: Config): Promise<number> {
  const config = withApi(anyConfig);
  const terminal = createTerminal();
  const { logout: words, place: placed } = await messagesIn(config.lang);
  const { baseUrl, credentials } = config.upstream;
  const keeper = keeperOf(config);
  try {
    // What cannot be read may still be forgotten; where it cannot, that says so.
    const kept = await keeper.read().catch(() => undefined);
    const place = await keeper.forget();
    const hadSession = await forgetSession(config, kept?.credentials);
    terminal.say(
      place
        ? words.forgotten(place.kind === 'file' ? placed.file(place.path) : placed.keychain(process.platform))
        : words.nothing(baseUrl),
    );
    if (hadSession) terminal.say(words.session);
    if (isGiven(credentials)) terminal.tell(words.givenStays);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    terminal.complain(words.failed(error.message));
    return EXIT.toolError;
  }
}
