import { gzipSync } from 'node:zlib';
import { appBackupRow, backupLocationRow, LOCAL_LOCATION } from '../encode/hosting-apps.js';
import { done, invalidData, notFound, ok, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { isWhole } from '../input.js';
import { cleanPath } from '../world/file-tree.js';
import { backedUp, restoreApp } from '../world/hosting-apps.js';
import type { AppBackup, BackupLocation } from '../world/hosting-records.js';
import { tar } from '../world/tar.js';
import { busy, installationRoute, type Installed } from './hosting-apps.js';
import { fileReply } from './hosting-files.js';
import { takeWhere } from '../world/take.js';
import { textFrom } from './hosting-route.js';

const PORTS = { ftp: 21, ftps: 990, sftp: 22 } as const;

export const hostingAppBackupRoutes: Route[] = [
  installationRoute('GET', '/backups', ({ installation }) => ok({ backups: installation.backups.map(appBackupRow) })),
  installationRoute('POST', '/backups', backUpOrRestore),
  installationRoute('DELETE', '/backups', deleteBackup),
  installationRoute('GET', '/backuplocations', ({ account }) =>
    ok({ locations: [LOCAL_LOCATION, ...account.backupLocations.map(backupLocationRow)] }),
  ),
  installationRoute('GET', '/backups/:backupId/download', download),
];

function backUpOrRestore(installed: Installed, call: Call): Reply {
  const { action } = call.body;
  if (action === 'backup') return backUp(installed, call);
  return action === 'restore' ? restore(installed, call) : invalidData();
}

function backUp({ account, app, installation }: Installed, { world, body }: Call): Reply {
  const { location = 'local' } = body;
  const added = location === 'new' ? locationFrom(body.ftp, world.nextId()) : null;
  if (typeof location !== 'string' || (location === 'new' && added === null)) return invalidData();
  const locationId = added?.id ?? location;
  if (!added && location !== 'local' && !account.backupLocations.some(({ id }) => id === location)) return notFound();
  const refusal = busy(installation);
  if (refusal) return refusal;
  if (added) account.backupLocations.push(added);
  const contents = backedUp(account, app, installation);
  const { version } = installation;
  world.hosting.after(world.settings.snapshotMs, at => {
    installation.backups.push({ id: world.nextId(), createdAt: at, version, locationId, ...contents });
  });
  return done('Backup has been started.', []);
}

/** A destination described in a request, or null when something about it is missing or wrong. */
function locationFrom(value: unknown, id: string): BackupLocation | null {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const { type, pass = '', path = '/' } = given;
  const [host, user] = [textFrom(given.host), textFrom(given.user)];
  if (type !== 'ftp' && type !== 'ftps' && type !== 'sftp') return null;
  const { port = PORTS[type] } = given;
  if (host === null || user === null || typeof pass !== 'string' || typeof path !== 'string') return null;
  if (!isWhole(port, 1, 65_535)) return null;
  return { id, type, host, port, user, password: pass, path: cleanPath(path) ?? '/' };
}

function restore(installed: Installed, { world, body }: Call): Reply {
  const { account, app, installation } = installed;
  if (textFrom(body.backup) === null) return invalidData();
  const backup = backupOf(installed, body.backup);
  if (!backup) return notFound();
  const refusal = busy(installation);
  if (refusal) return refusal;
  installation.state = 'restoring';
  world.hosting.after(world.settings.snapshotMs, () => {
    if (account.installations.includes(installation)) restoreApp(account, app, installation, backup);
    installation.state = 'installed';
  });
  return done('Restore has been started.', []);
}

function deleteBackup({ installation }: Installed, { body }: Call): Reply {
  if (textFrom(body.backup) === null) return invalidData();
  const gone = takeWhere(installation.backups, ({ id }) => id === body.backup);
  return gone ? done('Backup has been deleted.') : notFound();
}

function download(installed: Installed, { param }: Call): Reply {
  const backup = backupOf(installed, param('backupId'));
  if (!backup) return notFound();
  return fileReply(`${installed.app.id}-${backup.id}.tar.gz`, gzipSync(tar(backup.files.below('/'))));
}

const backupOf = ({ installation }: Installed, id: unknown): AppBackup | undefined =>
  installation.backups.find(backup => backup.id === id);
