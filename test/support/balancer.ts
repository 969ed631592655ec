import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Passed {
  /** Which of the nodes took it, from 0. */
  readonly node: number;
  readonly path: string;
  readonly body: string;
}

export interface Balancer extends AsyncDisposable {
  readonly url: string;
  /** The nodes it stands before, by their addresses. */
  readonly nodes: string[];
  /** What it passed on, oldest first. */
  readonly passed: readonly Passed[];
}

/**
 * A plain balancer: each request goes to the next node, whoever sent it. A node that refuses connections is passed
 * over; what was sent to one is never sent to another.
 */
export async function startBalancer(): Promise<Balancer> {
  const nodes: string[] = [];
  const passed: Passed[] = [];
  let turn = 0;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url: path = '/', headers } = request;
    const body = await buffer(request);
    const first = turn++;
    for (let tries = 0; tries < nodes.length; tries += 1) {
      const node = (first + tries) % nodes.length;
      const sent = send(`${nodes[node]}${path}`, { method, headers, agent: false });
      sent.on('error', () => undefined);
      response.once('close', () => sent.destroy());
      sent.end(body);
      const answer = await once(sent, 'response').catch((error: NodeJS.ErrnoException) => error);
      if (answer instanceof Error && answer.code === 'ECONNREFUSED') continue;
      if (answer instanceof Error) throw answer;
      const [from] = answer as [IncomingMessage];
      passed.push({ node, path, body: body.toString() });
      response.writeHead(from.statusCode ?? 502, from.headers);
      response.flushHeaders();
      from.pipe(response);
      from.once('error', () => response.destroy());
      return;
    }
    response.writeHead(502).end();
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    nodes,
    passed,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
