import { randomPassword } from '../random.js';
import { FileTree, joinPath, type TreeEntry } from './file-tree.js';
import type { AppBackup, HostingAccount, HostingApp, HostingDatabase, Installation } from './hosting-records.js';

const EMPTY_DATABASE_BYTES = 2_400_000;

/** A database name of the account that nobody has used yet. */
export function freeDatabaseName(account: HostingAccount, suffix: string): string {
  const names = new Set(account.databases.map(({ name }) => name));
  for (const { database } of account.installations) names.add(database);
  for (let number = 1; ; number += 1) {
    const name = `${account.username}_${suffix}${number === 1 ? '' : number}`;
    if (!names.has(name)) return name;
  }
}

/** Puts the files and the database of an application in place. Files of the same name are overwritten. */
export function putInPlace(account: HostingAccount, app: HostingApp, installation: Installation, at: number): void {
  const password = randomPassword(16);
  account.databases.push({ name: installation.database, password, sizeBytes: EMPTY_DATABASE_BYTES });
  writeAppFiles(account.files, app, installation, password, at);
}

/** Writes the files of an application as they are when fresh. */
export function writeAppFiles(
  files: FileTree,
  app: HostingApp,
  { folder, database, title }: Installation,
  password: string,
  at: number,
): void {
  const values: Record<string, string> = { database, user: database, password, title };
  for (const [name, text] of Object.entries(app.files))
    files.write(
      joinPath(folder, name),
      text.replace(/\{(database|user|password|title)\}/g, (_, key: string) => values[key] ?? ''),
      at,
    );
}

/** Takes the files and the database of an application away. Other files in its folder stay. */
export function takeAway(account: HostingAccount, app: HostingApp, { folder, database }: Installation): void {
  for (const path of topPaths(app, folder)) account.files.remove(path);
  account.databases = account.databases.filter(({ name }) => name !== database);
}

/** What a backup of an application holds. */
export function backedUp(
  account: HostingAccount,
  app: HostingApp,
  { folder, database }: Installation,
): Pick<AppBackup, 'files' | 'database'> {
  const entries: TreeEntry[] = topPaths(app, folder).flatMap(path => account.files.below(path));
  const kept = account.databases.find(({ name }) => name === database);
  return { files: new FileTree(entries), database: kept ? { ...kept } : null };
}

/** Makes an application what it was when the backup was taken. */
export function restoreApp(
  account: HostingAccount,
  app: HostingApp,
  installation: Installation,
  backup: AppBackup,
): void {
  takeAway(account, app, installation);
  for (const entry of backup.files.below('/')) account.files.put(entry);
  if (backup.database) account.databases.push({ ...backup.database });
  installation.version = backup.version;
}

/** Size of a backup in bytes. */
export const backupBytes = (files: FileTree, databases: readonly HostingDatabase[]): number =>
  files.bytes() + databases.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

function topPaths(app: HostingApp, folder: string): string[] {
  const names = Object.keys(app.files).map(name => name.split('/')[0] ?? name);
  return [...new Set(names)].map(name => joinPath(folder, name));
}
