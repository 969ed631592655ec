import { NAMESERVERS } from '../dns/zone.js';
import { decimalText, dottedDate, isoDay, quotedFlag, type WireRecord } from '../wire.js';
import type { Hosting } from '../world/hosting.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { diskBytes, MB } from '../world/hosting-usage.js';

const GB = 1024 * MB;

/** A row of the list of accounts: the only shape of web hosting that is documented. */
export const hostingRow = (hosting: Hosting, account: HostingAccount): WireRecord => ({
  hosting_id: account.id,
  domain: account.domain,
  username: account.username,
  package: hosting.packageOf(account).name,
  status: account.active ? 'active' : 'pending',
  created_date: isoDay(account.createdAt),
  order_number: account.order.number,
  order_renewal: account.order.endsAt === null ? isoDay(account.order.renewsAt) : null,
  order_status: orderStatus(account),
});

/** One account with its order and its usage. The documentation has no shape for it. */
export function hostingDetail(hosting: Hosting, account: HostingAccount): WireRecord {
  const { monthly, id } = hosting.packageOf(account);
  const { order } = account;
  return {
    ...hostingRow(hosting, account),
    product_id: Number(id),
    ip: account.address,
    nameservers: NAMESERVERS,
    dkim: quotedFlag(account.dkim.enabled),
    ssl: quotedFlag(account.certificate !== null),
    order: {
      order_id: order.id,
      order_number: order.number,
      order_status: orderStatus(account),
      order_billing_date: dottedDate(order.renewsAt),
      order_ends: order.endsAt === null ? null : isoDay(order.endsAt),
      billing_period: String(order.months),
      rate_monthly: decimalText(monthly, 5),
      currency_code: 'NOK',
    },
    usage: diskAndTraffic(hosting, account),
  };
}

/** How much of everything there is. */
export const hostingStats = (hosting: Hosting, account: HostingAccount): WireRecord => ({
  ...diskAndTraffic(hosting, account),
  emails: String(account.mailboxes.length),
  email_forwarders: String(account.forwarders.length),
  autoresponders: account.autoresponders.length,
  ftp: String(account.ftpAccounts.length),
  databases: String(account.databases.length),
  domains: String(account.additionalDomains.length),
  subdomains: account.subdomains.length,
  installations: account.installations.length,
});

/** Bytes as megabytes with two decimals. */
export const megabytes = (bytes: number): string => (bytes / MB).toFixed(2);

function diskAndTraffic(hosting: Hosting, account: HostingAccount): WireRecord {
  const { diskMb, bandwidthGb } = hosting.packageOf(account);
  return {
    disk_used: megabytes(diskBytes(account)),
    disk_quota: String(diskMb),
    disk_unit: 'MB',
    bw_used: (account.bandwidthBytes / GB).toFixed(2),
    bw_quota: String(bandwidthGb),
    bw_unit: 'GB',
  };
}

const orderStatus = ({ order }: HostingAccount): string => (order.endsAt === null ? 'active' : 'cancelled');
