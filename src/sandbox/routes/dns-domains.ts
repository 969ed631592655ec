import { hostName } from '../dns/names.js';
import { billYear, newRegistration, noDomain, registrantFrom } from '../dns/registration.js';
import { delegate, newZone, touch, zoneName } from '../dns/zone.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { isText } from '../input.js';
import { isoDay } from '../wire.js';
import type { Registrant, Zone } from '../world/dns-records.js';
import type { World } from '../world/world.js';
import { registeredRoute, type RegisteredZone } from './zone-route.js';

const TRANSFER_MS = 60_000;
// What a domain that comes from elsewhere may be served by, when it keeps its nameservers.
const FORMER_NAMESERVERS = ['ns1.dns.example', 'ns2.dns.example'];

export const domainRoutes: Route[] = [
  { method: 'GET', path: '/dns/lookup/organization/:org_number', access: 'dns', handle: lookupOrganization },
  { method: 'GET', path: '/dns/domains/check/:domain', access: 'dns', handle: checkDomain },
  { method: 'POST', path: '/dns/domains/register', access: 'dns', handle: registerDomain },
  registeredRoute('PUT', '/auto-renew', setAutoRenew),
  registeredRoute('PUT', '/nameservers', setNameservers),
];

function lookupOrganization({ world, param }: Call): Reply {
  const number = param('org_number');
  if (!/^[0-9]{9}$/.test(number)) return invalidData();
  const found = world.dns.organizations.find(organization => organization.number === number);
  if (!found) return notFound();
  return ok({ company_name: found.name, address: found.address, zip_code: found.zip, city: found.city });
}

function checkDomain({ world, param }: Call): Reply {
  const domain = zoneName(param('domain'));
  if (domain === null || noDomain(domain) === null) return refused(400, 'Only .no domains can be checked.');
  const taken = world.dns.isTaken(domain);
  return ok({ domain, available: !taken, reason: taken ? 'The domain is already registered.' : '' });
}

/** Buys a domain. A zone of that name that is there already becomes the domain's. */
function registerDomain({ world, body }: Call): Reply {
  const domain = zoneName(body.domain_name);
  const registrant = registrantFrom(world, body);
  if (domain === null || noDomain(domain) === null || registrant === null) return invalidData();
  if (registrant.type === 'person' && !(isText(body.first_name) && isText(body.last_name))) return invalidData();
  const nameservers = body.use_gigahost_ns === false ? hostNames(body.nameservers) : [];
  if (nameservers === null) return invalidData();
  if (world.dns.isTaken(domain)) return refused(400, 'The domain is already registered.');

  let zone = world.dns.zones.find(({ name }) => name === domain);
  if (!zone) {
    zone = newZone(world.nextId(), String(body.domain_name).trim(), world.now());
    world.dns.zones.push(zone);
  }
  zone.registration = newRegistration(registrant, world.now());
  if (nameservers.length > 0) delegate(zone, nameservers);
  billYear(world);
  return ok({
    zone_id: zone.id,
    domain_name: domain,
    expires_at: isoDay(zone.registration.expiresAt),
    status: 'active',
  });
}

/** Starts moving a domain here, into a zone that is about to be added; answers only to refuse. */
export function transfer(zone: Zone, { world, body }: Call): Reply | null {
  if (noDomain(zone.name) === null) return refused(400, 'Only .no domains can be transferred.');
  if (!isText(body.auth_code)) return invalidData();
  if (!world.dns.isTaken(zone.name)) return refused(400, 'The domain is not registered.');
  const now = world.now();
  zone.registration = { ...newRegistration(accountHolder(world), now), arrivesAt: now + TRANSFER_MS };
  if (body.use_existing_ns === true) delegate(zone, FORMER_NAMESERVERS);
  billYear(world);
  return null;
}

const accountHolder = ({ account }: World): Registrant => ({
  handle: 'FJO1O-NORID',
  type: 'organization',
  name: account.name,
  organization: account.name,
  email: account.email,
  address: account.address,
  zip: account.zip,
  city: account.city,
  identity: account.companyNumber,
});

function setAutoRenew({ registration }: RegisteredZone, { body: { auto_renew: wanted } }: Call): Reply {
  if (wanted !== 0 && wanted !== 1) return invalidData();
  registration.autoRenew = wanted === 1;
  return done('Auto-renew has been updated.', []);
}

/** Servers have to answer for the domain already; names under .invalid never do. */
function setNameservers(zone: RegisteredZone, { world, body }: Call): Reply {
  const nameservers = hostNames(body.nameservers);
  if (nameservers === null) return invalidData();
  const silent = nameservers.find(host => host.endsWith('.invalid'));
  if (silent !== undefined) return refused(400, `Nameserver ${silent} does not answer for ${zone.name}.`);
  delegate(zone, nameservers);
  touch(zone, world.now());
  return done('Nameservers have been updated.', []);
}

/** Two host names or more, or null. */
function hostNames(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const names = (value as unknown[]).map(item => (typeof item === 'string' ? hostName(item.trim()) : null));
  return names.length > 1 && names.every(name => name !== null) ? names : null;
}
