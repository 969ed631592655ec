import { delegate, mx, newZone, record } from '../dns/zone.js';
import type { Zone } from '../world/dns-records.js';
import { DAY } from '../times.js';

/** A customer's zone whose domain points to nameservers elsewhere. */
export function kunde(now: number): Zone {
  const zone = newZone('3304', 'kunde.example', now - 95 * DAY);
  delegate(zone, ['ns1.dns.example', 'ns2.dns.example']);
  zone.records.push(
    record('@', 'A', '192.0.2.10'),
    record('www', 'A', '192.0.2.10'),
    mx('@', 10, 'mail01.fjordkaffe.example'),
  );
  return zone;
}

/** Reverse names of the IPv6 network of backup01. */
export function backupReverse(now: number): Zone {
  const zone = newZone('3305', '0.0.0.0.0.4.0.0.8.b.d.0.1.0.0.2.ip6.arpa', now - 500 * DAY);
  zone.records.push(record('0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0', 'PTR', 'backup01.fjordkaffe.example'));
  return zone;
}

/** A zone with that many records of its own, host-00001 and so on. */
export function bigZone(now: number, count: number): Zone {
  const zone = newZone('3390', 'big.example', now - 30 * DAY);
  for (let n = 1; n <= count; n += 1)
    zone.records.push(record(`host-${String(n).padStart(5, '0')}`, 'A', `198.18.${(n >> 8) & 255}.${n & 255}`));
  return zone;
}
