import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing, textOf, type FileReply } from '../endpoint.js';
import { hidden, untyped } from '../untyped.js';

const HostingId = z.object({ id: idOf('hosting') });
const Installation = HostingId.extend({ installId: textOf('installation') });
const backup = z.string().min(1).describe('id from listAppBackups');

/** Shape not documented. */
export const listInstallations = defineEndpoint({
  id: 'listInstallations',
  does: 'list the installed applications',
  method: 'GET',
  path: '/webhosting/{id}/installations',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

/** Shape not documented. */
export const listAvailableApps = defineEndpoint({
  id: 'listAvailableApps',
  does: 'list the applications that can be installed',
  method: 'GET',
  path: '/webhosting/{id}/apps/available',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

/** The reply has the login of the administrator, under names that are not documented. */
export const installApp = defineEndpoint({
  id: 'installApp',
  does: 'install the application',
  method: 'POST',
  path: '/webhosting/{id}/install',
  effect: 'destroy',
  repeatable: false,
  secrets: ['request.admin_password', 'data'],
  params: HostingId,
  body: z.object({
    app: textOf('application'),
    domain: z.string().optional().describe('The main domain when left out'),
    path: z.string().optional().describe('Folder; / when left out. What is there may be overwritten'),
    admin_username: z.string().optional().describe('admin when left out'),
    admin_password: z.string().optional().describe('Made up by Gigahost when left out'),
    admin_email: z.string().optional().describe('That of the account when left out'),
    site_title: z.string().optional(),
  }),
  decode: fromData(hidden('id', 'app', 'name', 'title', 'domain', 'path', 'version', 'status', 'message')),
});

export const updateApp = defineEndpoint({
  id: 'updateApp',
  does: 'update the application',
  method: 'POST',
  path: '/webhosting/{id}/install/{installId}/update',
  effect: 'disrupt',
  repeatable: false,
  secrets: [],
  params: Installation,
  decode: nothing,
});

/** Whether the rows are bare or wrapped, and what types they have, is not documented. */
export const listAppBackups = defineEndpoint({
  id: 'listAppBackups',
  does: 'list the application backups',
  method: 'GET',
  path: '/webhosting/{id}/install/{installId}/backups',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: Installation,
  decode: fromData(untyped),
});

export const backupOrRestoreApp = defineEndpoint({
  id: 'backupOrRestoreApp',
  does: 'back up or restore the application',
  method: 'POST',
  path: '/webhosting/{id}/install/{installId}/backups',
  effect: 'destroy',
  effectOf: ({ action }) => (action === 'backup' ? 'create' : undefined),
  repeatable: false,
  secrets: ['request.ftp.pass'],
  params: Installation,
  body: z
    .object({
      action: z.enum(['backup', 'restore']).describe('restore overwrites what is there now'),
      location: z
        .string()
        .optional()
        .describe('Of a backup: the account itself when left out; new = the server in ftp'),
      ftp: z
        .object({
          type: z.enum(['ftp', 'ftps', 'sftp']),
          host: z.string().min(1),
          port: z.int().min(1).max(65535).optional(),
          user: z.string().min(1),
          pass: z.string().optional(),
          path: z.string().optional(),
        })
        .optional()
        .describe('Where location is new'),
      backup: backup.optional().describe('What to restore: id from listAppBackups'),
    })
    .refine(({ action, backup }) => action === 'backup' || backup !== undefined, 'backup is missing')
    .refine(({ location, ftp }) => location !== 'new' || ftp !== undefined, 'ftp is missing'),
  decode: nothing,
});

export const deleteAppBackup = defineEndpoint({
  id: 'deleteAppBackup',
  does: 'delete the application backup',
  method: 'DELETE',
  path: '/webhosting/{id}/install/{installId}/backups',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: Installation,
  body: z.object({ backup }),
  decode: nothing,
});

/** May hold stored credentials, under names that are not documented. */
export const listAppBackupLocations = defineEndpoint({
  id: 'listAppBackupLocations',
  does: 'list the backup destinations',
  method: 'GET',
  path: '/webhosting/{id}/install/{installId}/backuplocations',
  effect: 'read',
  repeatable: true,
  secrets: ['data'],
  params: Installation,
  decode: fromData(hidden('id', 'name', 'type', 'host', 'port', 'path')),
});

export const downloadAppBackup = defineEndpoint({
  id: 'downloadAppBackup',
  does: 'download the application backup',
  method: 'GET',
  path: '/webhosting/{id}/install/{installId}/backups/{backupId}/download',
  effect: 'read',
  replies: 'file',
  repeatable: true,
  secrets: ['body'],
  params: Installation.extend({ backupId: backup }),
  decode: reply => reply.data as FileReply,
});

export const uninstallApp = defineEndpoint({
  id: 'uninstallApp',
  does: 'uninstall the application',
  method: 'DELETE',
  path: '/webhosting/{id}/install/{installId}',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: Installation,
  decode: nothing,
});
