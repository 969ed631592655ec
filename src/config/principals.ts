import { isAbsolute } from 'node:path';
import * as z from 'zod';
import type { CredentialSources, Source } from '../client/credentials.js';
import type { Principal } from '../guard/principal.js';
import { ROLES } from '../guard/roles.js';
import { TOOLSETS } from '../toolsets.js';
import { ConfigError } from './error.js';
import { FOUR_EYES } from './http-settings.js';
import { money } from './money.js';

/** Somebody who may call the HTTP server, and how they are known. */
export interface KnownPrincipal {
  readonly principal: Principal;
  /** SHA-256 of each of their tokens, in hex. */
  readonly tokens: readonly string[];
  /** The `sub` of their OAuth tokens; undefined where they have none. */
  readonly subject: string | undefined;
}

const Words = z.array(z.string().trim().min(1)).min(1);
const SecretFile = z.string().refine(isAbsolute, 'must be the absolute path of a file');
const Variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable');
const Limit = z.int().min(1).max(100_000);
const Amount = z.string().transform((text, context) => {
  try {
    return money.fromText(text, 'it');
  } catch {
    context.addIssue({ code: 'custom', message: 'must be an amount and a currency, such as "500 NOK"' });
    return z.NEVER;
  }
});

/** One of `principals` in the configuration file. */
export const PrincipalEntry = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.@-]{1,64}$/, 'must be letters, digits and . _ - @, at most 64')
    .describe('what the journal and the logs call them'),
  role: z
    .enum(ROLES)
    .describe('viewer: look; operator: also create, change and interrupt; admin: also erase, cancel and buy'),
  tokens: z
    .array(z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be "sha256:" and 64 hex digits (gigahost-mcp token create)'))
    .default([])
    .describe('hashes of their tokens, as gigahost-mcp token create writes them'),
  subject: z.string().min(1).optional().describe('the sub of their OAuth tokens'),
  apiKeyFile: SecretFile.optional().describe('absolute path of a file with their Gigahost API key'),
  apiKeyEnv: Variable.optional().describe('environment variable with their Gigahost API key'),
  usernameEnv: Variable.optional().describe('environment variable with their Gigahost login'),
  passwordFile: SecretFile.optional().describe('absolute path of a file with the password of that login'),
  passwordEnv: Variable.optional().describe('environment variable with the password of that login'),
  totpSecretFile: SecretFile.optional().describe('absolute path of a file with the two-factor secret of that login'),
  totpSecretEnv: Variable.optional().describe('environment variable with the two-factor secret of that login'),
  readOnly: z.boolean().default(false).describe('offer only tools that look'),
  toolsets: z
    .union([z.literal('all'), z.array(z.enum(TOOLSETS)).min(1)])
    .optional()
    .describe('offer these sets'),
  tools: Words.default([]).describe('offer these tools'),
  excludeTools: Words.default([]).describe('do not offer these tools'),
  onlyServers: Words.default([]).describe('see and touch only these servers: ids, or globs over names'),
  onlyZones: Words.default([]).describe('see and touch only these zones: ids, or globs over names'),
  confirm: z.enum(['auto', 'elicit']).default('auto').describe('elicit: refuse clients that cannot ask the person'),
  maxTargets: Limit.optional().describe('most things that one change may touch'),
  maxSpend: Amount.optional().describe('most that their purchases may cost in 24 hours, such as 500 NOK'),
  maxSpendEach: Amount.optional().describe('most that one purchase of theirs may cost'),
  fourEyes: z.array(z.enum(FOUR_EYES)).default([]).describe('changes of these effects wait for a second person'),
  requestsPerMinute: Limit.optional().describe('most requests of theirs in a minute'),
  concurrentCalls: Limit.optional().describe('most calls of theirs at the same time'),
  concurrentUpstream: Limit.optional().describe('most requests to Gigahost for them at the same time; more wait'),
});

const Entries = z.array(PrincipalEntry);

/**
 * `principals` of a configuration file. `where` says where it stands.
 * @throws {ConfigError} for what cannot be used. No value is quoted: it may be a token.
 */
export function readPrincipals(held: unknown, where: string, env: NodeJS.ProcessEnv): readonly KnownPrincipal[] {
  const parsed = Entries.safeParse(held ?? []);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const [at, ...key] = issue?.path ?? [];
    const what = [
      `${where}: principals`,
      at === undefined ? '' : `[${String(at)}]`,
      ...key.map(part => `.${String(part)}`),
    ];
    throw new ConfigError(`${what.join('')}: ${wordsOf(issue)}.`);
  }
  const known = parsed.data.map(entry => knownAs(entry, where, env));
  for (const key of ['name', 'subject'] as const) {
    const names = parsed.data.flatMap(entry => entry[key] ?? []);
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined)
      throw new ConfigError(`${where}: principals: two have the ${key} ${JSON.stringify(twice)}.`);
  }
  return known;
}

function wordsOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys')
    return `there is no ${issue.keys.map(key => JSON.stringify(key)).join(', ')}; there are ${Object.keys(PrincipalEntry.shape).join(', ')}`;
  return issue?.message ?? 'it cannot be used';
}

function knownAs(entry: z.output<typeof PrincipalEntry>, where: string, env: NodeJS.ProcessEnv): KnownPrincipal {
  const { name, role, readOnly, toolsets, tools, excludeTools, onlyServers, onlyZones, fourEyes, maxTargets } = entry;
  const source = (key: 'apiKey' | 'username' | 'password' | 'totpSecret'): Source | undefined => {
    const file = key === 'username' ? undefined : entry[`${key}File`];
    const variable = entry[`${key}Env`];
    if (file !== undefined && variable !== undefined)
      throw new ConfigError(`${where}: ${name} has ${key}File and ${key}Env; give one of them.`);
    if (file !== undefined) return { file };
    if (variable === undefined) return undefined;
    const value = env[variable];
    if (!value) throw new ConfigError(`${where}: ${name} has ${key}Env ${variable}, and no such variable is set.`);
    return { value };
  };
  const credentials: CredentialSources = {
    apiKey: source('apiKey'),
    username: source('username'),
    password: source('password'),
    totpSecret: source('totpSecret'),
  };
  return {
    tokens: entry.tokens.map(token => token.slice('sha256:'.length)),
    subject: entry.subject,
    principal: {
      name,
      role,
      readOnly,
      toolsets,
      tools,
      excludeTools,
      onlyServers,
      onlyZones,
      credentials: Object.values(credentials).some(Boolean) ? credentials : undefined,
      mustBeAsked: entry.confirm === 'elicit',
      maxTargets,
      maxSpend: { perDay: entry.maxSpend ?? null, each: entry.maxSpendEach ?? null },
      fourEyes,
      requestsPerMinute: entry.requestsPerMinute,
      concurrentCalls: entry.concurrentCalls,
      concurrentUpstream: entry.concurrentUpstream,
    },
  };
}
