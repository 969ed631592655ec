import { permits } from '../auth/permissions.js';
import { hostingDetail, hostingRow, hostingStats } from '../encode/hosting.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { monthsLater } from '../times.js';
import { idFrom } from '../wire.js';
import { newHostingAccount, usernameFor } from '../world/hosting-account.js';
import { pointToHosting } from '../world/hosting-dns.js';
import { creditOpenInvoices, upgradeCost } from '../world/hosting-orders.js';
import type { HostingAccount } from '../world/hosting-records.js';
import { diskBytes, MB } from '../world/hosting-usage.js';
import { issueInvoice } from '../world/invoice.js';
import { HOSTING_ADDRESSES } from '../world/own-addresses.js';
import { hostingRoute, textFrom } from './hosting-route.js';

const PERIODS: readonly unknown[] = [1, 3, 6, 12];

export const hostingRoutes: Route[] = [
  { method: 'GET', path: '/webhosting', access: 'webhosting', handle: listHosting },
  { method: 'POST', path: '/webhosting', access: 'webhosting', handle: orderHosting },
  hostingRoute('GET', '', (account, { world }) => ok({ hosting: hostingDetail(world.hosting, account) })),
  hostingRoute('PUT', '', changePackage),
  hostingRoute('DELETE', '/cancel', cancelHosting),
  hostingRoute('GET', '/stats', (account, { world }) => ok({ stats: hostingStats(world.hosting, account) })),
];

function listHosting({ world, caller }: Call): Reply {
  const visible = world.hosting.accounts.filter(
    ({ id }) => caller !== null && permits(caller, 'webhosting', 'GET', id),
  );
  return ok({ hosting: visible.map(account => hostingRow(world.hosting, account)) });
}

function orderHosting({ world, body }: Call): Reply {
  const { hosting } = world;
  const [zoneId, productId] = [idFrom(body.zone_id), idFrom(body.product_id)];
  const { billing_period: months, update_dns: updateDns = 0 } = body;
  if (zoneId === null || productId === null || typeof months !== 'number' || !PERIODS.includes(months))
    return invalidData();
  if (updateDns !== 0 && updateDns !== 1) return invalidData();
  const zone = world.dns.zones.find(({ id }) => id === zoneId);
  const product = hosting.packages.find(({ id }) => id === productId);
  if (!zone || !product) return notFound();
  const { accounts } = hosting;
  if (accounts.some(({ domain }) => domain === zone.name))
    return refused(400, 'Web hosting already exists for this domain.');

  const now = world.now();
  const orderId = world.nextId();
  const account = newHostingAccount({
    id: world.nextId(),
    domain: zone.name,
    username: usernameFor(
      zone.name,
      accounts.map(({ username }) => username),
    ),
    packageId: product.id,
    createdAt: now,
    address: HOSTING_ADDRESSES[2],
    order: {
      id: orderId,
      number: String(100_000 + Number(orderId)),
      months,
      renewsAt: monthsLater(now, months),
      endsAt: null,
    },
  });
  account.active = false;
  hosting.add(account);
  if (updateDns === 1) pointToHosting(zone, account, now);
  issueInvoice(world, { net: product.monthly * months, paid: false, order: account.order });
  hosting.after(world.settings.installMs, () => (account.active = true));
  const { id, domain, username } = account;
  const message = 'Web hosting has been ordered. Login details are sent by e-mail.';
  return { ...ok({ message, hosting_id: Number(id), domain, username }), status: 201 };
}

function changePackage(account: HostingAccount, { world, body }: Call): Reply {
  const { hosting } = world;
  const productId = idFrom(body.product_id);
  if (productId === null || productId === account.packageId) return invalidData();
  const target = hosting.packages.find(({ id }) => id === productId);
  if (!target) return notFound();
  if (diskBytes(account) > target.diskMb * MB) return refused(400, 'Disk usage exceeds the quota of the package.');
  const cost = upgradeCost(account, world.now(), hosting.packageOf(account).monthly, target.monthly);
  account.packageId = target.id;
  if (cost > 0) issueInvoice(world, { net: cost, paid: false, order: account.order });
  return done('Web hosting package has been changed.', []);
}

function cancelHosting(account: HostingAccount, { world, body }: Call): Reply {
  const { reason, early_termination: early = false } = body;
  if (textFrom(reason) === null || typeof early !== 'boolean') return invalidData();
  if (early) {
    world.hosting.remove(account);
    return done('Web hosting has been cancelled.', []);
  }
  if (account.order.endsAt !== null) return refused(400, 'Web hosting has already been cancelled.');
  account.order.endsAt = account.order.renewsAt;
  creditOpenInvoices(world, account.order);
  return done('Web hosting will be cancelled on the next billing date.', []);
}
