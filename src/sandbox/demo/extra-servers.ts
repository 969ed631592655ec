import type { ServerRecord } from '../world/server-record.js';
import { DAY } from '../times.js';
import { vps } from './vps.js';

/** Plain virtual servers vps-001, vps-002 and so on, with ids from 20001 and addresses in 198.18.0.0/15. */
export const extraServers = (now: number, count: number): ServerRecord[] =>
  Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    return vps({
      id: String(20_000 + number),
      name: `vps-${String(number).padStart(3, '0')}`,
      packageId: '7954',
      billing: 'recurring',
      osId: '101',
      createdAt: now - 30 * DAY,
      ipv4: benchmarkAddress(index),
      traffic: { peakMbps: 2, outShare: 0.7, monthGb: 385 },
    });
  });

/** The nth address of 198.18.0.0/15, the range set aside for benchmarks: 200 hosts in each /24, from .10 up. */
function benchmarkAddress(n: number): string {
  const network = Math.floor(n / 200);
  return `198.${18 + (network >> 8)}.${network & 255}.${10 + (n % 200)}`;
}
