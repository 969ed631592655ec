import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Catalogue } from '../../catalogue.js';
import type { Ground } from '../ground.js';
import type { Beside } from '../mcp-server.js';
import { inRequest, traceOf } from '../trace.js';
import { createEvents } from './events.js';
import { createGate, PREFLIGHT } from './gate.js';
import { isRefusal, type Authenticator } from './identity.js';
import { createMcpEndpoint } from './mcp.js';
import type { Metrics } from './metrics.js';
import { asJsonRpc, type Refusal } from './refusal.js';
import { createSessions } from './sessions.js';
import { surroundings } from './surroundings.js';
import { createWatch } from './watch.js';

export interface App {
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Takes nothing more, lets calls under way finish for that long, then ends the rest. */
  drain(server: Server, patienceMs: number): Promise<void>;
}

interface Parts {
  readonly ground: Ground;
  readonly catalogue: Catalogue;
  readonly authenticator: Authenticator;
  readonly metrics: Metrics;
  /** The address clients reach the server under. */
  readonly own: URL;
  readonly beside?: Beside;
}

const LOOK_EVERY_MS = 25;
const STOPPING: Refusal = {
  status: 503,
  reason: 'stopping',
  headers: { 'Retry-After': '5' },
  message: 'This server is stopping.',
};

/** Everything that is answered over HTTP. */
export function createApp({ ground: bare, catalogue, authenticator, metrics, own, beside }: Parts): App {
  const { config, log, store } = bare;
  const events = createEvents({ catalogue, config, store, log, onTooMany: () => metrics.rejected('subscriptions') });
  const watch = createWatch(log, metrics, events);
  const ground = { ...bare, observe: watch.of };
  const gate = createGate(own, { hosts: config.http.allowedHosts, origins: config.http.allowedOrigins });
  const around = surroundings(ground, own);
  const sessions = createSessions(ground, around.ofSession);
  const mcp = createMcpEndpoint({ config, log, catalogue, watch, events, ...(beside && { beside }) }, sessions);
  const busy = new Set<ServerResponse>();
  let leaving = false;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    if (path === '/healthz') return send(response, { status: 200, message: 'ok' });
    if (authenticator.isOpen?.(path)) return authenticator.answerOpen?.(request, response);
    const refused = gate.refuse(request);
    if (refused) return refuse(request, response, refused);
    for (const [name, value] of Object.entries(gate.cors(request))) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204, PREFLIGHT).end();
    if (around.isPage(path)) return around.answerPage(request, response);
    if (path !== '/mcp' && path !== '/metrics')
      return send(response, { status: 404, message: 'There is nothing here; MCP is at /mcp.' });
    if (leaving && path === '/mcp') return refuse(request, response, STOPPING);
    const identity = await authenticator.identify(request.headers);
    if (isRefusal(identity)) return refuse(request, response, { ...identity, reason: 'auth' });
    watch.letIn();
    if (path === '/metrics') return answerMetrics(request, response);
    // A stream of changes is open as long as the client wants: it is ended, not waited for.
    if (request.headers['mcp-method'] !== 'subscriptions/listen') {
      busy.add(response);
      response.once('close', () => busy.delete(response));
    }
    await mcp.handle(request, response, identity);
  }

  function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
    watch.refused(request, refusal);
    send(response, refusal);
  }

  async function answerMetrics({ method = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!['GET', 'HEAD'].includes(method)) return void response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    const text = await metrics.text();
    response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text);
  }

  return {
    answer(request, response) {
      const requestId = randomUUID();
      response.setHeader('X-Request-Id', requestId);
      const facts = { requestId, trace: traceOf(request.headers) };
      inRequest(facts, () => route(request, response)).catch((error: unknown) => {
        log.error('A request failed', error);
        if (response.headersSent) response.destroy();
        else send(response, { status: 500, message: 'This failed because of a fault in gigahost-mcp itself.' });
      });
    },
    async drain(server, patienceMs) {
      leaving = true;
      server.close();
      server.closeIdleConnections();
      for (const end = Date.now() + patienceMs; busy.size > 0 && Date.now() < end;) await wait(LOOK_EVERY_MS);
      await mcp.close();
      await sessions.close();
      await events.close();
      await around.close();
      server.closeAllConnections();
    },
  };
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.replace(/[?#].*$/, '');

function send(response: ServerResponse, refusal: Refusal): void {
  const isFine = refusal.status < 400;
  response.writeHead(refusal.status, {
    'Content-Type': isFine ? 'text/plain; charset=utf-8' : 'application/json',
    'Cache-Control': 'no-store',
    ...refusal.headers,
  });
  response.end(isFine ? `${refusal.message}\n` : asJsonRpc(refusal));
}
