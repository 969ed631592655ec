const RESOURCE_CATEGORIES = ['dns', 'servers', 'webhosting'];
const GLOBAL_CATEGORIES = ['racks', 'support', 'billing', 'account'];

/** What full rights are spelled as. */
export const FULL_RIGHTS: Record<string, unknown> = Object.fromEntries([
  ...RESOURCE_CATEGORIES.map(category => [category, { mode: 'rw', all: true }] as const),
  ...GLOBAL_CATEGORIES.map(category => [category, { mode: 'rw' }] as const),
]);

/** Whether that can be the permissions of an API key. No category at all is allowed, an unknown one is not. */
export function arePermissions(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  return Object.entries(value).every(([category, scope]) => {
    if (!isRecord(scope) || (scope.mode !== 'r' && scope.mode !== 'rw')) return false;
    return RESOURCE_CATEGORIES.includes(category) ? hasObjects(scope) : GLOBAL_CATEGORIES.includes(category);
  });
}

const hasObjects = ({ all, ids }: Record<string, unknown>): boolean =>
  (all === undefined || typeof all === 'boolean') &&
  (ids === undefined || (Array.isArray(ids) && ids.every(id => /^[1-9][0-9]*$/.test(String(id)))));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
