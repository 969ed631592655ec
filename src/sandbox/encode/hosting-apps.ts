import { isoDay, quotedFlag, quotedSeconds, type WireRecord } from '../wire.js';
import { backupBytes } from '../world/hosting-apps.js';
import type { AppBackup, BackupLocation, HostingApp, Installation } from '../world/hosting-records.js';

export const appRow = (app: HostingApp): WireRecord => ({
  app: app.id,
  name: app.name,
  version: app.version,
  category: app.category,
  description: app.description,
});

export const installationRow = (installation: Installation, app: HostingApp): WireRecord => ({
  id: installation.id,
  app: app.id,
  name: app.name,
  title: installation.title,
  version: installation.version,
  latest_version: app.version,
  update_available: quotedFlag(installation.version !== app.version),
  url: urlOf(installation),
  domain: installation.domain,
  path: installation.path,
  database: installation.database,
  admin_username: installation.adminUser,
  installed_date: isoDay(installation.installedAt),
  status: installation.state,
});

/** The reply to an installation: the only time the password of the administrator is told. */
export const installedLogin = (installation: Installation): WireRecord => ({
  id: installation.id,
  url: urlOf(installation),
  admin_url: `${urlOf(installation)}${installation.appId === 'wordpress' ? 'wp-admin/' : 'admin/'}`,
  admin_username: installation.adminUser,
  admin_password: installation.adminPassword,
  admin_email: installation.adminEmail,
});

export const appBackupRow = (backup: AppBackup): WireRecord => ({
  id: backup.id,
  date: quotedSeconds(backup.createdAt),
  size: String(backupBytes(backup.files, backup.database ? [backup.database] : [])),
  version: backup.version,
  type: backup.locationId === 'local' ? 'local' : 'remote',
});

export const LOCAL_LOCATION: WireRecord = { id: 'local', name: 'This account', type: 'local' };

/** A stored destination, with the password it was given: nothing says that upstream leaves it out. */
export const backupLocationRow = (location: BackupLocation): WireRecord => ({
  id: location.id,
  name: `${location.user}@${location.host}`,
  type: location.type,
  host: location.host,
  port: String(location.port),
  user: location.user,
  pass: location.password,
  path: location.path,
});

const urlOf = ({ domain, path }: Installation): string => `https://${domain}${path === '/' ? '/' : `${path}/`}`;
