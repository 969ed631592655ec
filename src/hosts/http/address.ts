import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from 'proxy-addr';
import { ConfigError } from '../../config.js';

/** The address of the client of a request, for logs: an IP address, or `unknown` once its connection is gone. */
export type ClientAddress = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string;

/**
 * Finds clients behind the proxies that are trusted, and behind no others. `X-Forwarded-For` is read from its end, where
 * the nearest proxy wrote, for as long as whoever wrote is trusted: what a client wrote itself is not believed.
 * @throws {ConfigError} for what is neither an address, a network nor a name of networks.
 */
export function clientAddressBehind(trusted: readonly string[]): ClientAddress {
  const trust = compiled(trusted);
  return request => {
    if (request.socket.remoteAddress === undefined) return 'unknown';
    const hops = proxyAddr.all(request as IncomingMessage, trust).map(plain);
    const strange = hops.findIndex(hop => isIP(hop) === 0);
    return hops.at(strange === -1 ? -1 : strange - 1) ?? 'unknown';
  };
}

function compiled(trusted: readonly string[]): ReturnType<typeof proxyAddr.compile> {
  try {
    return proxyAddr.compile([...trusted]);
  } catch {
    throw new ConfigError(
      `--trust-proxy takes addresses, networks such as 10.0.0.0/8, and loopback, linklocal or uniquelocal, not ${trusted.join(', ')}.`,
    );
  }
}

/** IPv4 as it is written, also where it came over a socket for both. */
const plain = (hop: string): string => hop.replace(/^::ffff:(?=\d+\.)/i, '');
