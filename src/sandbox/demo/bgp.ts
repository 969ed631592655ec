import type { Asn, Bgp } from '../world/bgp.js';
import { DAY, HOUR } from '../times.js';

/** One approved AS number with prefixes and a session on backup01, and one that waits for approval. */
export const bgp = (now: number): Bgp => ({
  asns: [
    asn('41', '64500', 'FJORDKAFFE-AS', 'AS-FJORDKAFFE', now - 7 * HOUR, 'active'),
    asn('42', '64501', 'FJORDKAFFE-LAB', '', null, 'pending'),
  ],
  prefixes: [
    { id: '61', asnId: '41', prefix: '198.51.100.0/24', family: 'ipv4', status: 'active' },
    { id: '62', asnId: '41', prefix: '2001:db8:f0::/48', family: 'ipv6', status: 'active' },
  ],
  sessions: [
    {
      id: '81',
      asnId: '41',
      routerId: '1',
      serverId: '18105',
      addressId: '7805',
      family: 'ipv4',
      address: '203.0.113.40',
      defaultRoute: true,
      status: 'active',
      doneAt: now - 120 * DAY,
    },
  ],
  routers: [
    { id: '1', regionId: '1', asn: '39029', ipv4: '192.0.2.2', ipv6: '2001:db8:2::2' },
    { id: '2', regionId: '1', asn: '39029', ipv4: '192.0.2.3', ipv6: '2001:db8:2::3' },
  ],
});

const asn = (
  id: string,
  number: string,
  name: string,
  irr: string,
  irrUpdatedAt: number | null,
  status: Asn['status'],
): Asn => ({ id, asn: number, name, country: 'NO', irrV4: irr, irrV6: irr, irrUpdatedAt, status, rejectedReason: '' });
