import type { CredentialSources } from '../client/credentials.js';
import { fileTokenCache } from '../client/token-cache.js';
import { ConfigError, type Config } from '../config.js';
import { checkCredentials, isGiven, isProblem, type Checked, type Problem } from '../credentials/check.js';
import { CredentialsError, openKeeper, type Keeper, type KeptCredentials, type Keeping } from '../credentials/index.js';
import { createScrubber } from '../guard/scrub.js';
import { messagesIn, type Messages } from '../lang/index.js';
import { VERSION } from '../version.js';
import { field } from '../words/text.js';
import { askCredentials, readApiKey, type Entered } from './ask-credentials.js';
import { EXIT } from './exit.js';
import { createTerminal, type Terminal } from './terminal.js';

export interface LoginFlags {
  readonly apiKeyFile?: string;
  readonly stdin?: boolean;
}

/** A configuration whose Gigahost is one to sign in to. */
export type ApiConfig = Config & { readonly upstream: Extract<Config['upstream'], { kind: 'api' }> };

/** @throws {ConfigError} for the sandbox. */
export function withApi(config: Config): ApiConfig {
  const { upstream } = config;
  if (upstream.kind === 'api') return { ...config, upstream };
  throw new ConfigError('The sandbox needs no credentials, so there is nothing to sign in to. Leave --sandbox out.');
}

export const keeperOf = ({ stateDir, keychain, upstream: { baseUrl } }: ApiConfig): Keeper =>
  openKeeper({ stateDir, baseUrl, keychain });

/**
 * Asks for what signs in, or reads an API key for scripts, tries it at Gigahost with reads only, says what it may do, and
 * keeps it for the servers of this machine. Nothing that Gigahost does not take is kept. Returns the exit code.
 * @throws {ConfigError} where there is nobody to ask, or what should hold a key does not.
 */
export async function login(anyConfig: Config, { apiKeyFile, stdin }: LoginFlags): Promise<number> {
  const config = withApi(anyConfig);
  const terminal = createTerminal();
  const words = await messagesIn(config.lang);
  if (apiKeyFile !== undefined && stdin) throw new ConfigError('Give --api-key-file or --stdin, not both.');
  const isScript = apiKeyFile !== undefined || stdin === true;
  if (!isScript && !terminal.canAsk)
    throw new ConfigError('There is no terminal to ask on. For scripts: --api-key-file FILE, or --stdin.');

  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    if (!isScript) terminal.tell(words.login.intro(field(config.upstream.baseUrl)));
    const entered = isScript
      ? await readApiKey(apiKeyFile === undefined ? 'stdin' : { file: apiKeyFile })
      : await askCredentials(terminal, leaving.signal, words);
    if (entered) return await signIn(config, entered, terminal, words, leaving.signal);
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
  }
  terminal.complain(words.login.left);
  return EXIT.toolError;
}

/**
 * Tries what was entered and, where Gigahost takes it, says whose it is and what it may do, and keeps it. Returns the exit
 * code; where it is not 0, nothing was kept and that was said.
 */
export async function signIn(
  config: ApiConfig,
  entered: Entered,
  terminal: Terminal,
  words: Messages,
  signal: AbortSignal,
): Promise<number> {
  const { credentials, code } = entered;
  if (code !== undefined && !config.tokenCache) {
    terminal.complain(words.login.codeWithoutCache);
    return EXIT.toolError;
  }
  terminal.progress(words.login.checking);
  const { add, scrub } = createScrubber();
  const checked = await checkCredentials(
    { ...clientOptions(config), credentials: sourcesOf(entered), onSecret: add, anew: true },
    signal,
  );
  if (isProblem(checked)) {
    terminal.complain(problemWords(checked, words, scrub));
    return EXIT.toolError;
  }
  const keeper = keeperOf(config);
  try {
    terminal.progress(words.login.keeping);
    const before = await keeper.read().catch(() => undefined);
    const keeping = await keeper.keep(credentials);
    // One that stays is of no use to anybody else, and ends by itself.
    await forgetSession(config, before?.credentials, credentials).catch(() => false);
    terminal.say(checkedWords(checked, words).join('\n'));
    terminal.say(keepingWords(keeping, words));
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    await forgetSession(config, credentials).catch(() => false);
    terminal.complain(words.login.notKept(error.message));
    return EXIT.toolError;
  }
  if (code !== undefined) terminal.tell(words.login.codeEnds);
  if (isGiven(config.upstream.credentials)) terminal.tell(words.login.givenWins);
  return EXIT.ok;
}

/** How this process asks Gigahost, whoever it signs in as. */
export const clientOptions = ({ upstream, timeoutMs, tokenCache, stateDir }: ApiConfig) => ({
  baseUrl: upstream.baseUrl,
  route: upstream.route,
  timeoutMs,
  userAgent: `gigahost-mcp/${VERSION}`,
  stateDir: tokenCache ? stateDir : undefined,
});

const sourcesOf = ({ credentials, code }: Entered): CredentialSources => ({
  ...Object.fromEntries(Object.entries(credentials).map(([name, value]) => [name, { value }])),
  code: code === undefined ? undefined : { value: code },
});

/**
 * Takes away the session of a user, unless the same user's is to stay. Whether there was one.
 * @throws {CredentialsError} where it is still there.
 */
export async function forgetSession(
  { stateDir, upstream: { baseUrl } }: ApiConfig,
  of: KeptCredentials | undefined,
  now?: KeptCredentials,
): Promise<boolean> {
  if (!of || !('username' in of) || (now && 'username' in now && now.username === of.username)) return false;
  return fileTokenCache(stateDir, baseUrl, of.username)
    .forget()
    .catch((error: NodeJS.ErrnoException) => {
      throw new CredentialsError(`the session in ${stateDir} cannot be removed (${error.code}).`);
    });
}

/** What was found out about credentials that Gigahost takes: whose they are and what they may do, a line each. */
export function checkedWords({ account, kind, access, may }: Checked, { login }: Messages): string[] {
  const named = (read: boolean | null): string =>
    may
      .filter(tried => tried.read === read)
      .map(({ category }) => login.categories[category])
      .join(', ');
  const whose = account && [account.name, account.id].map(part => (part === null ? null : field(part)));
  const lines = [
    whose ? login.signedIn(whose[0] ?? login.nameless, whose[1] ?? null) : login.unknownAccount,
    ...(kind === 'key'
      ? [
          named(true) ? login.mayRead(named(true)) : login.mayReadNothing,
          named(false) && login.mayNotRead(named(false)),
          login.keyChanges,
        ]
      : [login.mayAll(access === null ? null : field(access))]),
    named(null) && login.unsure(named(null)),
  ];
  return lines.filter(line => line !== '');
}

/** Where credentials were kept. */
export function keepingWords({ place, because }: Keeping, { login, place: placed }: Messages): string {
  if (place.kind === 'keychain') return login.kept(placed.keychain(process.platform));
  return login.kept(placed.file(place.path)) + (because === undefined ? '' : ` ${login.noKeychain(field(because))}`);
}

/** Why credentials are of no use, and that nothing was kept. */
export function problemWords(
  { problem, error }: Problem,
  { login }: Messages,
  scrub: (text: string) => string,
): string {
  const { reason, status } = error.facts;
  const why = [reason && `"${scrub(field(reason))}"`, status && `HTTP ${status}`].filter(Boolean).join(', ');
  return login.problems[problem](why);
}
