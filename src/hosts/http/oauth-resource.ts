import type { IncomingMessage, ServerResponse } from 'node:http';
import { ROLES, scopeOf } from '../../guard/roles.js';
import type { Refusal } from './refusal.js';

const PATH = '/.well-known/oauth-protected-resource';

/** How this server presents itself to OAuth clients (RFC 9728), and refuses those it does not let in (RFC 6750). */
export interface ProtectedResource {
  /** The address of /mcp: what tokens are for, unless the operator says otherwise. */
  readonly address: string;
  readonly metadataUrl: string;
  isMetadata(path: string): boolean;
  /** For everybody, pages of any site too: it is what a client reads to find out how to be let in. */
  answerMetadata(request: IncomingMessage, response: ServerResponse, issuer: string): void;
  /** Without `error` where nothing was sent that could be wrong. */
  refuse(status: 401 | 403, message: string, challenge?: Challenge): Refusal;
}

interface Challenge {
  readonly error: 'invalid_token' | 'insufficient_scope';
  readonly scope?: string;
}

export function protectedResource(own: URL): ProtectedResource {
  const base = own.href.replace(/\/$/, '');
  const address = `${base}/mcp`;
  const metadataUrl = `${base}${PATH}/mcp`;
  return {
    address,
    metadataUrl,
    isMetadata: path => path === PATH || path === `${PATH}/mcp`,
    answerMetadata({ method }, response, issuer) {
      response.setHeader('Access-Control-Allow-Origin', '*');
      if (method === 'OPTIONS')
        return void response.writeHead(204, { ...PREFLIGHT, 'Access-Control-Max-Age': '600' }).end();
      if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      const document = {
        resource: address,
        authorization_servers: [issuer],
        scopes_supported: ROLES.map(scopeOf),
        bearer_methods_supported: ['header'],
        resource_name: 'Gigahost',
      };
      response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
      response.end(method === 'HEAD' ? undefined : JSON.stringify(document));
    },
    refuse(status, message, challenge) {
      const said = {
        ...(challenge && { error: challenge.error, error_description: message }),
        ...(challenge?.scope !== undefined && { scope: challenge.scope }),
        resource_metadata: metadataUrl,
      };
      const parameters = Object.entries(said).map(([name, value]) => `${name}="${quotable(value)}"`);
      return { status, headers: { 'WWW-Authenticate': `Bearer ${parameters.join(', ')}` }, message };
    },
  };
}

const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
  'Access-Control-Allow-Headers': 'MCP-Protocol-Version, Accept, Content-Type',
} as const;

/** What RFC 6750 lets stand between the quotes. */
const quotable = (text: string): string => text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, ' ');
