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

/** "certbot" (id 81, flux_live_0a1b…) */
export const describeApiKey = (key: ApiKey): string =>
  `"${labelOf(key)}" (${[`id ${key.id}`, key.prefix && `${key.prefix}…`].filter(Boolean).join(', ')})`;

/** What each category is called by, where a key is limited to some of it. */
export type Names = Readonly<Record<string, ReadonlyMap<string, string>>>;

/** Names of the servers that keys are limited to; not asked for where there are none. */
export async function namesIn(keys: readonly ApiKey[], inventory: Inventory, options: CallOptions): Promise<Names> {
  if (!keys.some(({ permissions }) => (permissions?.['servers']?.ids.length ?? 0) > 0)) return {};
  const { servers } = await inventory.list(options);
  return { servers: new Map(servers.map(({ id, name }) => [id, name])) };
}

/** "servers: read and write web01, db01; dns: read": what a key may do. `whole`: whether the caller may see all servers. */
export function permissionWords({ permissions }: ApiKey, names: Names, whole: boolean): string {
  const words = Object.entries(permissions ?? {}).flatMap(([category, scope]) => {
    if (!scope) return [];
    const mode = scope.mode === 'rw' ? 'read and write' : scope.mode === 'r' ? 'read' : (scope.mode ?? 'unknown');
    if (scope.all !== false) return [`${category}: ${mode}`];
    const known = names[category];
    const hidden = category === 'servers' && !whole;
    const ids = scope.ids.flatMap(id => (id && !(hidden && !known?.has(id)) ? [known?.get(id) ?? `id ${id}`] : []));
    const unseen = scope.ids.length - ids.length;
    return [`${category}: ${mode} ${some([...ids, ...(unseen > 0 ? [`${unseen} out of reach here`] : [])]) || 'none'}`];
  });
  return words.join('; ') || 'nothing';
}
