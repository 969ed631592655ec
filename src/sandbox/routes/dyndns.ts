import { isIPv4 } from 'node:net';
import { shortestIpv6 } from '../dns/content.js';
import { hostName, relativeTo } from '../dns/names.js';
import { record, touch } from '../dns/zone.js';
import type { Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { DnsRecord, Zone } from '../world/dns-records.js';
import type { World } from '../world/world.js';

const TTL = 60;
// The sandbox listens on loopback only, so this is where every caller is.
const CALLER = '127.0.0.1';

export const dynDnsRoutes: Route[] = [
  {
    method: 'GET',
    path: '/dns/dyndns',
    access: 'basic-only',
    turnAway: () => lines(['badauth']),
    handle: update,
  },
];

/** Even a failure has status 200. */
const lines = (words: readonly string[]): Reply => ({
  status: 200,
  meta: null,
  raw: { body: words.join('\n'), headers: { 'content-type': 'text/plain; charset=utf-8' } },
});

async function update({ world, query }: Call): Promise<Reply> {
  const names = (query.get('hostname') ?? '').split(',');
  const ipv4 = query.get('myip') ?? CALLER;
  const askedIpv6 = query.get('myipv6');
  const ipv6 = askedIpv6 === null ? null : shortestIpv6(askedIpv6);
  const misread = !isIPv4(ipv4) || (askedIpv6 !== null && ipv6 === null);
  const words: string[] = [];
  for (const name of names) words.push(misread ? 'badagent' : await point(world, name.trim(), ipv4, ipv6));
  return lines(words);
}

/** Any name in a zone of the account will do; whether upstream wants it to have a record already is not known. */
async function point(world: World, asked: string, ipv4: string, ipv6: string | null): Promise<string> {
  const host = hostName(asked);
  if (host === null) return 'notfqdn';
  const zone = world.dns.zoneOf(host);
  const name = zone ? relativeTo(zone.name, host) : null;
  if (!zone || name === null) return 'nohost';
  const word = await world.dns.write(zone, world.settings.dnsWriteMs, () => {
    if (zone.records.some(other => other.name === name && other.type === 'CNAME')) return 'dnserr';
    const wanted = [record(name, 'A', ipv4, TTL), ...(ipv6 === null ? [] : [record(name, 'AAAA', ipv6, TTL)])];
    const changes = wanted.filter(target => !isOnly(zone, target));
    if (changes.length === 0) return `nochg ${ipv4}`;
    for (const change of changes) replace(zone, change);
    touch(zone, world.now());
    return `good ${ipv4}`;
  });
  return word ?? 'dnserr';
}

const isOnly = (zone: Zone, { name, type, value }: DnsRecord): boolean => {
  const present = zone.records.filter(other => other.name === name && other.type === type);
  return present.length === 1 && present[0]?.value === value;
};

function replace(zone: Zone, change: DnsRecord): void {
  zone.records = zone.records.filter(({ name, type }) => name !== change.name || type !== change.type);
  zone.records.push(change);
}
