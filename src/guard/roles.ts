import type { Effect } from '../client/effect.js';
import { EFFECTS } from '../client/effect.js';

/** What a principal may do at most. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

const STRONGEST: Readonly<Record<Role, Effect>> = { viewer: 'read', operator: 'disrupt', admin: 'purchase' };

/** The OAuth scope that gives it. */
export const scopeOf = (role: Role): string => `gigahost:${role}`;

export const allows = (role: Role, effect: Effect): boolean =>
  EFFECTS.indexOf(effect) <= EFFECTS.indexOf(STRONGEST[role]);

/** The least role that may do it. */
export const roleFor = (effect: Effect): Role => ROLES.find(role => allows(role, effect)) ?? 'admin';

const NOT_ALLOWED: Readonly<Record<Role, string>> = {
  viewer: 'only looks',
  operator: 'may not erase, cancel or buy',
  admin: 'may do everything',
};

/** Why not, to be read after what was asked for. */
export const roleWords = (role: Role, effect: Effect): string =>
  `your role here, ${role}, ${NOT_ALLOWED[role]}; it takes the role ${roleFor(effect)}`;
