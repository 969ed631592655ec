import type { Env, Why } from '../clients/index.js';
import { authorizationOf } from '../client/route.js';
import { readConfig, type Config, type Flags } from '../config.js';
import { CREDENTIALS } from '../config/credentials.js';
import { openSources } from '../config/sources.js';
import { keptSource, openKeeper, type Kept } from '../credentials/index.js';
import { createScrubber, type Scrubber } from '../guard/scrub.js';
import type { Messages } from '../lang/index.js';
import { once } from '../once.js';
import { sayIn, type Say } from './check.js';
import { SECRET_VARIABLES } from './plain-secrets.js';
import { isUp, reach, type Reached } from './reach/reach.js';
import { signIn, type SignedIn } from './sign-in.js';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Without the v. */
  readonly nodeVersion: string;
}

/** What is looked at. What takes a while, or asks Gigahost, is found out once for all checks that need it. */
export interface Situation {
  readonly flags: Flags;
  readonly env: Env;
  readonly machine: Machine;
  readonly say: Say;
  readonly words: Messages;
  /** As far as it can be read. */
  readonly config: Config;
  /** Why settings cannot be used, in words; they count as not given. */
  readonly refused: readonly string[];
  /** What the configuration file holds that can be used. */
  readonly file: ReadonlyMap<string, unknown>;
  /** Undefined for the sandbox. */
  readonly api: Api | undefined;
  /** Why the configuration of a client cannot be read. */
  readonly whyWords: (why: Why) => string;
  /** All that must not be said. */
  readonly scrubber: Scrubber;
}

/** The Gigahost of a configuration. */
export interface Api extends Extract<Config['upstream'], { kind: 'api' }> {
  /** What `gigahost-mcp login` kept. Rejects with a CredentialsError where that cannot be had. */
  readonly kept: () => Promise<Kept | undefined>;
  /** Without credentials. */
  readonly reached: () => Promise<Reached>;
  readonly signedIn: () => Promise<SignedIn>;
}

/** How long one step to Gigahost, or a dialog of the keychain, is waited for. */
const STEP_MS = 10_000;
const DIALOG_MS = 20_000;

/** What the command line brings along. */
export interface Given {
  readonly flags: Flags;
  readonly env: NodeJS.ProcessEnv;
  readonly machine: Machine;
  readonly words: Messages;
  readonly whyWords: Situation['whyWords'];
}

export function lookAt(given: Given): Situation {
  const { flags, env, words } = given;
  const refused = new Set<string>();
  const config = readConfig(flags, env, 'file', error => refused.add(error.message));
  const scrubber = createScrubber();
  [...SECRET_VARIABLES, CREDENTIALS.username.env].forEach(name => scrubber.add(env[name] ?? ''));
  if (config.upstream.kind === 'api' && config.upstream.route.proxy)
    authorizationOf(config.upstream.route.proxy)?.secrets.forEach(scrubber.add);
  return {
    ...given,
    say: sayIn(words.doctor.finds),
    config,
    refused: [...refused],
    file: openSources(flags, env, () => undefined).file,
    api: apiOf(config, scrubber),
    scrubber,
  };
}

function apiOf(config: Config, scrubber: Scrubber): Api | undefined {
  const { upstream, stateDir, keychain } = config;
  if (upstream.kind === 'sandbox') return undefined;
  const stepMs = Math.min(STEP_MS, config.timeoutMs);
  const kept = once(() => openKeeper({ stateDir, baseUrl: upstream.baseUrl, keychain, patienceMs: DIALOG_MS }).read());
  const reached = once(() => reach(upstream.baseUrl, upstream.route, stepMs));
  const signedIn = once(async () => {
    if (!isUp(await reached.get())) return { kind: 'not asked' as const };
    const credentials = { ...upstream.credentials, kept: keptSource({ read: kept.get }) };
    return signIn({ config, upstream, credentials, timeoutMs: stepMs, scrubber });
  });
  return { ...upstream, kept: kept.get, reached: reached.get, signedIn: signedIn.get };
}
