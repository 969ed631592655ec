import { storedText } from '../dns/text.js';
import { isExternal, mx, record, touch } from '../dns/zone.js';
import type { DnsRecord, Zone } from './dns-records.js';
import type { Dkim, HostingAccount } from './hosting-records.js';
import type { World } from './world.js';

const ADDRESS_TYPES = ['A', 'AAAA', 'ALIAS', 'CNAME'];

const webNames = ({ subdomains }: HostingAccount): string[] => ['@', 'www', 'mail', 'ftp', ...subdomains];

const isSpf = ({ name, type, value }: DnsRecord): boolean =>
  name === '@' && type === 'TXT' && value.startsWith('v=spf1');

/** The usual records of a site and its mail, both on the server of the account. */
export const usualRecords = (account: HostingAccount): DnsRecord[] => [
  ...webNames(account).map(name => record(name, 'A', account.address)),
  mx('@', 10, `mail.${account.domain}`),
  record('@', 'TXT', 'v=spf1 a mx -all'),
];

export const dkimText = ({ publicKey }: Dkim): string => `v=DKIM1; k=rsa; p=${publicKey}`;

const dkimName = ({ selector }: Dkim): string => `${selector}._domainkey`;

export const dkimRecord = (dkim: Dkim): DnsRecord => record(dkimName(dkim), 'TXT', storedText(dkimText(dkim)));

/** Points a zone to an account. That this replaces what is in the way, redirects included, is a guess. */
export function pointToHosting(zone: Zone, account: HostingAccount, now: number): void {
  const names = webNames(account);
  const isInTheWay = (other: DnsRecord): boolean =>
    (names.includes(other.name) && ADDRESS_TYPES.includes(other.type)) ||
    (other.name === '@' && other.type === 'MX') ||
    isSpf(other);
  zone.redirects = zone.redirects.filter(({ source }) => !names.includes(source));
  zone.records = [...zone.records.filter(other => !isInTheWay(other)), ...usualRecords(account)];
  touch(zone, now);
}

/** Adds or removes the DKIM record of an account, when its domain is on Gigahost's nameservers. */
export function publishDkim(world: World, { domain, dkim }: HostingAccount): void {
  const zone = world.dns.zones.find(({ name }) => name === domain);
  if (!zone || isExternal(zone)) return;
  zone.records = zone.records.filter(({ name, type }) => name !== dkimName(dkim) || type !== 'TXT');
  if (dkim.enabled) zone.records.push(dkimRecord(dkim));
  touch(zone, world.now());
}
