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
  readonly servers: readonly Server[] | undefined;
  readonly dns: readonly { readonly id: string; readonly name: string }[] | undefined;
}

/** "servers:write" and the like, with the limits, as Gigahost takes them. Who may write may read. */
export function permissionsOf(words: readonly string[], limits: Limits): Permissions {
  const asked = new Map(
    [...words].sort().map(word => {
      const [category = '', mode] = word.split(':');
      return [category, mode === 'write' ? 'rw' : 'r'] as const;
    }),
  );
  for (const [category, limit] of Object.entries(limits))
    if (limit && !asked.has(category))
      throw new InputError(
        `The key is limited to some of ${category}, and may do nothing there: add ${category}:read or ${category}:write.`,
      );
  return Object.fromEntries(
    [...asked].map(([category, mode]) => {
      if (category !== 'servers' && category !== 'dns' && category !== 'webhosting') return [category, { mode }];
      const limit = category === 'webhosting' ? undefined : limits[category];
      return [category, limit ? { mode, all: false, ids: limit.map(({ id }) => id) } : { mode, all: true }];
    }),
  );
}
