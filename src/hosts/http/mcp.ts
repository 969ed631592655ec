import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  isLegacyRequest,
  type McpHandlerRequestOptions,
  type McpRequestContext,
  type McpServer,
} from '@modelcontextprotocol/server';
import type { Catalogue } from '../../catalogue.js';
import type { Config } from '../../config.js';
import type { Log } from '../../log.js';
import { createServer } from '../mcp-server.js';
import type { Calls } from '../calls.js';
import type { Identity } from './identity.js';
import { createLegacySessions } from './legacy-sessions.js';
import type { Sessions } from './sessions.js';

/** Largest request: arguments with a file in them, in base64. */
const MOST_BODY = 4 * 1024 * 1024;

/** MCP over HTTP for everybody who is let in, clients of both eras. */
export interface McpEndpoint {
  handle(request: IncomingMessage, response: ServerResponse, identity: Identity): Promise<void>;
  /** Ends what is still open. */
  close(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly log: Log;
  readonly catalogue: Catalogue;
  readonly calls: Calls;
}

export function createMcpEndpoint({ config, log, catalogue, calls }: Parts, sessions: Sessions): McpEndpoint {
  const callers = new AsyncLocalStorage<Identity>();
  const onerror = (error: Error): void => log.warn(error.message);
  const caller = (): Identity => {
    const identity = callers.getStore();
    if (!identity) throw new Error('a request reached the protocol without an identity');
    return identity;
  };
  const build = (request: McpRequestContext): McpServer => {
    const identity = caller();
    const { principal, stepUpTo } = identity;
    return createServer(
      { catalogue, config, log, principal, stepUpTo, session: sessions.of(identity), calls },
      request,
    );
  };
  const stateless = createMcpHandler(build, {
    maxRequestBodySize: MOST_BODY,
    onerror,
    legacy: config.http.sessions ? 'reject' : 'stateless',
  });
  const sessional = config.http.sessions ? createLegacySessions(() => build({ era: 'legacy' }), MOST_BODY) : undefined;
  const fetch = async (request: Request, options?: McpHandlerRequestOptions): Promise<Response> =>
    sessional && (await isLegacyRequest(request, options?.parsedBody, { maxRequestBodySize: MOST_BODY }))
      ? sessional.fetch(request, caller().key, options)
      : stateless.fetch(request, options);
  const node = toNodeHandler({ fetch }, { maxRequestBodySize: MOST_BODY, onerror });
  return {
    // The adapter's types want optional fields that may not be undefined, and Node's may.
    handle: (request, response, identity) =>
      callers.run(identity, () =>
        node(Object.assign(request, { auth: identity.auth }) as Parameters<typeof node>[0], response),
      ),
    async close() {
      await stateless.close();
      await sessional?.close();
    },
  };
}
