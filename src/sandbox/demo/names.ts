import type { ServerRecord } from '../world/server-record.js';

// Host name, and the server it points to.
const NAMES = [
  ['web01.example.no', 'web01'],
  ['www.example.no', 'web01'],
  ['db01.example.no', 'db01'],
  ['mail.example.no', 'mail01'],
  ['backup01.example.no', 'backup01'],
] as const;

// Nameservers that answer; any other host outside the account has no address.
const NAMESERVERS = [
  ['ns1.gigahost.no', '203.0.113.53'],
  ['ns2.gigahost.no', '203.0.113.54'],
  ['ns3.gigahost.no', '203.0.113.55'],
  ['ns1.dns.example', '198.51.100.53'],
  ['ns2.dns.example', '198.51.100.54'],
] as const;

/** The account's A and AAAA records, and those of nameservers. */
export function namesOf(servers: readonly ServerRecord[]): Map<string, readonly string[]> {
  return new Map<string, readonly string[]>([
    ...NAMESERVERS.map(([name, address]) => [name, [address]] as const),
    ...NAMES.map(([name, target]) => {
      const addresses = servers.find(server => server.name === target)?.addresses ?? [];
      return [name, addresses.filter(({ type }) => type === 'primary').map(({ address }) => address)] as const;
    }),
  ]);
}
