import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { recordUse } from '../world/key-use.js';
import type { World } from '../world/world.js';
import { dispatch, type Outcome } from './dispatch.js';
import type { Fault, FaultPlan } from './faults.js';
import { misdeliver } from './misdeliver.js';
import { bodyOf, notFound, refused } from './reply.js';
import { readBody } from './read-body.js';
import type { Route } from './route.js';
import { sendJson, sendRaw } from './send.js';

export const BASE_PATH = '/api/v0';
const REQUESTS_KEPT = 10_000;

/** A request as it arrived. `path` comes without the base path, `query` without the question mark. */
export interface SandboxRequest {
  method: string;
  path: string;
  query: string;
  authorization: string | undefined;
  /** Parsed JSON, the text when it was not JSON, or undefined. */
  body: unknown;
  /** Unix milliseconds. */
  at: number;
}

export interface ListenerParts {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly faults: FaultPlan;
  readonly requests: SandboxRequest[];
  readonly signal: AbortSignal;
}

/** The function that answers HTTP requests. It never throws: a peer that leaves halfway only loses its own socket. */
export function createListener(parts: ListenerParts): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    serve(parts, request, response).catch(() => response.socket?.destroy());
  };
}

async function serve(parts: ListenerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world, faults, requests, signal } = parts;
  const { path, query, known } = locate(request.url ?? '/');
  const { method = 'GET' } = request;
  const { authorization } = request.headers;
  const ip = request.socket.remoteAddress ?? '';
  const read = await readBody(request);
  const { body, files } = read.tooLarge ? { body: undefined, files: [] } : read;
  requests.push({ method, path, query, authorization, body, at: world.now() });
  if (requests.length > REQUESTS_KEPT) requests.shift();

  const act = async (): Promise<Outcome> => {
    if (read.tooLarge) return { reply: refused(413, '413 Payload Too Large'), newer: true, key: null };
    if (!known) return { reply: notFound(), newer: true, key: null };
    return dispatch(world, parts.routes, { method, path, query, ip, authorization, body, files });
  };

  const fault = faults.take(method, path);
  if (fault?.kind === 'delay' && fault.when !== 'after') await wait(fault.ms, undefined, { signal });
  if (fault !== null && !acts(fault)) return misdeliver(response, fault, '', signal);

  const { reply, newer, key } = await act();
  const text = bodyOf(reply, newer ? { maintenance: world.settings.maintenance, now: world.now() } : null);
  if (key) recordUse(world, key, { ip, method, path, query, body, status: reply.status, answer: text ?? '' });
  if (fault?.kind === 'delay' && fault.when === 'after') await wait(fault.ms, undefined, { signal });
  if (fault !== null && fault.kind !== 'delay') return misdeliver(response, fault, text ?? '', signal);
  if (reply.raw) return sendRaw(response, reply.status, reply.raw.body, reply.raw.headers);
  sendJson(request, response, reply.status, text);
}

/** Whether the operation is carried out under this fault. */
function acts(fault: Fault): fault is Exclude<Fault, { kind: 'reply' }> {
  if (fault.kind === 'drop') return fault.when === 'after';
  if (fault.kind === 'status') return fault.acts ?? false;
  return fault.kind !== 'reply';
}

function locate(target: string): { path: string; query: string; known: boolean } {
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? '' : target.slice(mark + 1);
  const known = path === BASE_PATH || path.startsWith(`${BASE_PATH}/`);
  return { path: known ? path.slice(BASE_PATH.length) : path, query, known };
}
