import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import type { Route } from '../../client/route.js';
import { ask, type Answered, type NoAnswer } from './ask.js';
import { inTime, type Failed } from './failed.js';
import { goesThrough } from './no-proxy.js';
import { secure } from './secure.js';
import { tunnel } from './tunnel.js';

export type Reached = Answered | NoAnswer | Failed;

/** Whether the API is there and works, so that it is of use to ask it more. */
export const isUp = (found: Reached): boolean =>
  found.kind === 'answered' && found.status !== 404 && found.status < 500;

/**
 * Asks the API something without credentials, step by step, so that it is known which step fails: the proxy, the name, the
 * connection, TLS, the answer. Each step may take so long. Never rejects.
 */
export async function reach(baseUrl: string, route: Route, stepMs: number): Promise<Reached> {
  const url = new URL(baseUrl);
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const began = performance.now();
  const { proxy } = route;
  const plain =
    proxy && goesThrough(proxy, url)
      ? await tunnel(proxy, `${host.includes(':') ? `[${host}]` : host}:${port}`, route, stepMs)
      : await direct(host, port, stepMs);
  if ('kind' in plain) return plain;
  const socket = url.protocol === 'https:' ? await secure(plain, host, route, stepMs) : plain;
  if ('kind' in socket) return socket;
  try {
    return await ask(url, socket, began, stepMs);
  } finally {
    socket.destroy();
  }
}

async function direct(host: string, port: number, stepMs: number): Promise<Socket | Failed> {
  const known = isIP(host) ? [] : await inTime('name', stepMs, () => lookup(host, { all: true }));
  if ('kind' in known) return known;
  return inTime('connection', stepMs, ({ resolve, reject }) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(socket)).once('error', reject);
    return () => socket.destroy();
  });
}
