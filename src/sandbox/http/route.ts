import type { Caller } from '../auth/caller.js';
import type { ServerRecord } from '../world/server-record.js';
import type { World } from '../world/world.js';
import type { UploadedFile } from './read-body.js';
import { notFound, type Reply } from './reply.js';

/** Who may call: a category of API-key permissions, any credential, everything but API keys, or anybody. */
export type Access =
  'servers' | 'dns' | 'webhosting' | 'account' | 'billing' | 'any-credential' | 'no-api-keys' | 'basic-only' | 'open';

export interface Call {
  readonly world: World;
  readonly caller: Caller | null;
  /** Request body, or an empty object when it was not a JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Files of a multipart body; its other fields are in `body`. */
  readonly files: readonly UploadedFile[];
  readonly query: URLSearchParams;
  /** Source address of the request. */
  readonly ip: string;
  /** Value of a `:name` segment of the path. */
  readonly param: (name: string) => string;
}

/** One operation of the API. `newer` marks replies that carry meta.maintenance and meta.time. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: Access;
  readonly newer?: boolean;
  /** The answer to a caller who may not call, where it is not the usual 401 or 403. */
  readonly turnAway?: () => Reply;
  handle(call: Call): Reply | Promise<Reply>;
}

/** A route below /servers/:id: looks the machine up first and answers 404 when there is none. */
export function serverRoute(
  method: string,
  tail: string,
  handle: (server: ServerRecord, call: Call) => Reply,
  newer = true,
): Route {
  return {
    method,
    path: `/servers/:id${tail}`,
    access: 'servers',
    newer,
    handle(call) {
      const id = call.param('id');
      const server = call.world.servers.find(candidate => candidate.id === id);
      return server ? handle(server, call) : notFound();
    },
  };
}

export interface Match {
  readonly route: Route;
  readonly params: ReadonlyMap<string, string>;
}

/** Routes whose path fits, in table order, whatever their method. Empty segments count as absent. */
export function matchPath(routes: readonly Route[], path: string): Match[] {
  const segments = path.split('/').filter(Boolean).map(decoded);
  return routes.flatMap(route => {
    const params = capture(route.path.split('/').filter(Boolean), segments);
    return params ? [{ route, params }] : [];
  });
}

function capture(pattern: string[], segments: string[]): Map<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params = new Map<string, string>();
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? '';
    if (expected.startsWith(':')) params.set(expected.slice(1), actual);
    else if (expected !== actual) return null;
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
