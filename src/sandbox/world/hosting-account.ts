import { randomPassword, randomRsaKey } from '../random.js';
import { FileTree } from './file-tree.js';
import type { HostingAccount } from './hosting-records.js';

const DEFAULT_PAGE = '<!doctype html>\n<title>{domain}</title>\n<p>{domain} er satt opp hos Gigahost.</p>\n';

type Given = 'id' | 'domain' | 'username' | 'packageId' | 'createdAt' | 'order' | 'address';

/** An account in which nothing has been made yet. */
export function newHostingAccount(given: Pick<HostingAccount, Given>): HostingAccount {
  const files = new FileTree();
  const at = given.createdAt;
  for (const folder of ['/public_html', '/logs', '/backups']) files.makeFolder(folder, at);
  files.write('/public_html/index.html', DEFAULT_PAGE.replaceAll('{domain}', given.domain), at);
  return {
    ...given,
    active: true,
    bandwidthBytes: 0,
    additionalDomains: [],
    subdomains: [],
    mailboxes: [],
    forwarders: [],
    catchAll: { action: ':fail:', value: '' },
    autoresponders: [],
    dkim: { enabled: false, selector: 'x', publicKey: randomRsaKey() },
    spamFilter: {
      where: 'spamfolder',
      requiredHits: 5,
      highScoreBlock: false,
      highScore: 15,
      rewriteSubject: true,
      subjectTag: '*****SPAM*****',
      blacklist: '',
      whitelist: '',
    },
    ftpAccounts: [],
    databases: [],
    files,
    installations: [],
    backupLocations: [],
    certificate: null,
    certificateRequested: false,
    backups: [],
  };
}

/** The user name of an account: the first letters of its domain, with a number when they are taken. */
export function usernameFor(domain: string, taken: readonly string[]): string {
  const letters = domain
    .replace(/\.[^.]*$/, '')
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase()
    .slice(0, 8);
  const candidates = [letters, ...taken.map((_, index) => `${letters.slice(0, 7)}${index + 1}`)];
  return candidates.find(name => !taken.includes(name)) ?? randomPassword(8).toLowerCase();
}

/** The folder a host name of the account is served from, or null for a name it does not have. */
export function documentRoot(account: HostingAccount, host: string): string | null {
  if (host === account.domain || host === `www.${account.domain}`) return '/public_html';
  if (account.additionalDomains.includes(host)) return `/domains/${host}/public_html`;
  const subdomain = account.subdomains.find(name => host === `${name}.${account.domain}`);
  return subdomain === undefined ? null : `/public_html/${subdomain}`;
}

/** Host names a certificate of the account may cover. */
export const certifiableNames = ({ domain, subdomains }: HostingAccount): string[] => [
  domain,
  ...['www', 'mail', 'ftp', ...subdomains].map(name => `${name}.${domain}`),
];
