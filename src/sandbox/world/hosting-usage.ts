import type { Hosting } from './hosting.js';
import type { HostingAccount } from './hosting-records.js';

export const MB = 1024 * 1024;

/** What an account takes on disk: files, mail, databases, and the applications' own files. */
export function diskBytes({ files, mailboxes, databases, installations }: HostingAccount): number {
  const mail = mailboxes.reduce((sum, { usedBytes }) => sum + usedBytes, 0);
  const data = databases.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const cores = installations.reduce((sum, { coreBytes }) => sum + coreBytes, 0);
  return files.bytes() + mail + data + cores;
}

/** Whether so many further bytes fit into the package. */
export const fits = (hosting: Hosting, account: HostingAccount, bytes: number): boolean =>
  diskBytes(account) + bytes <= hosting.packageOf(account).diskMb * MB;
