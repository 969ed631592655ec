import * as z from 'zod';
import { defineEndpoint, fromData, idOf, nothing } from '../endpoint.js';
import { untyped } from '../untyped.js';

const HostingId = z.object({ id: idOf('hosting') });
const filename = z.string().min(1).describe('Name from listSiteBackups');

/** Shape not documented. */
export const listSiteBackups = defineEndpoint({
  id: 'listSiteBackups',
  does: 'list the backups of the site',
  method: 'GET',
  path: '/webhosting/{id}/backups',
  effect: 'read',
  repeatable: true,
  secrets: [],
  params: HostingId,
  decode: fromData(untyped),
});

export const backupOrRestoreSite = defineEndpoint({
  id: 'backupOrRestoreSite',
  does: 'back up or restore the site',
  method: 'POST',
  path: '/webhosting/{id}/backups',
  effect: 'destroy',
  effectOf: ({ action }) => (action === 'backup' ? 'create' : undefined),
  repeatable: false,
  secrets: [],
  params: HostingId,
  body: z
    .object({
      action: z.enum(['backup', 'restore']).describe('restore overwrites the site as it is now'),
      filename: filename.optional().describe('What to restore: name from listSiteBackups'),
    })
    .refine(({ action, filename }) => action === 'backup' || filename !== undefined, 'filename is missing'),
  decode: nothing,
});

export const deleteSiteBackup = defineEndpoint({
  id: 'deleteSiteBackup',
  does: 'delete the backup of the site',
  method: 'DELETE',
  path: '/webhosting/{id}/backups',
  effect: 'destroy',
  repeatable: true,
  secrets: [],
  params: HostingId,
  body: z.object({ filename }),
  decode: nothing,
});
