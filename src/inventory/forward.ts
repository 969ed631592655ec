import { promises as dns } from 'node:dns';
import { normalAddress } from './addresses.js';

/** The addresses a name points to; empty when it has none, undefined when it could not be looked up. */
export type Lookup = (name: string) => Promise<readonly string[] | undefined>;

const NO_SUCH_RECORD = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks the system's resolver, or the given one ("192.0.2.53", "127.0.0.1:5353"). A and AAAA together. */
export function createLookup(resolver?: string): Lookup {
  const client = new dns.Resolver({ timeout: 2000, tries: 2 });
  if (resolver !== undefined) client.setServers([resolver]);
  const ask = async (addresses: Promise<string[]>): Promise<string[] | undefined> => {
    try {
      return await addresses;
    } catch (error) {
      return NO_SUCH_RECORD.has((error as NodeJS.ErrnoException).code ?? '') ? [] : undefined;
    }
  };
  return async name => {
    const [four, six] = await Promise.all([ask(client.resolve4(name)), ask(client.resolve6(name))]);
    return four || six ? [...(four ?? []), ...(six ?? [])] : undefined;
  };
}

/** What is wrong when a PTR name does not point back to its address, in words; null when it does. */
export async function forwardMismatch(lookup: Lookup, address: string, name: string): Promise<string | null> {
  const found = await lookup(name);
  if (found === undefined)
    return `It could not be checked whether ${name} points back to ${address}; mail servers expect that it does.`;
  if (found.some(candidate => normalAddress(candidate) === normalAddress(address))) return null;
  const where = found.length > 0 ? `points to ${found.join(', ')}` : 'has no address record';
  return `But ${name} ${where}: mail servers check both directions, so give it an ${address.includes(':') ? 'AAAA' : 'A'} record with ${address}.`;
}
