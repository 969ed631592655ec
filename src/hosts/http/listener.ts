import { once as emitted } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ConfigError, type HttpConfig } from '../../config.js';

/** Time in ms for the headers of a request, for the whole of it, and between two; and how often the clock is looked at. */
const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 5000,
};
const MOST_HEADER_BYTES = 16_384;

/**
 * `patience` is how long clients may take: theirs is another only to see it end.
 * @throws {ConfigError} when it cannot listen.
 */
export async function listen(
  { listen: { host, port }, tls, connections }: Pick<HttpConfig, 'listen' | 'tls' | 'connections'>,
  answer: RequestListener,
  patience: typeof PATIENCE = PATIENCE,
): Promise<{ readonly server: Server; readonly port: number }> {
  const bounds = { ...patience, maxHeaderSize: MOST_HEADER_BYTES };
  const pem = await pemOf(tls);
  const server = pem ? secured(() => createHttps({ ...bounds, ...pem }, answer)) : createHttp(bounds, answer);
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

function secured<T>(make: () => T): T {
  try {
    return make();
  } catch {
    // What the library says may quote the key.
    throw new ConfigError('--tls-cert and --tls-key do not name a certificate and its private key, as PEM.');
  }
}
