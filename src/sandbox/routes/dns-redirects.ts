import { absoluteName, relativeName } from '../dns/names.js';
import { isExternal, record, touch } from '../dns/zone.js';
import { redirectRow } from '../encode/dns-zone.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { Zone } from '../world/dns-records.js';
import { REDIRECT_ADDRESS } from '../world/own-addresses.js';
import { zoneRoute, zoneWrite } from './zone-route.js';

export const redirectRoutes: Route[] = [
  zoneRoute('GET', '/redirect', zone =>
    isExternal(zone) ? unavailable() : ok(zone.redirects.map(redirect => redirectRow(zone, redirect))),
  ),
  zoneWrite('POST', '/redirect', createRedirect),
  zoneWrite('PUT', '/redirect', updateRedirect),
  zoneWrite('DELETE', '/redirect', deleteRedirect),
];

const unavailable = (): Reply => refused(400, 'Redirects are not available for externally hosted domains.');
const invalidTarget = (): Reply =>
  refused(400, 'Invalid target URL format. Must be a valid URL (e.g. https://example.com).');

/** Adds a redirect and its A record; for the apex also those of www, unless www is an alias and follows by itself. */
function createRedirect(zone: Zone, { world, body }: Call): Reply {
  const { source: asked = '@', target_url: targetUrl } = body;
  const source = typeof asked === 'string' ? relativeName(asked) : null;
  if (source === null) return invalidData();
  if (!isWebAddress(targetUrl)) return invalidTarget();
  if (isExternal(zone)) return refused(400, 'This domain uses external nameservers. Redirects cannot be configured.');

  const sources = source === '@' && !hasRecord(zone, 'www', 'CNAME') ? ['@', 'www'] : [source];
  for (const name of sources) {
    const domain = absoluteName(name, zone.name);
    if (zone.redirects.some(redirect => redirect.source === name))
      return refused(400, `A redirect already exists for ${domain}. Delete it first or update instead.`);
    const inTheWay = zone.records.find(({ name: owner, type }) => owner === name && type === 'A');
    if (inTheWay)
      return refused(
        400,
        `DNS conflict: '${name}' has an existing A record (${inTheWay.value}). Please remove it before adding a redirect.`,
      );
  }
  // Only A records are known to be in the way; that a CNAME is too is our guess.
  if (hasRecord(zone, source, 'CNAME')) return invalidData();

  for (const name of sources) {
    zone.redirects.push({ source: name, targetUrl, createdAt: world.now(), companion: name !== source });
    zone.records.push(record(name, 'A', REDIRECT_ADDRESS));
  }
  touch(zone, world.now());
  return {
    status: 201,
    meta: { message: 'Redirect created successfully.' },
    data: { domain: absoluteName(source, zone.name), source, target_url: targetUrl },
  };
}

function updateRedirect(zone: Zone, { body }: Call): Reply {
  if (isExternal(zone)) return unavailable();
  if (typeof body.source !== 'string') return invalidData();
  if (!isWebAddress(body.target_url)) return invalidTarget();
  const source = relativeName(body.source);
  const redirect = zone.redirects.find(candidate => candidate.source === source);
  if (!redirect) return notFound();
  redirect.targetUrl = body.target_url;
  return done('Redirect updated successfully.', []);
}

/** Removes a redirect with its A record; with the one of the apex goes the www that came along. */
function deleteRedirect(zone: Zone, { world, query }: Call): Reply {
  if (isExternal(zone)) return unavailable();
  const asked = query.get('source') ?? '';
  if (asked === '') return invalidData();
  const source = relativeName(asked);
  if (!zone.redirects.some(redirect => redirect.source === source)) return notFound();
  const gone = zone.redirects.filter(redirect => redirect.source === source || (source === '@' && redirect.companion));
  zone.redirects = zone.redirects.filter(redirect => !gone.includes(redirect));
  zone.records = zone.records.filter(
    ({ name, type, value }) =>
      type !== 'A' || value !== REDIRECT_ADDRESS || !gone.some(redirect => redirect.source === name),
  );
  touch(zone, world.now());
  return done('Redirect deleted successfully.', []);
}

const hasRecord = (zone: Zone, name: string, type: string): boolean =>
  zone.records.some(record => record.name === name && record.type === type);

const isWebAddress = (value: unknown): value is string =>
  typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);
