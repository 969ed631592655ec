import { identify, type Caller } from '../auth/caller.js';
import { permits } from '../auth/permissions.js';
import type { ApiKey } from '../world/records.js';
import type { World } from '../world/world.js';
import { forbidden, methodNotAllowed, notFound, refused, type Reply } from './reply.js';
import type { UploadedFile } from './read-body.js';
import { matchPath, type Match, type Route } from './route.js';

export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
  readonly query: string;
  readonly ip: string;
  readonly files: readonly UploadedFile[];
}

export interface Outcome {
  readonly reply: Reply;
  /** Whether meta carries maintenance and time. */
  readonly newer: boolean;
  /** The API key it was sent with, whatever became of it. */
  readonly key: ApiKey | null;
}

/** Performs a request against the world. Refusals are always of the newer kind, as recorded on 2026-09-28. */
export async function dispatch(world: World, routes: readonly Route[], incoming: Incoming): Promise<Outcome> {
  const matches = matchPath(routes, incoming.path);
  const match = matches.find(({ route }) => route.method === incoming.method);
  const caller = match?.route.access === 'open' ? null : identify(world, incoming.authorization);
  const reply = await answer(world, incoming, matches, match, caller);
  const newer = reply.status >= 400 || (match?.route.newer ?? true);
  return { reply, newer, key: caller?.kind === 'api-key' ? caller.key : null };
}

function answer(
  world: World,
  incoming: Incoming,
  matches: Match[],
  match: Match | undefined,
  caller: Caller | null,
): Reply | Promise<Reply> {
  const { method } = incoming;
  const open = match?.route.access === 'open';
  // The wording of a 401 is not on record.
  if (!open && caller === null) return match?.route.turnAway?.() ?? refused(401, 'Authentication required.');
  if (!match) return matches.length > 0 ? methodNotAllowed() : notFound();
  const { route, params } = match;
  if (caller && !permits(caller, route.access, method, params.get('id') ?? params.get('zone_id')))
    return route.turnAway?.() ?? forbidden();
  return route.handle({
    world,
    caller,
    body: isObject(incoming.body) ? incoming.body : {},
    files: incoming.files,
    query: new URLSearchParams(incoming.query),
    ip: incoming.ip,
    param: name => params.get(name) ?? '',
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
