import { mx, newZone, record } from '../dns/zone.js';
import type { Registrant, Zone } from '../world/dns-records.js';
import { dkimRecord, usualRecords } from '../world/hosting-dns.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { REDIRECT_ADDRESS } from '../world/own-addresses.js';
import { DAY } from '../times.js';

const OWNER: Registrant = {
  handle: 'FJO1O-NORID',
  type: 'organization',
  name: 'Fjordkaffe AS',
  organization: 'Fjordkaffe AS',
  email: 'demo@example.no',
  address: 'Kaiveien 4',
  zip: '3211',
  city: 'Sandefjord',
  identity: '999999999',
};

/** The .no domains of the account, both with web hosting. */
export const registeredZones = (now: number, hosting: readonly HostingAccount[]): Zone[] => [
  roaster(now, hostingOf('fjordkaffe.no', hosting)),
  subscriptions(now, hostingOf('kaffe-abonnement.no', hosting)),
];

function hostingOf(domain: string, hosting: readonly HostingAccount[]): HostingAccount {
  const found = hosting.find(account => account.domain === domain);
  if (!found) throw new Error(`No web hosting ${domain}.`);
  return found;
}

/** Signed, renewed by itself, its site and mail on web hosting, and the shop a redirect. */
function roaster(now: number, account: HostingAccount): Zone {
  const zone = newZone('3302', 'fjordkaffe.no', now - 790 * DAY);
  zone.records.push(
    ...usualRecords(account),
    dkimRecord(account.dkim),
    record('_dmarc', 'TXT', 'v=DMARC1; p=quarantine; rua=mailto:post@fjordkaffe.no'),
    record('shop', 'A', REDIRECT_ADDRESS),
  );
  zone.redirects.push({
    source: 'shop',
    targetUrl: 'https://fjordkaffe.example',
    createdAt: now - 140 * DAY,
    companion: false,
  });
  zone.registration = { expiresAt: now + 211 * DAY, autoRenew: true, arrivesAt: 0, registrant: { ...OWNER } };
  zone.dnssec = {
    keyTag: 41_827,
    alg: 13,
    digestType: 2,
    digest: '6E1F0C7A94B25D38E0A1C46F7B9D8E2350F4A6C1B7D92E8354C0A7F16D3B9E25',
  };
  return zone;
}

/** Its site on web hosting, its mail set up wrongly in four ways: two SPF records, no DMARC, no DKIM, and an MX that is an alias. */
function subscriptions(now: number, { address }: HostingAccount): Zone {
  const zone = newZone('3303', 'kaffe-abonnement.no', now - 341 * DAY);
  zone.records.push(
    record('@', 'A', address),
    record('www', 'CNAME', 'kaffe-abonnement.no.'),
    record('post', 'CNAME', 'mail01.fjordkaffe.example.'),
    mx('@', 10, 'post.kaffe-abonnement.no'),
    record('@', 'TXT', 'v=spf1 ip4:198.51.100.25 -all'),
    record('@', 'TXT', 'v=spf1 include:_spf.example.no ~all'),
  );
  zone.registration = { expiresAt: now + 24 * DAY, autoRenew: false, arrivesAt: 0, registrant: { ...OWNER } };
  return zone;
}
