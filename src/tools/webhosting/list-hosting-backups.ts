import * as z from 'zod';
import { readBackups } from '../../inventory/hosting-backups.js';
import { findHosting, hostingName } from '../../inventory/hostings.js';
import { unread } from '../../inventory/partly.js';
import { few } from '../../words/fit.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor, HostingName, HostingRef } from '../params.js';
import { defineRead } from '../tool.js';

const COLUMNS = ['of', 'backup', 'created_at', 'size', 'version', 'place'];

export const listHostingBackups = defineRead({
  name: 'list_hosting_backups',
  title: 'List backups of web hosting',
  effect: 'read',
  toolset: 'webhosting',
  partly: ['listSiteBackups', 'listAppBackups'],
  description: 'List the backups of a web hosting account: of the whole site, and of each application.',
  input: z.strictObject({ hosting: HostingRef, cursor: Cursor }),
  output: z.looseObject({
    hosting: HostingName,
    ...TableOutput,
    not_read: z.array(z.string()).describe('What could not be read, and why'),
  }),

  async read(context, { hosting, cursor }) {
    const { client, signal } = context;
    const account = await findHosting(context, hosting, { signal });
    const { backups, not_read } = await readBackups(client, account.id, { signal });
    const rows = backups.map(row => [row.of, row.backup, row.created_at, row.size, row.version, row.place]);
    const missing = few(not_read);
    return {
      hosting: hostingName(account),
      ...page(COLUMNS, rows, { cursor, key: ['backups', account.id], beside: missing }),
      not_read: missing,
    };
  },

  say: output => [
    ...(output.total === 0
      ? [output.not_read.length === 0 && `${output.hosting} has no backups. backup_webhosting takes one.`]
      : [
          ...tableWords(output, 'backups', `Backups of ${output.hosting}`),
          'Sizes are as Gigahost gives them, in bytes as far as is known. Mail is not known to be in a backup.',
        ]),
    unread(output.not_read),
  ],
});
