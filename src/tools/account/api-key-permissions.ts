import type * as z from 'zod';
import type { createApiKey } from '../../client/api/api-keys.js';
import type { Server } from '../../client/api/servers.js';
import { InputError } from '../../inventory/input-error.js';

type Body = z.input<NonNullable<typeof createApiKey.body>>;
export type Permissions = Body['permissions'];

export const CATEGORIES = ['servers', 'dns', 'webhosting', 'billing', 'account', 'support', 'racks'] as const;
const WORDS = CATEGORIES.flatMap(category => [`${category}:read`, `${category}:write`]);
export const isPermission = (word: string): boolean => WORDS.includes(word);

/** What a key is limited to: all of a category where undefined. */
export interface Limits {
  readonly servers: readonly Limited[] | undefined;
  readonly dns: readonly Limited[] | undefined;
}
type Limited = Pick<Server, 'id'>;

/**
 * "servers:write" and the like, with the limits, as Gigahost takes them. Who may write may read.
 * @throws {InputError} when a limit limits nothing.
 */
export function permissionsOf(words: readonly string[], limits: Limits): Permissions {
  // Sorted, ":write" comes after ":read" and stands.
  const asked = new Map(
    words.toSorted().map(word => {
      const [category = '', mode] = word.split(':');
      return [category, mode === 'write' ? 'rw' : 'r'] as const;
    }),
  );
  for (const category of LIMITED)
    if (limits[category] && !asked.has(category))
      throw new InputError(
        `The key is limited to some of ${category}, and may do nothing there: add ${category}:read or ${category}:write.`,
      );
  const scopeOf = (category: string, mode: 'r' | 'rw'): Scope => {
    const limit = isLimited(category) ? limits[category] : undefined;
    if (limit) return { mode, all: false, ids: [...new Set(limit.map(({ id }) => id))] };
    return isLimited(category) || category === 'webhosting' ? { mode, all: true } : { mode };
  };
  return Object.fromEntries<Scope>([...asked].map(([category, mode]) => [category, scopeOf(category, mode)]));
}

interface Scope {
  readonly mode: 'r' | 'rw';
  readonly all?: boolean;
  readonly ids?: string[];
}

const LIMITED = ['servers', 'dns'] as const;
const isLimited = (category: string): category is (typeof LIMITED)[number] =>
  LIMITED.some(limited => limited === category);

/** @throws {InputError} when the key would reach more than the caller does. */
export function mayGrant(words: readonly string[], limits: Record<keyof Limits, unknown>): void {
  const wide = words.map(word => word.split(':')[0] ?? '').find(name => !isLimited(name) || limits[name] === undefined);
  if (wide !== undefined)
    throw new InputError(
      `Only part of the account is within reach here (--only-servers, --only-zones), and ${wide} would reach all of it. A key can be made for servers and dns, with the servers and zones it is for named.`,
    );
}
