import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';

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

/** A port that accepts connections and never speaks TLS: whatever is to be sent there waits for its connection. */
export async function startSilence(onConnection: () => void = () => undefined): Promise<PlainServer> {
  const sockets: Socket[] = [];
  const server = createTcpServer(socket => {
    sockets.push(socket.on('error', () => undefined));
    onConnection();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}/api/v0`,
    port,
    apiKey: API_KEY,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A success without payload. */
export const DONE = JSON.stringify({ meta: { status: 200, status_message: '200 OK' }, data: [] });
