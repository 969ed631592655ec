import { certificateState } from '../encode/hosting-site.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { randomHex } from '../random.js';
import { DAY } from '../times.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { hostingRoute } from './hosting-route.js';

const ISSUE_MS = 5000;
const VALID_MS = 90 * DAY;
const KEY_SIZES: readonly unknown[] = ['secp384r1', 'secp256r1', 'rsa_4096'];

export const hostingCertificateRoutes: Route[] = [
  hostingRoute('GET', '/ssl', account => ok(certificateState(account))),
  hostingRoute('POST', '/ssl', requestCertificate),
  hostingRoute('DELETE', '/ssl', deleteCertificate),
];

function requestCertificate(account: HostingAccount, { world, body }: Call): Reply {
  const { keysize: keySize = 'secp384r1' } = body;
  const given: unknown[] = Array.isArray(body.hostnames) ? body.hostnames : [];
  const hostnames = given.filter(name => typeof name === 'string').map(name => name.toLowerCase());
  if (hostnames.length === 0 || hostnames.length < given.length) return invalidData();
  if (typeof keySize !== 'string' || !KEY_SIZES.includes(keySize)) return invalidData();
  if (!hostnames.every(name => name === account.domain || name.endsWith(`.${account.domain}`))) return invalidData();
  if (account.certificateRequested) return refused(400, 'A certificate has already been requested.');
  account.certificateRequested = true;
  world.hosting.after(ISSUE_MS, at => {
    account.certificateRequested = false;
    account.certificate = { hostnames, keySize, serial: randomHex(18), issuedAt: at, expiresAt: at + VALID_MS };
  });
  return done('Certificate has been requested.', []);
}

function deleteCertificate(account: HostingAccount): Reply {
  if (account.certificate === null) return notFound();
  account.certificate = null;
  return done('Certificate has been removed.');
}
