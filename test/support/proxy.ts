import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { request as send } from 'node:http';
import { readFileSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface RunningProxy extends AsyncDisposable {
  readonly port: number;
  /** What it was asked to connect to, oldest first, with the authorization that came along. */
  readonly asked: readonly { readonly target: string; readonly authorization: string | undefined }[];
}

export interface ProxyOptions {
  /** Where every name leads. */
  readonly to: number;
  /** How it answers; 200 where absent, undefined for no answer: it hangs up. */
  readonly answer?: (times: number) => number | undefined;
}

/** A proxy that knows CONNECT and nothing else; whatever name it is asked for is on this machine. */
export async function startProxy({ to, answer = () => 200 }: ProxyOptions): Promise<RunningProxy> {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const open = new Set<Socket>();
  const server = createServer((_, response) => void response.writeHead(405).end());
  server.on('connection', (socket: Socket) => void open.add(socket.on('error', () => undefined)));
  server.on('connect', (request, socket: Socket) => {
    asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    const status = answer(asked.length);
    if (status === undefined) return void socket.destroy();
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    const onward = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    open.add(onward.on('error', () => void socket.destroy()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}

const pem = (name: string): string => new URL(`tls/${name}`, import.meta.url).pathname;
/** A CA that nobody trusts, and a certificate of it for api.gigahost.test and loopback; of use to nobody. */
export const CA = pem('ca.pem');

/** What speaks plain HTTP on this machine, with TLS in front. */
export async function startTls(address: string) {
  const { origin } = new URL(address);
  const server = createTlsServer(
    { cert: readFileSync(pem('signed.pem')), key: readFileSync(pem('signed.key.pem')) },
    (request, response) => {
      const { method, headers, url = '' } = request;
      const onward = send(new URL(url, origin), { method, headers }, reply => {
        response.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
