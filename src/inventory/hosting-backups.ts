import type { Client } from '../client/index.js';
import { listAppBackups, listInstallations } from '../client/api/webhosting-apps.js';
import { listSiteBackups } from '../client/api/webhosting-backups.js';
import type { CallOptions } from '../client/request.js';
import { installations, type InstalledApp } from './hosting-apps.js';
import { partly } from './partly.js';
import { rowsIn, textIn, timeIn } from './undocumented.js';

export interface HostingBackup {
  /** "site", or the application with its installation id. */
  readonly of: string;
  /** What restoring or deleting it takes: the file name of a site, the id of an application. */
  readonly backup: string | null;
  readonly created_at: string | null;
  /** As Gigahost gives it. */
  readonly size: string | null;
  readonly version: string | null;
  readonly place: string | null;
}

/** Reads of applications' backups at a time: each is a request. */
const MOST_APPS = 20;

const newestFirst = (rows: readonly HostingBackup[]): readonly HostingBackup[] =>
  rows.toSorted((a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? ''));

const backupsIn = (data: unknown, of: string): readonly HostingBackup[] | null => {
  const rows = rowsIn(data, 'backups', 'files');
  return (
    rows &&
    newestFirst(
      rows.map(row => ({
        of,
        backup: textIn(row, of === 'site' ? 'filename' : 'id', 'filename', 'file', 'id', 'name'),
        created_at: timeIn(row, 'date', 'created', 'created_at', 'time', 'timestamp'),
        size: textIn(row, 'size', 'size_bytes', 'bytes'),
        version: textIn(row, 'version', 'ver'),
        place: textIn(row, 'type', 'location'),
      })),
    )
  );
};

/** The backups of the whole site, newest first. */
export const siteBackups = (data: unknown): readonly HostingBackup[] | null => backupsIn(data, 'site');

const appName = ({ name, title, id }: InstalledApp): string =>
  `${[name, title && `"${title}"`].filter(Boolean).join(' ') || 'application'} (id ${id})`;

/** Every backup of an account, those of the site first. */
export async function readBackups(client: Client, id: string, options: CallOptions) {
  const params = { id };
  const { found, not_read } = await partly({
    backups_of_the_site: client.call(listSiteBackups, { params }, options).then(siteBackups),
    applications: client.call(listInstallations, { params }, options).then(installations),
  });
  const apps = (found.applications ?? []).flatMap(app => (app.id === null ? [] : [{ ...app, id: app.id }]));
  const ofApps = await partly<Record<string, readonly HostingBackup[] | null>>(
    Object.fromEntries(
      apps.slice(0, MOST_APPS).map(app => {
        const name = appName(app);
        const reply = client.call(listAppBackups, { params: { id, installId: app.id } }, options);
        return [`backups of ${name}`, reply.then(data => backupsIn(data, name))];
      }),
    ),
    { orNone: true },
  );
  return {
    backups: [...(found.backups_of_the_site ?? []), ...Object.values(ofApps.found).flatMap(rows => rows ?? [])],
    not_read: [
      ...not_read,
      ...ofApps.not_read,
      ...(apps.length > MOST_APPS ? [`backups of ${apps.length - MOST_APPS} further applications (too many)`] : []),
    ],
  };
}
