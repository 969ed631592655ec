import type { Access } from '../http/route.js';
import type { Contact } from '../world/records.js';
import type { Caller } from './caller.js';

interface Scope {
  readonly mode: 'r' | 'rw';
  /** Ids the key is limited to; null for all. */
  readonly ids: ReadonlySet<string> | null;
}

/**
 * Whether a caller may use an operation. Categories, modes and ids work as the contract's ApiKeyPermissions says: a
 * missing category grants nothing, `r` admits GET only, and `ids` refuses every other object.
 */
export function permits(caller: Caller, access: Access, method: string, id: string | undefined): boolean {
  if (access === 'basic-only') return caller.kind === 'basic';
  if (!contactMay(caller.contact, access, id)) return false;
  if (caller.kind !== 'api-key') return true;
  if (access === 'no-api-keys') return false;
  if (access === 'open' || access === 'any-credential' || caller.permissions === null) return true;
  const scope = scopeOf(caller.permissions, access);
  if (scope === null || (scope.mode === 'r' && method !== 'GET')) return false;
  return scope.ids === null || id === undefined || scope.ids.has(id);
}

/** Whether a caller sees an object of the category in lists. */
export function sees(caller: Caller | null, id: string, category: Access = 'servers'): boolean {
  return caller !== null && permits(caller, category, 'GET', id);
}

/** A contact of the level `server` is kept to the servers handed to it and its own profile, in the contract's reading. */
function contactMay({ accessLevel, servers }: Contact, access: Access, id: string | undefined): boolean {
  if (accessLevel !== 'server') return true;
  if (access === 'servers') return id === undefined || servers.some(({ objectId }) => objectId === id);
  return access !== 'dns' && access !== 'webhosting' && access !== 'billing';
}

function scopeOf(permissions: Record<string, unknown>, category: string): Scope | null {
  const scope = permissions[category];
  if (typeof scope !== 'object' || scope === null || !('mode' in scope)) return null;
  if (scope.mode !== 'r' && scope.mode !== 'rw') return null;
  const all = 'all' in scope ? scope.all : undefined;
  const ids: unknown = 'ids' in scope ? scope.ids : [];
  const everything = all === true || (all === undefined && !('ids' in scope));
  return { mode: scope.mode, ids: everything ? null : new Set(Array.isArray(ids) ? ids.map(String) : []) };
}
