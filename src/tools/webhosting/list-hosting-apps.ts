import * as z from 'zod';
import { listAvailableApps, listInstallations } from '../../client/api/webhosting-apps.js';
import { availableApps, installations } from '../../inventory/hosting-apps.js';
import { findHosting, hostingName } from '../../inventory/hostings.js';
import { partly, unread } from '../../inventory/partly.js';
import { few, part } from '../../words/fit.js';
import { page, TableOutput, tableWords } from '../../words/table.js';
import { Cursor, HostingName, HostingRef } from '../params.js';
import { defineRead } from '../tool.js';

const COLUMNS = ['name', 'id', 'title', 'version', 'update', 'address', 'status', 'installed_on'];
const MOST_AVAILABLE = 60;

export const listHostingApps = defineRead({
  name: 'list_hosting_apps',
  title: 'List web applications',
  effect: 'read',
  toolset: 'webhosting',
  partly: ['listInstallations', 'listAvailableApps'],
  description:
    'List the applications of a web hosting account (WordPress, …): those installed, with version and update, and those that can be.',
  input: z.strictObject({ hosting: HostingRef, cursor: Cursor }),
  output: z.looseObject({
    hosting: HostingName,
    ...TableOutput,
    available: z.array(z.string()).describe('id: name and version'),
    available_total: z.number(),
    not_read: z.array(z.string()).describe('What could not be read, and why'),
  }),

  async read(context, { hosting, cursor }) {
    const { client, signal } = context;
    const account = await findHosting(context, hosting, { signal });
    const params = { id: account.id };
    const { found, not_read } = await partly({
      installed: client.call(listInstallations, { params }, { signal }).then(installations),
      available: client.call(listAvailableApps, { params }, { signal }).then(availableApps),
    });
    const names = (found.available ?? []).map(app =>
      [app.id && `${app.id}:`, app.name, app.version].filter(Boolean).join(' '),
    );
    const available = few(names, MOST_AVAILABLE);
    const rows = (found.installed ?? []).map(app => [
      app.name,
      app.id,
      app.title,
      app.version,
      app.update,
      app.address,
      app.status,
      app.installed_on,
    ]);
    return {
      hosting: hostingName(account),
      ...page(COLUMNS, rows, { cursor, key: ['apps', account.id], beside: available }),
      available,
      available_total: names.length,
      not_read: [...not_read],
    };
  },

  say: output => [
    ...(output.not_read.some(name => name.startsWith('installed'))
      ? []
      : output.total === 0
        ? [`${output.hosting} has no application installed.`]
        : tableWords(output, 'applications', `Installed in ${output.hosting}`)),
    { facts: [['can be installed', part(output.available, output.available_total, '; ')]] },
    unread(output.not_read),
  ],
});
