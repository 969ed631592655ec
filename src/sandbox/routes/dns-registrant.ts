import { billYear, registrantFrom, yearAfter } from '../dns/registration.js';
import { registrantRecord } from '../encode/dns-zone.js';
import { done, invalidData, ok, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { isEmail } from '../input.js';
import { randomHex } from '../random.js';
import { registeredRoute, type RegisteredZone } from './zone-route.js';

export const registrantRoutes: Route[] = [
  registeredRoute('GET', '/registrant', ({ registration }) => ok(registrantRecord(registration.registrant))),
  registeredRoute('PUT', '/registrant', changeRegistrant),
  registeredRoute('PUT', '/registrant-email', setEmail, 'Email can only be updated for registered domains.'),
];

/** Hands the domain over, which is an order of its own and adds a year. */
function changeRegistrant({ registration }: RegisteredZone, { world, body }: Call): Reply {
  const registrant = registrantFrom(world, body);
  if (registrant === null || body.agree_to_terms !== true) return invalidData();
  registration.registrant = registrant;
  registration.expiresAt = yearAfter(registration.expiresAt);
  billYear(world);
  return done('Registrant has been changed.', []);
}

/** Publishes an address, or with protection an alias that is another one every time. */
function setEmail({ registration }: RegisteredZone, { body }: Call): Reply {
  const { email, enable_protection: isProtected = false } = body;
  if (!isEmail(email) || typeof isProtected !== 'boolean') return invalidData();
  const published = isProtected ? `${randomHex(12)}@whoisbeskyttelse.no` : email;
  registration.registrant.email = published;
  return ok({ protected: isProtected, email: published });
}
