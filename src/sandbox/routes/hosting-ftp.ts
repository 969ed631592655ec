import { ftpRow } from '../encode/hosting-site.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { cleanPath } from '../world/file-tree.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { takeWhere } from '../world/take.js';
import { hostingRoute, textFrom } from './hosting-route.js';

export const hostingFtpRoutes: Route[] = [
  hostingRoute('GET', '/ftp', account => ok({ ftp: account.ftpAccounts.map(ftp => ftpRow(account, ftp)) })),
  hostingRoute('POST', '/ftp', createFtpAccount),
  hostingRoute('PUT', '/ftp/:ftp_user/password', setPassword),
  hostingRoute('DELETE', '/ftp/:ftp_user', (account, { param }) => {
    const gone = takeWhere(account.ftpAccounts, ({ username }) => username === param('ftp_user'));
    return gone ? done('FTP account has been deleted.') : notFound();
  }),
];

function createFtpAccount(account: HostingAccount, { body }: Call): Reply {
  const [username, password] = [textFrom(body.username), textFrom(body.password)];
  const { path = '' } = body;
  if (username === null || !/^[a-z0-9._-]+$/i.test(username) || password === null) return invalidData();
  if (typeof path !== 'string') return invalidData();
  const folder = cleanPath(path);
  if (folder === null) return invalidData();
  if (account.ftpAccounts.some(ftp => ftp.username === username)) return refused(400, 'FTP account already exists.');
  account.ftpAccounts.push({ username, password, path: folder === '/' ? '' : folder });
  return done('FTP account has been created.', []);
}

function setPassword(account: HostingAccount, { body, param }: Call): Reply {
  const ftp = account.ftpAccounts.find(({ username }) => username === param('ftp_user'));
  const password = textFrom(body.password);
  if (!ftp) return notFound();
  if (password === null) return invalidData();
  ftp.password = password;
  return done('Password has been changed.', []);
}
