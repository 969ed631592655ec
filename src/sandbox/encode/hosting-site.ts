import { quotedFlag, quotedSeconds, type WireRecord } from '../wire.js';
import { certifiableNames } from '../world/hosting-account.js';
import { backupBytes } from '../world/hosting-apps.js';
import type { FtpAccount, HostingAccount, HostingDatabase, SiteBackup } from '../world/hosting-records.js';
import { megabytes } from './hosting.js';

export const ftpRow = ({ domain }: HostingAccount, { username, path }: FtpAccount): WireRecord => ({
  username,
  login: `${username}@${domain}`,
  host: `ftp.${domain}`,
  path: path === '' ? '/' : path,
});

export const databaseRow = ({ name, sizeBytes }: HostingDatabase): WireRecord => ({
  name,
  user: name,
  host: 'localhost',
  size: megabytes(sizeBytes),
});

export const siteBackupRow = (backup: SiteBackup): WireRecord => ({
  filename: backup.filename,
  size: String(backupBytes(backup.files, backup.databases)),
  date: quotedSeconds(backup.createdAt),
});

export function certificateState(account: HostingAccount): WireRecord {
  const { certificate } = account;
  return {
    ssl: quotedFlag(certificate !== null),
    pending: quotedFlag(account.certificateRequested),
    certificate: certificate && {
      common_name: certificate.hostnames[0],
      hostnames: certificate.hostnames,
      issuer: "Let's Encrypt",
      keysize: certificate.keySize,
      serial: certificate.serial,
      valid_from: quotedSeconds(certificate.issuedAt),
      valid_to: quotedSeconds(certificate.expiresAt),
    },
    hostnames: certifiableNames(account),
  };
}
