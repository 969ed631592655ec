import { once as emitted } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from '../../once.js';
import type { PageReply } from './page-reply.js';
import type { PageRequest } from './pages.js';

/** Where pages are reached from outside. */
export interface Door {
  /** Opens it where that is needed, and returns the origin of the pages: scheme, host and port. */
  open(): Promise<string>;
  close(): Promise<void>;
}

const ADDRESS = '127.0.0.1';
const PATIENCE_MS = 10_000;
const MOST_BODY = 16_384;

/** Serves pages to this machine alone, on a port of its own, and does not keep the process alive. */
export function loopback(pages: { answer(request: PageRequest, host: string): Promise<PageReply> }): Door {
  const listening = once(async () => {
    const { createServer } = await import('node:http');
    const server = createServer(
      { maxHeaderSize: 8192, headersTimeout: PATIENCE_MS, requestTimeout: PATIENCE_MS },
      (request, response) => {
        const { method = '', url: path = '', headers } = request;
        void bodyOf(request)
          .then(sent => pages.answer({ method, path, headers, body: sent }, host))
          .then(
            ({ body, status, headers: sent }) => response.writeHead(status, { ...sent, Connection: 'close' }).end(body),
            () => request.destroy(),
          );
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

/** What a form sends. Anything larger, or of unknown size, is left unread and refused by the page. */
export async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  if (request.method !== 'POST' || chunked !== undefined || Number(length ?? 0) > MOST_BODY) return undefined;
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
