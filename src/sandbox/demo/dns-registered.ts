import { newZone, record, REDIRECT_ADDRESS } from '../dns/zone.js';
import type { Registrant, Zone } from '../world/dns-records.js';
import { mx } from './dns-fjordkaffe.js';
import { DAY } from './times.js';

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

/** The .no domains of the account. */
export const registeredZones = (now: number): Zone[] => [redirected(now), subscriptions(now)];

/** Signed, renewed by itself, without mail, and sent on to the shop. */
function redirected(now: number): Zone {
  const zone = newZone('3302', 'fjordkaffe.no', now - 700 * DAY);
  const createdAt = now - 140 * DAY;
  const targetUrl = 'https://fjordkaffe.example';
  zone.records.push(
    record('@', 'A', REDIRECT_ADDRESS),
    record('www', 'A', REDIRECT_ADDRESS),
    record('@', 'TXT', 'v=spf1 -all'),
    record('_dmarc', 'TXT', 'v=DMARC1; p=reject'),
  );
  zone.redirects.push(
    { source: '@', targetUrl, createdAt, companion: false },
    { source: 'www', targetUrl, createdAt, companion: true },
  );
  zone.registration = { expiresAt: now + 211 * DAY, autoRenew: true, arrivesAt: 0, registrant: { ...OWNER } };
  zone.dnssec = {
    keyTag: 41_827,
    alg: 13,
    digestType: 2,
    digest: '6E1F0C7A94B25D38E0A1C46F7B9D8E2350F4A6C1B7D92E8354C0A7F16D3B9E25',
  };
  return zone;
}

/** Mail set up wrongly in four ways: two SPF records, no DMARC, no DKIM, and an MX that is an alias. */
function subscriptions(now: number): Zone {
  const zone = newZone('3303', 'kaffe-abonnement.no', now - 341 * DAY);
  zone.records.push(
    record('@', 'A', '192.0.2.11'),
    record('@', 'AAAA', '2001:db8:2::11'),
    record('www', 'CNAME', 'kaffe-abonnement.no.'),
    record('post', 'CNAME', 'mail01.fjordkaffe.example.'),
    mx('@', 10, 'post.kaffe-abonnement.no'),
    record('@', 'TXT', 'v=spf1 ip4:198.51.100.25 -all'),
    record('@', 'TXT', 'v=spf1 include:_spf.example.no ~all'),
  );
  zone.registration = { expiresAt: now + 24 * DAY, autoRenew: false, arrivesAt: 0, registrant: { ...OWNER } };
  return zone;
}
