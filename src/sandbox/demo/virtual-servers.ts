import type { ServerRecord } from '../world/server-record.js';
import { DAY, MINUTE } from '../times.js';
import { vps } from './vps.js';

/** The virtual servers of the demo account. */
export function virtualServers(now: number): ServerRecord[] {
  return [
    vps({
      id: '18101',
      name: 'web01',
      packageId: '7955',
      billing: 'hourly',
      osId: '101',
      createdAt: now - 210 * DAY,
      ipv4: '192.0.2.10',
      ipv6: '2001:db8:2::10',
      reverse: 'web01.fjordkaffe.example',
      traffic: { peakMbps: 42, outShare: 0.86, monthGb: 6120 },
    }),
    vps({
      id: '18102',
      name: 'web02',
      packageId: '7955',
      billing: 'hourly',
      osId: '102',
      createdAt: now - 74 * DAY,
      ipv4: '192.0.2.11',
      ipv6: '2001:db8:2::11',
      traffic: { peakMbps: 18, outShare: 0.8, monthGb: 2950 },
    }),
    vps({
      id: '18103',
      name: 'db01',
      packageId: '7956',
      billing: 'recurring',
      osId: '101',
      createdAt: now - 402 * DAY,
      ipv4: '192.0.2.20',
      ipv6: '2001:db8:2::20',
      traffic: { peakMbps: 9, outShare: 0.45, monthGb: 2610 },
    }),
    vps({
      id: '18104',
      name: 'mail01',
      packageId: '7955',
      billing: 'recurring',
      osId: '88',
      createdAt: now - 655 * DAY,
      ipv4: '198.51.100.25',
      ipv6: '2001:db8:51::25',
      reverse: 'mail01.fjordkaffe.example',
      traffic: { peakMbps: 3.2, outShare: 0.52, monthGb: 930 },
    }),
    {
      ...vps({
        id: '18106',
        name: 'build01',
        packageId: '7956',
        billing: 'hourly',
        osId: null,
        createdAt: now - 2 * MINUTE,
        ipv4: '192.0.2.30',
        ipv6: '2001:db8:2::30',
        traffic: { peakMbps: 0, outShare: 0, monthGb: 0 },
      }),
      isNew: true,
    },
  ];
}
