import { randomUUID } from 'node:crypto';
import {
  WebStandardStreamableHTTPServerTransport as Transport,
  type McpServer,
  type McpHandlerRequestOptions,
} from '@modelcontextprotocol/server';
import { LRUCache } from 'lru-cache';

const MOST = 1000;
const MOST_EACH = 50;
const IDLE_MS = 30 * 60_000;

interface Open {
  /** Whose it is: nobody else can use it. */
  readonly owner: string;
  readonly transport: Transport;
}

/** Sessions of 2025-era clients on this node, so that they can be asked: one server and one stream for each. */
export interface LegacySessions {
  fetch(request: Request, owner: string, options?: McpHandlerRequestOptions): Promise<Response>;
  close(): Promise<void>;
}

/** `build` makes the server of a session that begins. One that lies idle for half an hour is closed. */
export function createLegacySessions(build: () => McpServer, mostBody: number): LegacySessions {
  const open = new LRUCache<string, Open>({
    max: MOST,
    ttl: IDLE_MS,
    updateAgeOnGet: true,
    dispose: ({ transport }) => void transport.close(),
  });

  return {
    async fetch(request, owner, options) {
      const id = request.headers.get('mcp-session-id');
      if (id !== null) {
        const found = open.get(id);
        // That it is somebody else's is not told.
        return found?.owner === owner ? found.transport.handleRequest(request, options) : gone();
      }
      makeRoom(owner);
      const transport = new Transport({
        sessionIdGenerator: randomUUID,
        maxRequestBodySize: mostBody,
        onsessioninitialized: made => void open.set(made, { owner, transport }),
        onsessionclosed: made => void open.delete(made),
      });
      await build().connect(transport);
      return transport.handleRequest(request, options);
    },
    async close() {
      const all = [...open.values()].map(({ transport }) => transport);
      open.clear();
      await Promise.all(all.map(transport => transport.close()));
    },
  };

  /** One who opens sessions without end closes their own. */
  function makeRoom(owner: string): void {
    const theirs = [...open.keys()].filter(id => open.peek(id)?.owner === owner).reverse();
    for (const id of theirs.slice(0, Math.max(0, theirs.length - MOST_EACH + 1))) open.delete(id);
  }
}

/** What tells a 2025-era client to begin anew. */
const gone = (): Response =>
  Response.json(
    { jsonrpc: '2.0', error: { code: -32_001, message: 'There is no such session here; begin a new one.' }, id: null },
    { status: 404 },
  );
