import * as z from 'zod';
import type { Client } from '../client/index.js';
import { listInstallations } from '../client/api/webhosting-apps.js';
import { listSiteBackups } from '../client/api/webhosting-backups.js';
import { getSslCertificate } from '../client/api/webhosting-ssl.js';
import { getWebhosting, getWebhostingStats, listWebhostingDomains } from '../client/api/webhosting.js';
import type { CallOptions } from '../client/request.js';
import { installations } from './hosting-apps.js';
import { siteBackups } from './hosting-backups.js';
import type { Hosting } from './hostings.js';
import { hostingName } from './hostings.js';
import { usageIn } from './hosting-usage.js';
import { partly } from './partly.js';
import { flagIn, oneIn, rowsIn, textIn, textsIn, timeIn } from './undocumented.js';

const text = z.string().nullable();

/** One web hosting account as a person would want it told. Null where Gigahost does not say. */
export const HostingView = z.looseObject({
  id: z.string(),
  domain: z.string(),
  username: text,
  package: text,
  status: text,
  created_on: text,
  order: z.looseObject({ number: text, status: text, renews_on: text }),
  address: text,
  disk: text.describe('Used of quota, with unit'),
  traffic: text.describe('Used of quota, with unit'),
  certificate: z
    .looseObject({
      on: z.boolean().nullable(),
      requested: z.boolean().nullable(),
      covers: z.array(z.string()),
      valid_until: text,
      days_left: z.number().nullable(),
    })
    .nullable(),
  domains: z.array(z.string()).nullable().describe('Besides the main one'),
  domains_total: z.number().nullable(),
  apps: z.array(z.string()).nullable(),
  apps_total: z.number().nullable(),
  backups: z.number().nullable().describe('How many of the whole site'),
  newest_backup: text,
  not_read: z.array(z.string()).describe('What could not be read, and why'),
});
export type HostingView = z.output<typeof HostingView>;

const MOST_NAMES = 20;

export async function readHosting(client: Client, hosting: Hosting, options: CallOptions): Promise<HostingView> {
  const params = { id: hosting.id };
  const { found, not_read } = await partly({
    record: client.call(getWebhosting, { params }, options),
    usage: client.call(getWebhostingStats, { params }, options),
    certificate: client.call(getSslCertificate, { params }, options),
    domains: client.call(listWebhostingDomains, { params }, options).then(domainsIn),
    applications: client.call(listInstallations, { params }, options).then(installations),
    backups: client.call(listSiteBackups, { params }, options).then(siteBackups),
  });
  const detail = oneIn(found.record, 'hosting', 'webhosting');
  const { domains, applications, backups } = found;
  return {
    id: hosting.id,
    domain: hostingName(hosting),
    username: hosting.username,
    package: hosting.package,
    status: hosting.status,
    created_on: hosting.created_on,
    order: { number: hosting.order_number, status: hosting.order_status, renews_on: hosting.renews_on },
    address: textIn(detail, 'ip', 'ip_address', 'address'),
    ...usageIn(found.usage, detail),
    certificate: certificateIn(found.certificate),
    domains: domains?.slice(0, MOST_NAMES) ?? null,
    domains_total: domains?.length ?? null,
    apps:
      applications
        ?.slice(0, MOST_NAMES)
        .map(app => [app.name, app.version, app.address && `at ${app.address}`].filter(Boolean).join(' ')) ?? null,
    apps_total: applications?.length ?? null,
    backups: backups?.length ?? null,
    newest_backup: backups?.[0]?.created_at ?? null,
    not_read: [...not_read],
  };
}

/** Additional domains and subdomains. */
function domainsIn(data: unknown): string[] | null {
  const lists = [rowsIn(oneIn(data)['domains'] ?? data, 'domains'), rowsIn(oneIn(data)['subdomains'])];
  if (lists[0] === null) return null;
  return lists.flatMap(rows => (rows ?? []).flatMap(row => textIn(row, 'domain', 'name', 'hostname') ?? []));
}

function certificateIn(data: unknown): HostingView['certificate'] {
  if (data === null) return null;
  const state = oneIn(data, 'ssl');
  const certificate = oneIn(state['certificate'] ?? state, 'certificate');
  const valid_until = timeIn(certificate, 'valid_to', 'valid_until', 'expires', 'expires_at', 'expiry', 'not_after');
  const until = Date.parse(valid_until ?? '');
  return {
    on: flagIn(state, 'ssl', 'enabled', 'active', 'on') ?? (valid_until === null ? null : true),
    requested: flagIn(state, 'pending', 'requested'),
    covers: textsIn(certificate, 'hostnames', 'domains', 'names', 'san').slice(0, MOST_NAMES),
    valid_until,
    days_left: Number.isNaN(until) ? null : Math.floor((until - Date.now()) / 86_400_000),
  };
}
