import { join } from 'node:path';
import type { CredentialSources } from './client/credentials.js';
import type { Effect } from './client/effect.js';
import type { Route } from './client/route.js';
import { credentialsFrom } from './config/credentials.js';
import type { Money } from './config/money.js';
import { routeTo } from './config/route.js';
import type { LogLevel } from './config/settings.js';
import { FOUR_EYES } from './config/http-settings.js';
import { parseListen, type ListenAddress } from './config/listen.js';
import type { Language } from './lang/index.js';
import { strictly, type Refuse } from './config/error.js';
import { openSources, type Flags, type Sources } from './config/sources.js';
import { userFilesDir, userStateDir } from './config/state-dir.js';
import type { ConfirmMode } from './guard/confirm.js';
import type { Offered } from './guard/principal.js';
import type { SecretMode } from './guard/secrets/delivery.js';

export { ConfigError } from './config/error.js';
export type { Money } from './config/money.js';
export { EVERY_SETTING, LOG_LEVELS, type LogLevel } from './config/settings.js';
export type { Flags } from './config/sources.js';

/** Everything the operator decides, read once at start. */
export interface Config extends Offered {
  /** The embedded sandbox, or the API and what signs in to it. */
  readonly upstream:
    | { readonly kind: 'sandbox' }
    | {
        readonly kind: 'api';
        readonly baseUrl: string;
        readonly credentials: CredentialSources;
        readonly route: Route;
      };
  /** Most things that one change may touch. */
  readonly maxTargets: number;
  readonly confirm: ConfirmMode;
  /** Most that purchases may cost; null for no limit. */
  readonly maxSpend: { readonly perDay: Money | null; readonly each: Money | null };
  /** How secrets reach a person; `inline` puts them into the answer. */
  readonly secrets: SecretMode;
  /** Absolute path of the JSON Lines file; null for none. */
  readonly journal: string | null;
  readonly stateDir: string;
  /** Absolute path of the folder that files are saved into and uploaded from. */
  readonly files: string;
  /** Largest file that is saved or uploaded. */
  readonly maxFileMb: number;
  readonly tokenCache: boolean;
  /** Whether credentials may be kept in the keychain of the system. */
  readonly keychain: 'auto' | 'off';
  readonly timeoutMs: number;
  /** How long a question to a 2025-era client stays open before it becomes a code, in ms. */
  readonly questionMs: number;
  /** DNS server for the check of forward records; undefined is the system's. */
  readonly resolver: string | undefined;
  /** Of what is said to people. */
  readonly lang: Language;
  readonly logLevel: LogLevel;
  readonly http: HttpConfig;
}

/** What only `gigahost-mcp http` looks at. */
export interface HttpConfig {
  readonly listen: ListenAddress;
  /** Without a slash at its end; undefined for one made of the address it listens on. */
  readonly publicUrl: string | undefined;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** Files with certificate and key, as PEM. */
  readonly tls: { readonly cert: string | undefined; readonly key: string | undefined };
  readonly trustProxy: readonly string[];
  readonly auth: 'token' | 'oauth' | 'none';
  readonly credentials: 'principal' | 'header';
  readonly oauth: {
    readonly issuer: string | undefined;
    /** How it is reached. */
    readonly route: Route;
    readonly audience: string | undefined;
    readonly roles: string | undefined;
  };
  readonly sessions: boolean;
  /** `memory`, or the address of a Redis. */
  readonly store: string;
  readonly fourEyes: readonly Effect[];
  readonly requestsPerMinute: number;
  readonly concurrentCalls: number;
  readonly concurrentUpstream: number;
  readonly connections: number;
  readonly drainMs: number;
  /** `principals` of the configuration file as it stands there, and where that is. */
  readonly principals: { readonly held: unknown; readonly where: string };
}

/**
 * Reads the flags, the environment, and a configuration file where one is named. Missing credentials are no error: the
 * server starts and every call says how to set them.
 * @throws {ConfigError} for a setting that cannot be used, unless `refuse` takes it: it counts as not given then.
 */
export function readConfig(
  flags: Flags,
  env: NodeJS.ProcessEnv,
  secretsOtherwise: SecretMode = 'file',
  refuse: Refuse = strictly,
): Config {
  const { valueOf, file } = openSources(flags, env, refuse);
  const stateDir = valueOf('stateDir') ?? userStateDir(env);
  const journal = valueOf('journal') ?? join(stateDir, 'journal.jsonl');
  const baseUrl = valueOf('baseUrl');
  return Object.freeze({
    upstream: valueOf('sandbox')
      ? { kind: 'sandbox' as const }
      : {
          kind: 'api' as const,
          baseUrl,
          credentials: credentialsFrom(env, file, refuse),
          route: routeTo(baseUrl, env, valueOf('caFile'), refuse),
        },
    readOnly: valueOf('readOnly'),
    toolsets: valueOf('toolsets'),
    tools: valueOf('tools'),
    excludeTools: valueOf('excludeTools'),
    onlyServers: valueOf('onlyServers'),
    onlyZones: valueOf('onlyZones'),
    maxTargets: valueOf('maxTargets'),
    confirm: valueOf('dangerouslySkipConfirmation') ? ('skip' as const) : valueOf('confirm'),
    maxSpend: { perDay: valueOf('maxSpend') ?? null, each: valueOf('maxSpendEach') ?? null },
    secrets: valueOf('dangerouslyInlineSecrets') ? ('inline' as const) : (valueOf('secrets') ?? secretsOtherwise),
    journal: journal === 'off' ? null : journal,
    stateDir,
    files: valueOf('files') ?? userFilesDir(stateDir),
    maxFileMb: valueOf('maxFileMb'),
    tokenCache: valueOf('tokenCache'),
    keychain: valueOf('keychain'),
    timeoutMs: valueOf('timeoutSeconds') * 1000,
    questionMs: valueOf('questionSeconds') * 1000,
    resolver: valueOf('resolver'),
    lang: valueOf('lang'),
    logLevel: valueOf('logLevel'),
    http: httpFrom(valueOf, file, issuer => routeTo(issuer, env, valueOf('caFile'), refuse)),
  });
}

function httpFrom(valueOf: Sources['valueOf'], file: Sources['file'], route: (issuer: string) => Route): HttpConfig {
  const fourEyes = valueOf('fourEyes');
  const issuer = valueOf('oauthIssuer');
  return {
    listen: parseListen(valueOf('listen')) ?? { host: '127.0.0.1', port: 3000 },
    publicUrl: valueOf('publicUrl'),
    allowedHosts: valueOf('allowedHosts'),
    allowedOrigins: valueOf('allowedOrigins'),
    tls: { cert: valueOf('tlsCert'), key: valueOf('tlsKey') },
    trustProxy: valueOf('trustProxy'),
    auth: valueOf('auth'),
    credentials: valueOf('credentials'),
    oauth: {
      issuer,
      route: issuer === undefined ? {} : route(issuer),
      audience: valueOf('oauthAudience'),
      roles: valueOf('oauthRoles'),
    },
    sessions: valueOf('sessions'),
    store: valueOf('store'),
    fourEyes: fourEyes === 'all' ? FOUR_EYES : (fourEyes ?? []),
    requestsPerMinute: valueOf('requestsPerMinute'),
    concurrentCalls: valueOf('concurrentCalls'),
    concurrentUpstream: valueOf('concurrentUpstream'),
    connections: valueOf('connections'),
    drainMs: valueOf('drainSeconds') * 1000,
    principals: { held: file.get('principals'), where: valueOf('config') ?? 'no configuration file (--config)' },
  };
}
