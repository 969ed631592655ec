import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Catalogue } from '../../catalogue.js';
import type { Ground } from '../ground.js';
import type { Beside } from '../mcp-server.js';
import { createGate, PREFLIGHT } from './gate.js';
import { isRefusal, type Authenticator } from './identity.js';
import { createMcpEndpoint } from './mcp.js';
import { asJsonRpc, type Refusal } from './refusal.js';
import { createSessions } from './sessions.js';
import { surroundings } from './surroundings.js';

export interface App {
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Takes nothing more, lets calls under way finish for that long, then ends the rest. */
  drain(server: Server, patienceMs: number): Promise<void>;
}

interface Parts {
  readonly ground: Ground;
  readonly catalogue: Catalogue;
  readonly authenticator: Authenticator;
  /** The address clients reach the server under. */
  readonly own: URL;
  readonly beside?: Beside;
}

const LOOK_EVERY_MS = 25;

/** Everything that is answered over HTTP. */
export function createApp({ ground, catalogue, authenticator, own, beside }: Parts): App {
  const { config, log } = ground;
  const gate = createGate(own, { hosts: config.http.allowedHosts, origins: config.http.allowedOrigins });
  const around = surroundings(ground, own);
  const sessions = createSessions(ground, around.ofSession);
  const mcp = createMcpEndpoint({ config, log, catalogue, ...(beside && { beside }) }, sessions);
  const busy = new Set<ServerResponse>();
  let leaving = false;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    if (path === '/healthz') return send(response, { status: 200, message: 'ok' });
    if (authenticator.isOpen?.(path)) return authenticator.answerOpen?.(request, response);
    const refused = gate.refuse(request);
    if (refused) return send(response, refused);
    for (const [name, value] of Object.entries(gate.cors(request))) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204, PREFLIGHT).end();
    if (around.isPage(path)) return around.answerPage(request, response);
    if (path !== '/mcp') return send(response, { status: 404, message: 'There is nothing here; MCP is at /mcp.' });
    if (leaving)
      return send(response, { status: 503, headers: { 'Retry-After': '5' }, message: 'This server is stopping.' });
    const identity = await authenticator.identify(request.headers);
    if (isRefusal(identity)) return send(response, identity);
    // A stream of changes is open as long as the client wants: it is ended, not waited for.
    if (request.headers['mcp-method'] !== 'subscriptions/listen') {
      busy.add(response);
      response.once('close', () => busy.delete(response));
    }
    await mcp.handle(request, response, identity);
  }

  return {
    answer(request, response) {
      route(request, response).catch((error: unknown) => {
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
