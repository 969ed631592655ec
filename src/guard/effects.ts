import type { Effect } from '../client/effect.js';

/** Effects that are planned and confirmed by a person before anything is sent. */
const GUARDED: ReadonlySet<Effect> = new Set(['disrupt', 'destroy', 'purchase']);

export const isGuarded = (effect: Effect): boolean => GUARDED.has(effect);

/** Effects a person confirms by typing the name of what is concerned; the others by ticking a box. */
export const mustTypeName = (effect: Effect): boolean => effect === 'destroy' || effect === 'purchase';

/**
 * The MCP hints of an effect. `purchase` carries the destructive hint so that hosts stop and ask; MCP has no word for
 * "invoice". `openWorldHint` is false everywhere: a Gigahost account is a closed world.
 */
export function annotationsOf(effect: Effect) {
  return {
    readOnlyHint: effect === 'read',
    destructiveHint: effect !== 'read' && effect !== 'create',
    idempotentHint: effect === 'read' || effect === 'update',
    openWorldHint: false,
  };
}
