import { OWN_ADDRESSES } from './own-addresses.js';
import type { ServerRecord } from './server-record.js';

/** The lowest address in a /24, from that host up, which no server has or waits for and Gigahost does not keep for itself. */
export function freeAddress(servers: readonly ServerRecord[], network: string, from: number): string | null {
  const taken = new Set<string>(OWN_ADDRESSES);
  for (const { addresses, orderedAddresses } of servers)
    for (const { address } of [...addresses, ...orderedAddresses.map(({ address }) => address)]) taken.add(address);
  for (let host = from; host < 255; host += 1) if (!taken.has(`${network}.${host}`)) return `${network}.${host}`;
  return null;
}
