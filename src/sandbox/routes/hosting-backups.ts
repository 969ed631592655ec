import { siteBackupRow } from '../encode/hosting-site.js';
import { done, invalidData, notFound, ok, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { backUpSite, restoreSite } from '../world/hosting-backups.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { takeWhere } from '../world/take.js';
import { hostingRoute, textFrom } from './hosting-route.js';

export const hostingBackupRoutes: Route[] = [
  hostingRoute('GET', '/backups', ({ backups }) => ok({ backups: backups.map(siteBackupRow) })),
  hostingRoute('POST', '/backups', backUpOrRestore),
  hostingRoute('DELETE', '/backups', (account, { body }) => {
    const filename = textFrom(body.filename);
    if (filename === null) return invalidData();
    const gone = takeWhere(account.backups, backup => backup.filename === filename);
    return gone ? done('Backup has been deleted.') : notFound();
  }),
];

function backUpOrRestore(account: HostingAccount, { world, body }: Call): Reply {
  const { snapshotMs } = world.settings;
  if (body.action === 'backup') {
    world.hosting.after(snapshotMs, at => account.backups.push(backUpSite(account, at)));
    return done('Backup has been started.', []);
  }
  const filename = textFrom(body.filename);
  if (body.action !== 'restore' || filename === null) return invalidData();
  const backup = account.backups.find(candidate => candidate.filename === filename);
  if (!backup) return notFound();
  world.hosting.after(snapshotMs, () => restoreSite(account, backup));
  return done('Restore has been started.', []);
}
