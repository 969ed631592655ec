import { serve, type Served, type ServeOptions } from './http.js';

/** The shipped bin, which lets in whoever has a token of that issuer. */
export const serveOAuth = (issuer: { readonly url: string }, options: ServeOptions = {}): Promise<Served> =>
  serve({
    ...options,
    args: ['--auth', 'oauth', '--oauth-issuer', issuer.url, '--log-level', 'debug', ...(options.args ?? [])],
  });

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Parameters of WWW-Authenticate. */
  readonly challenge: Readonly<Record<string, string>>;
  readonly text: string;
}

/** One request of a 2025-era client, without a client that would make something of a refusal. */
export async function post(
  { url }: { readonly url: string },
  token: string | undefined,
  method = 'tools/list',
  params: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const answer = await fetch(`${url}/mcp`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      'MCP-Protocol-Version': '2025-11-25',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...more,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { status, headers } = answer;
  const challenge = Object.fromEntries(
    [...(headers.get('www-authenticate') ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  ) as Record<string, string>;
  return { status, headers, challenge, text: await answer.text() };
}

export const callTool = (
  server: { readonly url: string },
  token: string,
  name: string,
  args: Readonly<Record<string, unknown>> = {},
): Promise<Reply> => post(server, token, 'tools/call', { name, arguments: args });
