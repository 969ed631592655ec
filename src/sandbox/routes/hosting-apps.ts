import { appRow, installationRow, installedLogin } from '../encode/hosting-apps.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { randomPassword } from '../random.js';
import { cleanPath } from '../world/file-tree.js';
import { documentRoot } from '../world/hosting-account.js';
import { freeDatabaseName, putInPlace, takeAway } from '../world/hosting-apps.js';
import type { HostingAccount, HostingApp, Installation } from '../world/hosting-records.js';
import { fits } from '../world/hosting-usage.js';
import { quotaExceeded } from './hosting-file-changes.js';
import { takeWhere } from '../world/take.js';
import { hostingRoute, textFrom } from './hosting-route.js';

export const hostingAppRoutes: Route[] = [
  hostingRoute('GET', '/installations', listInstallations),
  hostingRoute('GET', '/apps/available', (_, { world }) => ok({ apps: world.hosting.apps.map(appRow) })),
  hostingRoute('POST', '/install', install),
  installationRoute('POST', '/update', update),
  installationRoute('DELETE', '', uninstall),
];

/** What a route below an installation works on. */
export interface Installed {
  readonly account: HostingAccount;
  readonly app: HostingApp;
  readonly installation: Installation;
}

/** A route below /webhosting/:id/install/:installId: answers 404 when there is no such installation. */
export function installationRoute(
  method: string,
  tail: string,
  handle: (installed: Installed, call: Call) => Reply,
): Route {
  return hostingRoute(method, `/install/:installId${tail}`, (account, call) => {
    const installation = account.installations.find(({ id }) => id === call.param('installId'));
    const app = installation && call.world.hosting.app(installation.appId);
    return app ? handle({ account, app, installation }, call) : notFound();
  });
}

/** The refusal while something else is being done with an installation, or null. */
export const busy = ({ state }: Installation): Reply | null =>
  state === 'installed' ? null : refused(400, 'Another operation is in progress.');

function listInstallations({ installations }: HostingAccount, { world }: Call): Reply {
  return ok({
    installations: installations.flatMap(installation => {
      const app = world.hosting.app(installation.appId);
      return app ? [installationRow(installation, app)] : [];
    }),
  });
}

function install(account: HostingAccount, { world, body }: Call): Reply {
  const { hosting } = world;
  const appId = textFrom(body.app);
  const wanted = wishesFrom(account, world.account.email, body);
  if (appId === null || wanted === null) return invalidData();
  const app = hosting.app(appId);
  if (!app) return notFound();
  if (account.installations.some(({ folder }) => folder === wanted.folder))
    return refused(400, 'An application is already installed in this folder.');
  if (!fits(hosting, account, app.coreBytes)) return quotaExceeded();

  const installation: Installation = {
    ...wanted,
    id: world.nextId(),
    appId: app.id,
    version: app.version,
    title: wanted.title || app.name,
    database: freeDatabaseName(account, app.databaseSuffix),
    installedAt: world.now(),
    state: 'installing',
    coreBytes: app.coreBytes,
    backups: [],
  };
  account.installations.push(installation);
  hosting.after(world.settings.installMs, at => {
    if (!account.installations.includes(installation)) return;
    putInPlace(account, app, installation, at);
    installation.state = 'installed';
  });
  return ok(installedLogin(installation), { message: 'Application is being installed.' });
}

type Wishes = Pick<Installation, 'domain' | 'path' | 'folder' | 'title' | 'adminUser' | 'adminPassword' | 'adminEmail'>;

/** Where to install and for whom, with every default filled in; null when something is no text or leads nowhere. */
function wishesFrom(account: HostingAccount, accountEmail: string, body: Call['body']): Wishes | null {
  const {
    domain = account.domain,
    path = '/',
    site_title: title = '',
    admin_username: adminUser = 'admin',
    admin_password: adminPassword = randomPassword(),
    admin_email: adminEmail = accountEmail,
  } = body;
  if (typeof domain !== 'string' || typeof path !== 'string' || typeof title !== 'string') return null;
  if (typeof adminUser !== 'string' || typeof adminPassword !== 'string' || typeof adminEmail !== 'string') return null;
  const [root, below] = [documentRoot(account, domain), cleanPath(path)];
  if (root === null || below === null) return null;
  const folder = below === '/' ? root : root + below;
  return { domain, path: below, folder, title, adminUser, adminPassword, adminEmail };
}

function update({ app, installation }: Installed, { world }: Call): Reply {
  if (installation.version === app.version) return refused(400, 'Application is already up to date.');
  const refusal = busy(installation);
  if (refusal) return refusal;
  installation.state = 'updating';
  world.hosting.after(world.settings.installMs, () => {
    installation.version = app.version;
    installation.state = 'installed';
  });
  return done('Application is being updated.', []);
}

function uninstall({ account, app, installation }: Installed): Reply {
  takeWhere(account.installations, candidate => candidate === installation);
  takeAway(account, app, installation);
  return done('Application has been removed.');
}
