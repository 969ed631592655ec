import type { IncomingMessage } from 'node:http';
import { validateHostHeader, validateOriginHeader } from '@modelcontextprotocol/server';
import type { Refusal } from './refusal.js';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export const isLoopback = (host: string): boolean => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host);

/** What a request may be for, and from which pages. */
export interface Gate {
  /** What is wrong with it; undefined where nothing is. */
  refuse(request: IncomingMessage): Refusal | undefined;
  /** Headers that let a page of an allowed origin read the answer; none for anybody else. */
  cors(request: IncomingMessage): Readonly<Record<string, string>>;
}

/** A page of another site, or a name that leads here by trickery, gets nothing (DNS rebinding). */
export function createGate(
  own: URL,
  more: { readonly hosts: readonly string[]; readonly origins: readonly string[] },
): Gate {
  const hosts = [own.hostname, ...(isLoopback(own.hostname) ? LOOPBACK : []), ...more.hosts];
  const origins = [own.origin, ...more.origins];
  const originNames = [...hosts, ...more.origins.map(origin => new URL(origin).hostname)];
  return {
    refuse({ headers: { host, origin } }) {
      if (!validateHostHeader(host, hosts).ok)
        return {
          status: 403,
          reason: 'host',
          message: 'This server does not answer to that host name (--allowed-hosts).',
        };
      if (!validateOriginHeader(origin, originNames).ok)
        return {
          status: 403,
          reason: 'origin',
          message: 'Pages of that origin may not call this server (--allowed-origins).',
        };
      return undefined;
    },
    cors({ headers: { origin } }) {
      if (origin === undefined || !origins.includes(origin) || origin === own.origin) return {};
      return {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': 'Mcp-Session-Id, WWW-Authenticate, Retry-After, X-Request-Id',
        Vary: 'Origin',
      };
    },
  };
}

/** The answer to a browser that asks beforehand. */
export const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, POST, DELETE, OPTIONS',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, Accept, Mcp-Session-Id, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Last-Event-ID, X-Gigahost-Api-Key, traceparent, tracestate',
  'Access-Control-Max-Age': '600',
} as const;
