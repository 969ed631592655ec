import { resolve } from 'node:path';
import { GigahostError } from '../../client/errors.js';
import { readCredentials, type CredentialSources } from '../../client/credentials.js';
import type { Entry, Env } from '../../clients/index.js';
import { ConfigError, readConfig, type Flags } from '../../config.js';
import { CREDENTIALS } from '../../config/credentials.js';
import { isGiven } from '../../credentials/check.js';
import { CredentialsError, type KeptCredentials } from '../../credentials/index.js';
import { checkConfig } from '../../hosts/check-config.js';
import type { Messages } from '../../lang/index.js';
import { TOOLS } from '../../tools/index.js';
import type { Entered } from '../ask-credentials.js';
import { EXIT } from '../exit.js';
import { keeperOf, login, signIn, withApi, type ApiConfig } from '../login.js';
import type { Terminal } from '../terminal.js';
import { askOne } from './ask.js';

export interface Asked {
  readonly terminal: Terminal;
  readonly messages: Messages;
  readonly canAsk: boolean;
  readonly dryRun: boolean;
  /** Whether credentials go into the configuration of the client. */
  readonly inConfig: boolean;
}

/** What the server is started with, so that it serves the account that was chosen. */
export interface Account {
  readonly flags: Flags;
  readonly env: Entry['env'];
}

/**
 * The sandbox, or the account with credentials that the server will find: those that files hold which are named here,
 * those kept, or those given here or asked for, which are tried and kept first. `left` where the person leaves, `refused`
 * where Gigahost does not take what was given, which was said.
 * @throws {ConfigError} for a setting that cannot be used, and where there are no credentials and nobody to ask.
 */
export async function chooseAccount(
  given: Flags,
  env: NodeJS.ProcessEnv,
  asked: Asked,
): Promise<Account | 'left' | 'refused'> {
  const config = readConfig(given, env);
  checkConfig(config, TOOLS);
  if (config.upstream.kind === 'sandbox') return { flags: given, env: {} };
  const api = withApi(config);
  const found = await credentialsHere(api, env, asked);
  if (found === 'refused') return found;
  if (found) return { flags: given, env: found };
  if (asked.dryRun) return { flags: given, env: {} };
  if (!asked.canAsk) throw new ConfigError(asked.messages.setup.noCredentials);
  return askFor(api, given, asked);
}

/** What goes into an entry for credentials that need not be asked for; undefined where there are none. */
async function credentialsHere(
  config: ApiConfig,
  env: Env,
  { terminal, messages, dryRun, inConfig }: Asked,
): Promise<Entry['env'] | undefined | 'refused'> {
  const { credentials: sources } = config.upstream;
  if (isGiven(sources)) {
    if (inConfig) return inPlainText(await read(sources), terminal, messages);
    if (!Object.values(CREDENTIALS).some(({ env: name }) => SECRETS.has(name) && env[name])) return filesNamed(env);
    if (dryRun) return {};
    const code = await signIn(config, await read(sources), terminal, messages, new AbortController().signal);
    return code === EXIT.ok ? {} : 'refused';
  }
  const kept = await keptBy(config);
  return kept && (inConfig ? inPlainText({ credentials: kept }, terminal, messages) : {});
}

/** Until there are credentials that Gigahost takes, or the person takes the sandbox, or leaves. */
async function askFor(
  config: ApiConfig,
  given: Flags,
  { terminal, messages, inConfig }: Asked,
): Promise<Account | 'left'> {
  const { setup: words } = messages;
  for (;;) {
    const which = await askOne(words.account, [
      { value: 'own', label: words.ownAccount },
      { value: 'sandbox', label: words.sandbox },
    ]);
    if (which === undefined) return 'left';
    if (which === 'sandbox') return { flags: { ...given, sandbox: true }, env: {} };
    if ((await login(config, {})) !== EXIT.ok) continue;
    const kept = inConfig ? await keptBy(config) : undefined;
    return { flags: given, env: kept ? inPlainText({ credentials: kept }, terminal, messages) : {} };
  }
}

/** Variables that hold what nobody else may see. */
const SECRETS: ReadonlySet<string> = new Set([
  CREDENTIALS.apiKey.env,
  CREDENTIALS.password.env,
  CREDENTIALS.totpSecret.env,
  CREDENTIALS.code.env,
]);

/** The variables that name files, by absolute paths, and those that hold no secret. */
const filesNamed = (env: Env): Entry['env'] =>
  Object.fromEntries(
    Object.values(CREDENTIALS).flatMap(({ env: name }): [string, string][] => {
      const [value, file] = [env[name], env[`${name}_FILE`]];
      if (file) return [[`${name}_FILE`, resolve(file)]];
      return value && !SECRETS.has(name) ? [[name, value]] : [];
    }),
  );

/** The variables that hold the credentials themselves, said aloud. */
function inPlainText({ credentials }: Entered, terminal: Terminal, { setup: words }: Messages): Entry['env'] {
  terminal.complain(words.inConfig);
  const entries = Object.entries(credentials) as [keyof typeof CREDENTIALS, string][];
  return Object.fromEntries(entries.map(([key, value]) => [CREDENTIALS[key].env, value]));
}

/** @throws {ConfigError} for credentials that cannot be read. */
async function read(sources: CredentialSources): Promise<Entered> {
  const found = await readCredentials(sources).catch((error: unknown) => {
    throw error instanceof GigahostError ? new ConfigError(`${error.facts.reason}.`) : error;
  });
  if (found.kind === 'key') return { credentials: { apiKey: found.key } };
  const { username, password, totpSecret, code } = found;
  return { credentials: { username, password, ...(totpSecret && { totpSecret }) }, ...(code && { code }) };
}

const keptBy = async (config: ApiConfig): Promise<KeptCredentials | undefined> => {
  try {
    return (await keeperOf(config).read())?.credentials;
  } catch (error) {
    throw error instanceof CredentialsError ? new ConfigError(error.message) : error;
  }
};
