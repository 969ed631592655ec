import { once as emitted } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ConfigError, type HttpConfig } from '../../config.js';

/** Time for the headers of a request, and for the whole of it. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;
const IDLE_MS = 75_000;
const MOST_HEADER_BYTES = 16_384;

/** @throws {ConfigError} when it cannot listen. */
export async function listen(
  { listen: { host, port }, tls, connections }: Pick<HttpConfig, 'listen' | 'tls' | 'connections'>,
  answer: RequestListener,
): Promise<{ readonly server: Server; readonly port: number }> {
  const bounds = {
    maxHeaderSize: MOST_HEADER_BYTES,
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: IDLE_MS,
    connectionsCheckingInterval: 5000,
  };
  const pem = await pemOf(tls);
  const server = pem ? createHttps({ ...bounds, ...pem }, answer) : createHttp(bounds, answer);
  server.maxConnections = connections;
  server.listen(port, host);
  try {
    await emitted(server, 'listening');
  } catch (error) {
    throw new ConfigError(`It cannot listen on ${host} port ${port} (${(error as NodeJS.ErrnoException).code}).`);
  }
  return { server, port: (server.address() as AddressInfo).port };
}

/** Undefined for plain http. */
async function pemOf({
  cert,
  key,
}: HttpConfig['tls']): Promise<{ readonly cert: Buffer; readonly key: Buffer } | undefined> {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new ConfigError('--tls-cert and --tls-key go together: give both, or neither.');
  const read = (file: string, flag: string): Promise<Buffer> =>
    readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw new ConfigError(`The file that ${flag} names, ${file}, cannot be read (${error.code}).`);
    });
  return { cert: await read(cert, '--tls-cert'), key: await read(key, '--tls-key') };
}
