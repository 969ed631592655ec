import type { HostingAccount, Installation, SiteBackup } from './hosting-records.js';

/** A copy of the site as it is now. */
export function backUpSite(account: HostingAccount, at: number): SiteBackup {
  const day = new Date(at).toISOString().slice(0, 10);
  const taken = new Set(account.backups.map(({ filename }) => filename));
  let number = 1;
  while (taken.has(filenameOf(day, number))) number += 1;
  return {
    filename: filenameOf(day, number),
    createdAt: at,
    files: account.files.copy(),
    databases: account.databases.map(database => ({ ...database })),
    installations: account.installations.filter(({ state }) => state !== 'installing').map(copied),
  };
}

/** Makes files, databases and applications what they were. Mail is not part of a backup. */
export function restoreSite(account: HostingAccount, backup: SiteBackup): void {
  account.files = backup.files.copy();
  account.databases = backup.databases.map(database => ({ ...database }));
  account.installations = backup.installations.map(copied);
}

const filenameOf = (day: string, number: number): string => `backup-${day}-${number}.tar.gz`;

const copied = (installation: Installation): Installation => ({
  ...installation,
  state: 'installed',
  backups: [...installation.backups],
});
