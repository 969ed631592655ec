import { listApiKeys, type ApiKey } from '../client/api/api-keys.js';
import type { Client } from '../client/index.js';
import type { CallOptions } from '../client/request.js';
import type { Inventory } from './index.js';
import { some } from './some.js';
import { theOne } from './the-one.js';

/** The keys that work, oldest first. Revoked ones are not theirs to be named. */
export async function activeApiKeys(client: Client, options?: CallOptions): Promise<ApiKey[]> {
  const keys = await client.call(listApiKeys, {}, options);
  return keys.filter(({ status, revoked_at }) => revoked_at === null && status?.toLowerCase() !== 'revoked');
}

export const labelOf = ({ label, prefix, id }: ApiKey): string => label ?? prefix ?? id;

/** One of them by label, id or the beginning that is safe to show. */
export const apiKeyNamed = (reference: string, keys: readonly ApiKey[]): ApiKey =>
  theOne(reference, keys, {
    nouns: ['API key', 'API keys'],
    idOf: ({ id }) => id,
    namesOf: ({ label, prefix }) => [label, prefix],
  });

/** "certbot" (id 81, begins flux_live_0a1b). Not cut with dots: what ends so and may be a part of a secret is struck out. */
export const describeApiKey = (key: ApiKey): string =>
  `"${labelOf(key)}" (${[`id ${key.id}`, key.prefix && `begins ${key.prefix}`].filter(Boolean).join(', ')})`;

/** What the servers and zones are called that keys are limited to. */
export type Names = Readonly<Record<string, ReadonlyMap<string, string>>>;

/** Asks for those that are needed only. */
export async function namesIn(keys: readonly ApiKey[], inventory: Inventory, options: CallOptions): Promise<Names> {
  const isLimited = (category: string) => keys.some(({ permissions }) => permissions?.[category]?.ids.length);
  const [servers, dns] = await Promise.all([
    isLimited('servers') ? inventory.list(options).then(list => list.servers) : [],
    isLimited('dns') ? inventory.zones.list(options) : [],
  ]);
  const named = (rows: readonly { readonly id: string; readonly name: string }[]) =>
    new Map(rows.map(({ id, name }) => [id, name]));
  return { servers: named(servers), dns: named(dns) };
}

const MOST_NAMED = 10;
const MODES: ReadonlyMap<string | null, string> = new Map([
  ['r', 'read'],
  ['rw', 'write'],
]);

/** "servers:write (web01, db01), dns:read": what a key may do. Where not all is within reach, `whole` is false. */
export function permissionWords({ permissions }: ApiKey, names: Names, whole: boolean): string {
  const words = Object.entries(permissions ?? {}).flatMap(([category, scope]) => {
    if (!scope) return [];
    const may = `${category}:${MODES.get(scope.mode) ?? scope.mode ?? 'unknown'}`;
    if (scope.all ?? scope.ids.length === 0) return [may];
    const calls = scope.ids.map(id => names[category]?.get(id ?? '') ?? (whole ? `id ${id}` : undefined));
    const seen = calls.filter(call => call !== undefined);
    const unseen = calls.length - seen.length;
    const listed = [some(seen, { most: MOST_NAMED }), unseen > 0 && `${unseen} out of reach here`];
    return [`${may} (${listed.filter(Boolean).join(', ') || 'none'})`];
  });
  return words.join(', ') || 'nothing';
}
