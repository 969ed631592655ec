import type { Access } from '../http/route.js';
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

function scopeOf(permissions: Record<string, unknown>, category: string): Scope | null {
  const scope = permissions[category];
  if (typeof scope !== 'object' || scope === null || !('mode' in scope)) return null;
  if (scope.mode !== 'r' && scope.mode !== 'rw') return null;
  const everything = !('ids' in scope) || ('all' in scope && scope.all === true);
  const ids: unknown = everything ? [] : scope.ids;
  return { mode: scope.mode, ids: everything ? null : new Set(Array.isArray(ids) ? ids.map(String) : []) };
}
