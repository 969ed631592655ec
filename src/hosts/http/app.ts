import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Catalogue } from '../../catalogue.js';
import type { Ground } from '../ground.js';
import type { ClientAddress } from './address.js';
import { createCalls } from '../calls.js';
import { createDeparture } from './departure.js';
import { createGate, PREFLIGHT } from './gate.js';
import { isRefusal, type Authenticator } from './identity.js';
import { createLimits, isStream } from './limits.js';
import { createMcpEndpoint } from './mcp.js';
import { createReadiness } from './readiness.js';
import { asJsonRpc, type Refusal } from './refusal.js';
import { createSessions } from './sessions.js';
import { surroundings } from './surroundings.js';

export interface App {
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Takes nothing more, lets calls under way finish for that long, then has the rest told what became of them. */
  drain(server: Server, patienceMs: number): Promise<void>;
}

interface Parts {
  readonly ground: Ground;
  readonly catalogue: Catalogue;
  readonly authenticator: Authenticator;
  /** The address clients reach the server under. */
  readonly own: URL;
  readonly clientAddress: ClientAddress;
}

/** Everything that is answered over HTTP. */
export function createApp({ ground, catalogue, authenticator, own, clientAddress }: Parts): App {
  const { config, log } = ground;
  const gate = createGate(own, { hosts: config.http.allowedHosts, origins: config.http.allowedOrigins });
  const around = surroundings(ground, own);
  const sessions = createSessions(ground, around.ofSession);
  const calls = createCalls();
  const mcp = createMcpEndpoint({ config, log, catalogue, calls }, sessions);
  const limits = createLimits(config.http, ground.store);
  const missing = createReadiness(ground);
  const departure = createDeparture(calls);

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    if (path === '/healthz') return send(response, { status: 200, message: 'ok' });
    if (path === '/readyz') return ready(response);
    if (authenticator.isOpen?.(path)) return authenticator.answerOpen?.(request, response);
    const refused = gate.refuse(request);
    if (refused) return send(response, refused);
    for (const [name, value] of Object.entries(gate.cors(request))) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204, PREFLIGHT).end();
    if (around.isPage(path)) return around.answerPage(request, response);
    if (path !== '/mcp') return send(response, { status: 404, message: 'There is nothing here; MCP is at /mcp.' });
    if (departure.isLeaving) return send(response, STOPPING);
    departure.watch(response, isStream(request) ? 'stream' : 'call');
    const identity = await authenticator.identify(request.headers);
    if (isRefusal(identity)) return send(response, identity);
    const tooMuch = await limits.admit(identity, request, response);
    if (tooMuch) return send(response, tooMuch);
    await mcp.handle(request, response, identity);
  }

  async function ready(response: ServerResponse): Promise<void> {
    const lacks = departure.isLeaving ? ['stopping'] : (await missing()).map(name => `${name} cannot be reached`);
    response.writeHead(lacks.length > 0 ? 503 : 200, PLAIN);
    response.end(`${lacks.join('\n') || 'ready'}\n`);
  }

  return {
    answer(request, response) {
      route(request, response).catch((error: unknown) => {
        log.error(`A request from ${clientAddress(request)} failed`, error);
        if (response.headersSent) response.destroy();
        else send(response, { status: 500, message: 'This failed because of a fault in gigahost-mcp itself.' });
      });
    },
    async drain(server, patienceMs) {
      await departure.leave(server, patienceMs, {
        sessions: () => sessions.close(),
        streams: () => mcp.close(),
      });
      await around.close();
    },
  };
}

const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } as const;

const STOPPING: Refusal = {
  status: 503,
  headers: { 'Retry-After': '5', Connection: 'close' },
  message: 'This server is stopping.',
};

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
