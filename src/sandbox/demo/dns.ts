import type { DnsPopulation } from '../world/dns.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { fjordkaffe } from './dns-fjordkaffe.js';
import { registeredZones } from './dns-registered.js';
import { backupReverse, bigZone, kunde } from './dns-zones.js';

/** The zones of the account, in agreement with its web hosting. */
export const dns = (now: number, hosting: readonly HostingAccount[], extraRecords: number): DnsPopulation => ({
  zones: [
    fjordkaffe(now),
    ...registeredZones(now, hosting),
    kunde(now),
    backupReverse(now),
    ...(extraRecords > 0 ? [bigZone(now, extraRecords)] : []),
  ],
  organizations: [
    { number: '999999999', name: 'Fjordkaffe AS', address: 'Kaiveien 4', zip: '3211', city: 'Sandefjord' },
    { number: '988888888', name: 'Kaffekunden AS', address: 'Torget 1', zip: '3210', city: 'Sandefjord' },
  ],
  // Nameservers that answer; any other host outside the account has no address.
  otherHosts: {
    'ns1.gigahost.no': '203.0.113.53',
    'ns2.gigahost.no': '203.0.113.54',
    'ns3.gigahost.no': '203.0.113.55',
    'ns1.dns.example': '198.51.100.53',
    'ns2.dns.example': '198.51.100.54',
  },
  takenDomains: ['example.no', 'gigahost.no', 'kaffe.no', 'norid.no'],
});
