import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Catalogue } from '../../catalogue.js';
import type { Ground } from '../ground.js';
import type { Beside } from '../mcp-server.js';
import { inRequest, traceOf } from '../trace.js';
import { createEvents } from './events.js';
import type { ClientAddress } from './address.js';
import { createCalls } from '../calls.js';
import { createDeparture } from './departure.js';
import { createGate, PREFLIGHT } from './gate.js';
import { isRefusal, type Authenticator } from './identity.js';
import { createLimits, isStream } from './limits.js';
import { createMcpEndpoint } from './mcp.js';
import type { Metrics } from './metrics.js';
import { createReadiness } from './readiness.js';
import { asJsonRpc, type Refusal } from './refusal.js';
import { createSessions } from './sessions.js';
import { surroundings } from './surroundings.js';
import { createWatch } from './watch.js';

export interface App {
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Takes nothing more, lets calls under way finish for that long, then has the rest told what became of them. */
  drain(server: Server, patienceMs: number): Promise<void>;
}

interface Parts {
  readonly ground: Ground;
  readonly catalogue: Catalogue;
  readonly authenticator: Authenticator;
  readonly metrics: Metrics;
  /** The address clients reach the server under. */
  readonly own: URL;
  readonly clientAddress: ClientAddress;
  readonly beside?: Beside;
}

const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } as const;
const STOPPING: Refusal = {
  status: 503,
  reason: 'stopping',
  headers: { 'Retry-After': '5', Connection: 'close' },
  message: 'This server is stopping.',
};

/** Everything that is answered over HTTP. */
export function createApp({ ground: bare, catalogue, authenticator, metrics, own, clientAddress, beside }: Parts): App {
  const { config, log, store } = bare;
  const events = createEvents({ catalogue, config, store, log, onTooMany: () => metrics.rejected('subscriptions') });
  const watch = createWatch(log, metrics, events);
  const ground = { ...bare, observe: watch.of };
  const gate = createGate(own, { hosts: config.http.allowedHosts, origins: config.http.allowedOrigins });
  const around = surroundings(ground, own);
  const sessions = createSessions(ground, around.ofSession);
  const calls = createCalls();
  const limits = createLimits(config.http, store);
  const shared = { config, log, catalogue, watch, events, calls, limits };
  const mcp = createMcpEndpoint({ ...shared, ...(beside && { beside }) }, sessions);
  const missing = createReadiness(ground);
  const departure = createDeparture(calls);

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    if (path === '/healthz') return send(response, { status: 200, message: 'ok' });
    if (path === '/readyz') return ready(response);
    if (authenticator.isOpen?.(path)) return authenticator.answerOpen?.(request, response);
    const refused = gate.refuse(request);
    if (refused) return refuse(response, refused);
    for (const [name, value] of Object.entries(gate.cors(request))) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204, PREFLIGHT).end();
    if (around.isPage(path)) return around.answerPage(request, response);
    if (path !== '/mcp' && path !== '/metrics')
      return send(response, { status: 404, message: 'There is nothing here; MCP is at /mcp.' });
    if (departure.isLeaving && path === '/mcp') return refuse(response, STOPPING);
    if (path === '/mcp') departure.watch(response, isStream(request) ? 'stream' : 'call');
    const identity = await who(path, request.headers);
    if (isRefusal(identity)) return refuse(response, { ...identity, reason: 'auth' });
    watch.letIn();
    if (path === '/metrics') return answerMetrics(request, response);
    const tooMuch = await limits.admit(identity, request, response);
    if (tooMuch) return refuse(response, tooMuch);
    const refusal = await mcp.handle(request, response, identity);
    if (refusal) refuse(response, refusal);
  }

  /** Figures take no account of Gigahost. */
  const who = (path: string, headers: IncomingHttpHeaders) =>
    path === '/metrics' && authenticator.recognize ? authenticator.recognize(headers) : authenticator.identify(headers);

  function refuse(response: ServerResponse, refusal: Refusal): void {
    watch.refused(refusal);
    send(response, refusal);
  }

  async function answerMetrics({ method = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!['GET', 'HEAD'].includes(method)) return void response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    const text = await metrics.text();
    response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text);
  }

  async function ready(response: ServerResponse): Promise<void> {
    const lacks = departure.isLeaving ? ['stopping'] : (await missing()).map(name => `${name} cannot be reached`);
    response.writeHead(lacks.length > 0 ? 503 : 200, PLAIN);
    response.end(`${lacks.join('\n') || 'ready'}\n`);
  }

  return {
    answer(request, response) {
      request.url = targetOf(request);
      const requestId = randomUUID();
      response.setHeader('X-Request-Id', requestId);
      const facts = { requestId, address: clientAddress(request), trace: traceOf(request.headers) };
      inRequest(facts, () => route(request, response)).catch((error: unknown) => {
        log.error('A request failed', error);
        if (response.headersSent) response.destroy();
        else send(response, { status: 500, message: 'This failed because of a fault in gigahost-mcp itself.' });
      });
    },
    async drain(server, patienceMs) {
      await departure.leave(server, patienceMs, {
        sessions: () => sessions.close(),
        streams: () => mcp.close(),
      });
      await events.close();
      await around.close();
    },
  };
}

/** Without the scheme and host that a client may name in front of the path (RFC 9112, section 3.2.2). */
const targetOf = ({ url = '/' }: IncomingMessage): string =>
  url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/^(?![/*])/, '/');

const pathOf = ({ url = '/' }: IncomingMessage): string => url.replace(/[?#].*$/, '');

function send(response: ServerResponse, refusal: Refusal): void {
  const isFine = refusal.status < 400;
  response.writeHead(refusal.status, {
    ...PLAIN,
    ...(!isFine && { 'Content-Type': 'application/json' }),
    ...refusal.headers,
  });
  response.end(isFine ? `${refusal.message}\n` : asJsonRpc(refusal));
}
