import type { ClientOptions } from '../client/index.js';
import type { CredentialSources } from '../client/credentials.js';
import type { Config } from '../config.js';
import type { Journal } from '../guard/journal.js';
import type { Principal } from '../guard/principal.js';
import type { Scrubber } from '../guard/scrub.js';
import type { Lookup } from '../inventory/forward.js';
import { messagesIn, type Messages } from '../lang/index.js';
import type { Log } from '../log.js';
import type { Store } from '../store/index.js';
import type { Observer } from '../tools/observer.js';
import { VERSION } from '../version.js';

/** Of the demo account. It is struck out of every answer, so it is nothing else that an answer may say. */
const SANDBOX_PASSWORD = 'fjordkaffe-sandbox';

/** What all sessions of a process stand on. */
export interface Ground {
  readonly config: Config;
  readonly log: Log;
  /** Everything that is secret to any session: for what is written to the log. */
  readonly scrubber: Scrubber;
  /** What this node shares with others. */
  readonly store: Store;
  readonly journal: Journal;
  readonly lookup: Lookup;
  /** What is said to people, in their language. */
  readonly messages: Messages;
  /** Who watches what is done for a principal; nobody where it is absent. */
  readonly observe?: ((principal: Principal) => Observer) | undefined;
  /** How a client of Gigahost is made for whoever has these credentials; undefined for those of the server. */
  clientOptions(
    credentials: CredentialSources | undefined,
  ): Omit<ClientOptions, 'onSecret' | 'onMarkedSecret' | 'onSent'>;
  close(): Promise<void>;
}

/** Starts the sandbox where there is no account. `storeAt`: of a Redis that nodes share. Nothing is sent yet. */
export async function openGround(config: Config, log: Log, scrubber: Scrubber, storeAt?: string): Promise<Ground> {
  const [{ createLookup }, guards, messages] = await Promise.all([
    import('../inventory/forward.js'),
    import('./guards.js'),
    messagesIn(config.lang),
  ]);
  const { upstream } = config;
  const common = { timeoutMs: config.timeoutMs, userAgent: `gigahost-mcp/${VERSION}` };
  const store = await guards.openStore(storeAt);
  // A journal that nodes share, and that of a sandbox, whose account ends with the process, lie in the store.
  const isInStore = storeAt !== undefined || upstream.kind === 'sandbox';
  const journal =
    config.journal === null
      ? guards.noJournal
      : isInStore
        ? guards.storeJournal(store, 'journal')
        : guards.fileJournal(config.journal);
  const shared = { config, log, scrubber, store, journal, messages };
  if (upstream.kind === 'api') {
    const stateDir = config.tokenCache ? config.stateDir : undefined;
    const { keptSource, openKeeper } = await import('../credentials/index.js');
    const own = { ...upstream.credentials, kept: keptSource(openKeeper({ ...config, baseUrl: upstream.baseUrl })) };
    return {
      ...shared,
      lookup: createLookup(config.resolver),
      clientOptions: (credentials = own) => ({
        ...common,
        baseUrl: upstream.baseUrl,
        route: upstream.route,
        credentials,
        stateDir,
      }),
      close: () => store.close(),
    };
  }
  const { startSandbox } = await import('../sandbox/index.js');
  // Signed in to by name: Gigahost refuses API keys where keys are made and where activity is read.
  const running = await startSandbox({ password: SANDBOX_PASSWORD });
  return {
    ...shared,
    lookup: name => Promise.resolve(running.lookup(name)),
    clientOptions: () => ({
      ...common,
      baseUrl: running.url,
      credentials: { username: { value: running.username }, password: { value: running.password } },
      stateDir: undefined,
    }),
    close: async () => {
      await store.close();
      await running.close();
    },
  };
}
