import { domainToASCII } from 'node:url';
import { isoDay } from '../wire.js';
import type { DnsRecord, Zone } from '../world/dns-records.js';
import { hostName } from './names.js';

export const NAMESERVERS = ['ns1.gigahost.no', 'ns2.gigahost.no', 'ns3.gigahost.no'];

/** A zone on Gigahost's nameservers with nothing in it but their own records. */
export function newZone(id: string, name: string, now: number, type: Zone['type'] = 'NATIVE'): Zone {
  const zone: Zone = {
    id,
    name: domainToASCII(name),
    displayName: name.toLowerCase(),
    type,
    updatedAt: now,
    records: [
      record('@', 'SOA', `ns1.gigahost.no. hostmaster.gigahost.no. ${firstSerial(now)} 10800 3600 604800 3600`),
    ],
    redirects: [],
    nameservers: [],
    registration: null,
    dnssec: null,
    externalDs: [],
  };
  for (const entry of zone.records) entry.locked = true;
  delegate(zone, NAMESERVERS);
  return zone;
}

export const record = (name: string, type: string, value: string, ttl = 3600): DnsRecord => ({
  name,
  type,
  value,
  ttl,
  priority: null,
  locked: false,
});

export const mx = (name: string, priority: number, host: string): DnsRecord => ({
  ...record(name, 'MX', host),
  priority,
});

/** The name a zone can have, in ASCII; null for what is none. */
export const zoneName = (text: unknown): string | null =>
  typeof text === 'string' ? hostName(domainToASCII(text.trim())) : null;

/** Whether the world asks nameservers outside Gigahost. */
export const isExternal = (zone: Zone): boolean => zone.nameservers.some(host => !NAMESERVERS.includes(host));

/** Points the domain to these servers. The apex NS rows follow. */
export function delegate(zone: Zone, nameservers: readonly string[]): void {
  zone.nameservers = [...nameservers];
  const rows = nameservers.map(host => ({ ...record('@', 'NS', host), locked: true }));
  const others = zone.records.filter(({ name, type, locked }) => !(name === '@' && type === 'NS' && locked));
  zone.records = [...others.slice(0, 1), ...rows, ...others.slice(1)];
}

/** Marks a zone as changed: the serial in its SOA goes up, and with it the id of that record. */
export function touch(zone: Zone, now: number): void {
  zone.updatedAt = now;
  const soa = zone.records.find(({ type }) => type === 'SOA');
  if (soa) soa.value = soa.value.replace(/ (\d{10}) /, (_, serial: string) => ` ${Number(serial) + 1} `);
}

const firstSerial = (now: number): string => `${isoDay(now).replaceAll('-', '')}01`;
