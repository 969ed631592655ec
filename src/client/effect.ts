/**
 * The worst an endpoint or a tool can do, mildest first. Hints, read-only mode, confirmation and retry policy all
 * derive from it (contract: `x-effect`, where costs-money = purchase, destructive = destroy, disruptive or
 * irreversible = at least disrupt, write = create or update; the strongest wins).
 */
export const EFFECTS = ['read', 'create', 'update', 'disrupt', 'destroy', 'purchase'] as const;
export type Effect = (typeof EFFECTS)[number];
