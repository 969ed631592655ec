import { isEmail, isText } from '../input.js';
import { randomHex } from '../random.js';
import { monthsLater } from '../times.js';
import type { Registrant, Registration } from '../world/dns-records.js';
import { issueInvoice } from '../world/invoice.js';
import type { World } from '../world/world.js';

/** Hundredths of NOK for a year of a .no domain. */
export const YEAR_PRICE = 12_900;

/** A .no domain in ASCII, one label below the top; null for anything else. */
export const noDomain = (name: string): string | null => (/^[a-z0-9][a-z0-9-]*\.no$/.test(name) ? name : null);

/** A year from now, to a registrant. */
export const newRegistration = (registrant: Registrant, now: number): Registration => ({
  expiresAt: yearAfter(now),
  autoRenew: true,
  arrivesAt: 0,
  registrant,
});

export const yearAfter = (ms: number): number => monthsLater(ms, 12);

/** Writes an invoice for a year of a domain. */
export function billYear(world: World): void {
  const id = world.nextId();
  issueInvoice(world, { net: YEAR_PRICE, paid: false, order: { id, number: id } });
}

/** The registrant a request describes; null when it lacks something. */
export function registrantFrom(world: World, body: Readonly<Record<string, unknown>>): Registrant | null {
  const { registrant_type: type, email, applicant_name: name, zip_code: zip, city } = body;
  if (!isEmail(email) || !isText(name) || !isText(zip) || !isText(city)) return null;
  const shared = { handle: `${randomHex(6).toUpperCase()}O-NORID`, email, zip, city };
  if (type === 'organization') {
    const { org_number: identity, company_name: organization } = body;
    if (!isText(identity) || !/^[0-9]{9}$/.test(identity) || !isText(organization)) return null;
    const address = world.dns.organizations.find(({ number }) => number === identity)?.address ?? null;
    return { ...shared, type, name: organization, organization, address, identity };
  }
  if (type === 'person') {
    const { pid } = body;
    if (!isText(pid) || !/^N\.PRI\.[0-9]{8}$/.test(pid)) return null;
    return { ...shared, type, name, organization: null, address: null, identity: pid };
  }
  return null;
}
