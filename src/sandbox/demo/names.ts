import type { ServerRecord } from '../world/server-record.js';

// Host name, and the server it points to.
const NAMES = [
  ['web01.example.no', 'web01'],
  ['www.example.no', 'web01'],
  ['db01.example.no', 'db01'],
  ['mail.example.no', 'mail01'],
  ['backup01.example.no', 'backup01'],
] as const;

/** The account's A and AAAA records. */
export function namesOf(servers: readonly ServerRecord[]): Map<string, readonly string[]> {
  return new Map(
    NAMES.map(([name, target]) => {
      const addresses = servers.find(server => server.name === target)?.addresses ?? [];
      return [name, addresses.filter(({ type }) => type === 'primary').map(({ address }) => address)];
    }),
  );
}
