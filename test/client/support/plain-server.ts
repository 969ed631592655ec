import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PlainServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
}

export const API_KEY = `flux_live_${'0123456789abcdef'.repeat(4)}`;

/** A web server on loopback for what the sandbox cannot do: to see connections, and to act in the middle of a call. */
export async function startServer(listener: RequestListener, port = 0): Promise<PlainServer> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/api/v0`,
    port: address.port,
    apiKey: API_KEY,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A success without payload. */
export const DONE = JSON.stringify({ meta: { status: 200, status_message: '200 OK' }, data: [] });
