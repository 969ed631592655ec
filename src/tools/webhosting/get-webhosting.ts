import * as z from 'zod';
import { findHosting } from '../../inventory/hostings.js';
import { HostingView, readHosting } from '../../inventory/hosting-view.js';
import { unread } from '../../inventory/partly.js';
import { fit, part } from '../../words/fit.js';
import { HostingRef } from '../params.js';
import { defineRead } from '../tool.js';

export const getWebhosting = defineRead({
  name: 'get_webhosting',
  title: 'Show a web hosting account',
  effect: 'read',
  toolset: 'webhosting',
  partly: ['getWebhosting', 'getWebhostingStats', 'listWebhostingDomains', 'getSslCertificate'],
  description:
    'Show one web hosting account: usage and quota, order, TLS certificate and when it ends, domains, applications, number of backups.',
  input: z.strictObject({ hosting: HostingRef }),
  output: HostingView,

  async read(context, { hosting }) {
    const { client, signal } = context;
    const found = await findHosting(context, hosting, { signal });
    return fit(await readHosting(client, found, { signal }));
  },

  say: view => [
    {
      facts: [
        ['domain', view.domain],
        ['id', view.id],
        ['user', view.username],
        ['package', view.package],
        ['status', view.status],
        ['created', view.created_on],
        ['address', view.address],
        ['disk', view.disk],
        ['traffic', view.traffic],
        ['certificate', certificateWords(view)],
        ['further domains', listed(view.domains, view.domains_total)],
        ['applications', listed(view.apps, view.apps_total)],
        [
          'backups of the site',
          view.backups === null
            ? null
            : `${view.backups}${view.newest_backup ? `, the newest from ${view.newest_backup}` : ''}`,
        ],
        [
          'order',
          [
            view.order.number,
            view.order.status,
            view.order.renews_on ? `renews on ${view.order.renews_on}` : 'does not renew',
          ]
            .filter(Boolean)
            .join(', '),
        ],
      ],
    },
    unread(view.not_read),
  ],
});

const listed = (names: readonly string[] | null, total: number | null): string | null =>
  names && (names.length === 0 ? 'none' : part(names, total ?? names.length, ', '));

function certificateWords({ certificate }: HostingView): string | null {
  if (certificate === null) return null;
  const { on, requested, covers, valid_until, days_left } = certificate;
  if (on === false) return requested ? 'none yet: requested' : 'none';
  const left = days_left === null ? '' : days_left < 0 ? ' (it has ended)' : ` (${days_left} days left)`;
  const words = [valid_until && `valid until ${valid_until}${left}`, covers.length > 0 && `for ${covers.join(', ')}`];
  return words.filter(Boolean).join(', ') || (on ? 'on' : null);
}
