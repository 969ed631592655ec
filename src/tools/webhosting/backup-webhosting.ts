import * as z from 'zod';
import { backupOrRestoreSite, listSiteBackups } from '../../client/api/webhosting-backups.js';
import { siteBackups, type HostingBackup } from '../../inventory/hosting-backups.js';
import { findHosting, hostingName } from '../../inventory/hostings.js';
import { HostingName, HostingRef, WaitSeconds } from '../params.js';
import { poll } from '../poll.js';
import { defineChange } from '../tool.js';

export const backupWebhosting = defineChange({
  name: 'backup_webhosting',
  title: 'Back up web hosting',
  effect: 'create',
  settledBy: 'list_hosting_backups',
  toolset: 'webhosting',
  partly: ['backupOrRestoreSite'],
  description:
    'Back up the whole site of a web hosting account and wait until the backup is listed. The site stays up.',
  input: z.strictObject({ hosting: HostingRef, wait_seconds: WaitSeconds }),
  output: z.looseObject({
    hosting: HostingName,
    backup: z.string().nullable().describe('Its file name; null while Gigahost does not list it'),
    created_at: z.string().nullable(),
    size: z.string().nullable(),
  }),

  async plan(context, { hosting }) {
    const { client, signal } = context;
    const account = await findHosting(context, hosting, { signal });
    const before = siteBackups(await client.call(listSiteBackups, { params: { id: account.id } }, { signal }));
    const name = hostingName(account);
    return {
      what: `Back up the site ${name}`,
      consequences: [],
      name,
      zone: name,
      state: { id: account.id },
      subject: { id: account.id, name, before: (before ?? []).map(({ backup }) => backup) },
    };
  },

  async apply({ client, progress, signal, patienceSeconds }, { subject }, { wait_seconds = patienceSeconds }) {
    const { id, name, before } = subject;
    await client.call(backupOrRestoreSite, { params: { id }, body: { action: 'backup' } });
    let made: HostingBackup | undefined;
    await poll({ seconds: wait_seconds, signal }, async elapsed => {
      const now = siteBackups(await client.call(listSiteBackups, { params: { id } }));
      made = now?.find(({ backup }) => backup !== null && !before.includes(backup));
      await progress(`Backup of ${name}: ${made ? 'listed' : 'under way'} after ${elapsed} s`, elapsed, wait_seconds);
      return made !== undefined;
    });
    return {
      hosting: name,
      backup: made?.backup ?? null,
      created_at: made?.created_at ?? null,
      size: made?.size ?? null,
    };
  },

  say: ({ hosting, backup, created_at }) =>
    backup === null
      ? `Gigahost accepted the backup of ${hosting} and does not list it yet. list_hosting_backups shows when it does. Do not start another one.`
      : `The site ${hosting} is backed up as ${backup}${created_at ? ` (${created_at})` : ''}.`,
});
