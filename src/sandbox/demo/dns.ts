import type { DnsPopulation } from '../world/dns.js';
import { fjordkaffe } from './dns-fjordkaffe.js';
import { registeredZones } from './dns-registered.js';
import { backupReverse, bigZone, kunde } from './dns-zones.js';

/** The zones of the account. */
export const dns = (now: number, extraRecords: number): DnsPopulation => ({
  zones: [
    fjordkaffe(now),
    ...registeredZones(now),
    kunde(now),
    backupReverse(now),
    ...(extraRecords > 0 ? [bigZone(now, extraRecords)] : []),
  ],
  organizations: [
    { number: '999999999', name: 'Fjordkaffe AS', address: 'Kaiveien 4', zip: '3211', city: 'Sandefjord' },
    { number: '988888888', name: 'Kaffekunden AS', address: 'Torget 1', zip: '3210', city: 'Sandefjord' },
  ],
  takenDomains: ['example.no', 'gigahost.no', 'kaffe.no', 'norid.no'],
});
