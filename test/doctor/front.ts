import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Sandbox } from '../../src/sandbox/index.js';

const TLS = join(import.meta.dirname, '../support/tls');
export const certificateFile = (name: string): string => join(TLS, `${name}.pem`);

/** Something on 127.0.0.1 that a set-up is pointed at. */
export interface Front extends AsyncDisposable {
  readonly port: number;
}

async function listening(server: Server): Promise<Front> {
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Hands requests on to a sandbox, with other headers in its answers where some are given. */
const handOn =
  (sandbox: Sandbox, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (incoming, outgoing) => {
    const { method, url, headers: sent } = incoming;
    const onward = request(new URL(url ?? '/', sandbox.url), { method, headers: sent }, answer => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...headers });
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };

export const plainFront = (sandbox: Sandbox, headers?: Readonly<Record<string, string>>): Promise<Front> =>
  listening(createServer(handOn(sandbox, headers)));

export const tlsFront = (sandbox: Sandbox, certificate: string): Promise<Front> =>
  listening(
    createTlsServer(
      { cert: readFileSync(certificateFile(certificate)), key: readFileSync(certificateFile('key')) },
      handOn(sandbox),
    ),
  );

/** Answers every request alike. */
export const answering = (status: number, headers: Readonly<Record<string, string>>, body: string): Promise<Front> =>
  listening(createServer((_, response) => void response.writeHead(status, headers).end(body)));

/** Takes connections and says nothing. */
export const blackHole = (): Promise<Front> => listening(createTcpServer(() => undefined));

/** Takes connections and ends them. */
export const hangingUp = (): Promise<Front> => listening(createTcpServer(socket => void socket.destroy()));

/** A proxy that leads every tunnel to one port, or refuses with a status. `asked` holds the targets. */
export async function proxyTo(port: number | undefined, status = 200) {
  const asked: string[] = [];
  const server = createServer();
  server.on('connect', ({ url = '' }, socket: Socket) => {
    asked.push(url);
    socket.on('error', () => undefined);
    if (status !== 200 || port === undefined) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
  });
  return { ...(await listening(server)), asked };
}

/** A port that nobody listens on. */
export async function deadPort(): Promise<number> {
  const { port, ...front } = await blackHole();
  await front[Symbol.asyncDispose]();
  return port;
}
