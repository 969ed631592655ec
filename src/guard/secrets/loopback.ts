import { once as emitted } from 'node:events';
import type { AddressInfo } from 'node:net';
import { once } from '../../once.js';
import type { SecretPages } from './pages.js';

/** Where pages are reached from outside. */
export interface Door {
  /** Opens it where that is needed, and returns the origin of the pages: scheme, host and port. */
  open(): Promise<string>;
  close(): Promise<void>;
}

const ADDRESS = '127.0.0.1';
const PATIENCE_MS = 10_000;

/** Serves pages to this machine alone, on a port of its own, and does not keep the process alive. */
export function loopback(pages: Pick<SecretPages, 'answer'>): Door {
  const listening = once(async () => {
    const { createServer } = await import('node:http');
    const server = createServer(
      { maxHeaderSize: 8192, headersTimeout: PATIENCE_MS, requestTimeout: PATIENCE_MS },
      ({ method = '', url: path = '', headers }, response) => {
        const { body, ...reply } = pages.answer({ method, path, headers }, host);
        response.writeHead(reply.status, { ...reply.headers, Connection: 'close' }).end(body);
      },
    );
    server.maxConnections = 50;
    server.listen(0, ADDRESS).unref();
    await emitted(server, 'listening');
    const host = `${ADDRESS}:${(server.address() as AddressInfo).port}`;
    return { server, host };
  });
  return {
    open: async () => `http://${(await listening.get()).host}`,
    async close() {
      const server = (await listening.ifMade())?.server;
      if (!server) return;
      const closed = emitted(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
