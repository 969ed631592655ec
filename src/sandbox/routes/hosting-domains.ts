import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { documentRoot } from '../world/hosting-account.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { takeWhere } from '../world/take.js';
import { hostingRoute, textFrom } from './hosting-route.js';

const LABELS = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

export const hostingDomainRoutes: Route[] = [
  hostingRoute('GET', '/domains', listDomains),
  hostingRoute('POST', '/subdomain', createSubdomain),
  hostingRoute('DELETE', '/subdomain/:name', deleteSubdomain),
];

// No call lists subdomains; that they are told here, beside the additional domains, is a guess.
function listDomains(account: HostingAccount): Reply {
  return ok({
    domains: account.additionalDomains.map(domain => ({ domain, path: documentRoot(account, domain) })),
    subdomains: account.subdomains.map(subdomain => {
      const domain = `${subdomain}.${account.domain}`;
      return { subdomain, domain, path: documentRoot(account, domain) };
    }),
  });
}

function createSubdomain(account: HostingAccount, { world, body }: Call): Reply {
  const name = textFrom(body.subdomain)?.toLowerCase();
  if (name === undefined || !LABELS.test(name)) return invalidData();
  if (documentRoot(account, `${name}.${account.domain}`) !== null) return refused(400, 'Subdomain already exists.');
  account.subdomains.push(name);
  account.files.makeFolder(`/public_html/${name}`, world.now());
  return done('Subdomain has been created.', []);
}

// Whether the files below it go too is not known; here they stay.
function deleteSubdomain(account: HostingAccount, { param }: Call): Reply {
  const gone = takeWhere(account.subdomains, name => name === param('name').toLowerCase());
  return gone ? done('Subdomain has been deleted.', []) : notFound();
}
