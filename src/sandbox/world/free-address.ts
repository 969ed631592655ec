import type { ServerRecord } from './server-record.js';

/** The lowest address in a /24, from that host up, which no server has or waits for. */
export function freeAddress(servers: readonly ServerRecord[], network: string, from: number): string | null {
  const taken = new Set(
    servers.flatMap(({ addresses, orderedAddresses }) =>
      [...addresses, ...orderedAddresses.map(({ address }) => address)].map(({ address }) => address),
    ),
  );
  for (let host = from; host < 255; host += 1) if (!taken.has(`${network}.${host}`)) return `${network}.${host}`;
  return null;
}
