import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createMcpHandler,
  isLegacyRequest,
  type McpRequestContext,
  type McpServer,
} from '@modelcontextprotocol/server';
import type { Calls } from '../calls.js';
import { createServer, type Asked, type ServerParts } from '../mcp-server.js';
import { endWithToken } from './expiry.js';
import type { Events } from './events.js';
import type { Identity } from './identity.js';
import { createLegacySessions } from './legacy-sessions.js';
import type { Limits } from './limits.js';
import type { Refusal } from './refusal.js';
import type { Sessions } from './sessions.js';
import type { Watch } from './watch.js';
import { answerWith, toWeb, type WebRequest } from './web.js';

/** Largest request: arguments with a file in them, in base64. */
const MOST_BODY = 4 * 1024 * 1024;
const TOO_LARGE: Refusal = {
  status: 413,
  headers: { Connection: 'close' },
  message: 'The request is too large: the most is 4 MiB. Nothing was done.',
};
const NOT_UTF8: Refusal = { status: 400, message: 'The body is not UTF-8, as JSON has to be. Nothing was done.' };
const METHODS = ['GET', 'POST', 'DELETE'];
const NO_METHOD: Refusal = {
  status: 405,
  headers: { Allow: METHODS.join(', ') },
  message: 'MCP takes GET, POST and DELETE only. Nothing was done.',
};

/** MCP over HTTP for everybody who is let in, clients of both eras. */
export interface McpEndpoint {
  /** Returns what to answer instead where the request cannot be read, or holds more than its principal may ask for. */
  handle(request: IncomingMessage, response: ServerResponse, identity: Identity): Promise<Refusal | undefined>;
  /** Ends what is still open. */
  close(): Promise<void>;
}

/** One request on its way. */
interface Call {
  readonly identity: Identity;
  /** Undefined where it is not one request of the protocol. */
  readonly asked: Asked | undefined;
}

interface Parts extends Pick<ServerParts, 'config' | 'log' | 'catalogue' | 'beside'> {
  readonly watch: Watch;
  readonly events: Events;
  readonly calls: Calls;
  readonly limits: Limits;
}

export function createMcpEndpoint(
  { config, log, catalogue, watch, events, calls: underway, limits, beside }: Parts,
  sessions: Sessions,
): McpEndpoint {
  const calls = new AsyncLocalStorage<Call>();
  const onerror = (error: Error): void => log.warn(error.message);
  const call = (): Call => {
    const found = calls.getStore();
    if (!found) throw new Error('a request reached the protocol without an identity');
    return found;
  };
  const build = (request: McpRequestContext, asked?: Asked): McpServer => {
    const { identity } = call();
    const { principal, stepUpTo } = identity;
    const shared = { catalogue, config, log, ...(beside && { beside }), observe: watch.of(principal), hears: true };
    // Looked up with each call: a 2025-era session may outlast what was opened for its first.
    const session = () => sessions.of(identity)();
    return createServer({ ...shared, principal, stepUpTo, session, calls: underway }, request, asked);
  };
  const stateless = createMcpHandler(request => build(request, call().asked), {
    maxRequestBodySize: MOST_BODY,
    onerror,
    bus: events.bus,
    legacy: config.http.sessions ? 'reject' : 'stateless',
  });
  const sessional = config.http.sessions ? createLegacySessions(() => build({ era: 'legacy' }), MOST_BODY) : undefined;

  async function answer({ request, parsedBody }: WebRequest, identity: Identity): Promise<Response> {
    const { auth, key } = identity;
    const how = { ...(auth && { authInfo: auth }), ...(parsedBody !== undefined && { parsedBody }) };
    if (sessional && (await isLegacyRequest(request, parsedBody, { maxRequestBodySize: MOST_BODY })))
      return sessional.fetch(request, key, how);
    return request.headers.get('mcp-method') === 'subscriptions/listen'
      ? events.listen(parsedBody, identity, () => stateless.fetch(request, how))
      : stateless.fetch(request, how);
  }

  return {
    async handle(request, response, identity) {
      if (!METHODS.includes(request.method ?? '')) return NO_METHOD;
      endWithToken(request, response, identity);
      const web = await toWeb(request, response, MOST_BODY);
      if (web === 'too large') return TOO_LARGE;
      if (web === 'not UTF-8') return NOT_UTF8;
      if (web === 'left') return undefined;
      const batch = web.parsedBody;
      const tooMuch = Array.isArray(batch) ? await limits.admitBatch(identity, batch.length, response) : undefined;
      if (tooMuch) return tooMuch;
      const call = { identity, asked: askedIn(web.parsedBody) };
      await answerWith(await calls.run(call, () => answer(web, identity)), response);
      return undefined;
    },
    async close() {
      await stateless.close();
      await sessional?.close();
    },
  };
}

/** Undefined for a batch, which may be about anything. */
function askedIn(body: unknown): Asked | undefined {
  const { method, params } = (body ?? {}) as {
    readonly method?: unknown;
    readonly params?: { readonly name?: unknown };
  };
  return typeof method === 'string' ? { method, name: method === 'tools/call' ? params?.name : undefined } : undefined;
}
