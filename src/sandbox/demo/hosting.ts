import { randomPassword } from '../random.js';
import type { HostingPopulation } from '../world/hosting.js';
import { newHostingAccount } from '../world/hosting-account.js';
import { backedUp, writeAppFiles } from '../world/hosting-apps.js';
import { backUpSite } from '../world/hosting-backups.js';
import type { HostingAccount, HostingApp, Installation, Mailbox } from '../world/hosting-records.js';
import { MB } from '../world/hosting-usage.js';
import { HOSTING_ADDRESSES } from '../world/own-addresses.js';
import { HOSTING_APPS, HOSTING_PACKAGES } from './hosting-catalog.js';
import { addErrorLog, addPictures } from './hosting-files.js';
import { DAY } from '../times.js';

/** The web hosting of the demo account: the roaster's own site, and a shop that hardly began. */
export const hosting = (now: number): HostingPopulation => ({
  accounts: [roaster(now), subscriptions(now)],
  packages: structuredClone(HOSTING_PACKAGES),
  apps: structuredClone(HOSTING_APPS),
});

function roaster(now: number): HostingAccount {
  const createdAt = now - 790 * DAY;
  const account = newHostingAccount({
    id: '4101',
    domain: 'fjordkaffe.no',
    username: 'fjordkaf',
    packageId: '6102',
    createdAt,
    address: HOSTING_ADDRESSES[0],
    order: { id: '4871', number: '100087', months: 12, renewsAt: now + 305 * DAY, endsAt: null },
  });
  account.bandwidthBytes = 18_400 * MB;
  account.additionalDomains = ['kaffekurs.example'];
  account.subdomains = ['meny'];
  account.mailboxes = [
    mailbox('post', 2048, 812 * MB),
    mailbox('ingrid', 4096, 2230 * MB),
    mailbox('faktura', 1024, 154 * MB),
  ];
  account.forwarders = [{ user: 'salg', destinations: ['ingrid@fjordkaffe.no', 'jonas@example.no'] }];
  account.dkim.enabled = true;
  account.ftpAccounts = [{ username: 'deploy', password: randomPassword(), path: '/wp-content/themes' }];
  account.certificate = {
    hostnames: ['fjordkaffe.no', 'www.fjordkaffe.no'],
    keySize: 'secp384r1',
    serial: '04a7c19be2635d08f1',
    issuedAt: now - 69 * DAY,
    expiresAt: now + 21 * DAY,
  };
  account.files.remove('/public_html/index.html');
  account.files.write('/public_html/meny/index.html', '<!doctype html>\n<title>Meny</title>\n', now - 120 * DAY);
  account.files.makeFolder('/domains/kaffekurs.example/public_html', now - 300 * DAY);
  addWordPress(account, now);
  addErrorLog(account.files, now);
  account.backups = [backUpSite(account, now - 6 * DAY)];
  return account;
}

function addWordPress(account: HostingAccount, now: number): void {
  const app = wordPress();
  const installation: Installation = {
    id: '3401',
    appId: app.id,
    version: '6.8.2',
    domain: account.domain,
    path: '/',
    folder: '/public_html',
    title: 'Fjordkaffe',
    adminUser: 'ingrid',
    adminPassword: randomPassword(),
    adminEmail: 'ingrid@fjordkaffe.no',
    database: 'fjordkaf_wp',
    installedAt: now - 780 * DAY,
    state: 'installed',
    coreBytes: app.coreBytes,
    backups: [],
  };
  const database = { name: 'fjordkaf_wp', password: randomPassword(16), sizeBytes: 46 * MB };
  account.databases.push(database);
  writeAppFiles(account.files, app, installation, database.password, now - 60 * DAY);
  addPictures(account.files, now);
  account.backupLocations = [
    {
      id: '12',
      type: 'sftp',
      host: 'backup01.fjordkaffe.example',
      port: 22,
      user: 'webbackup',
      password: randomPassword(18),
      path: '/srv/backup/web',
    },
  ];
  installation.backups = [
    {
      id: '8801',
      createdAt: now - 13 * DAY,
      version: '6.8.1',
      locationId: 'local',
      ...backedUp(account, app, installation),
    },
  ];
  account.installations.push(installation);
}

/** Nearly empty, but one mailbox has filled the small package. */
function subscriptions(now: number): HostingAccount {
  const account = newHostingAccount({
    id: '4102',
    domain: 'kaffe-abonnement.no',
    username: 'kaffeabo',
    packageId: '6101',
    createdAt: now - 75 * DAY,
    address: HOSTING_ADDRESSES[1],
    order: { id: '4872', number: '100088', months: 3, renewsAt: now + 16 * DAY, endsAt: null },
  });
  account.bandwidthBytes = 310 * MB;
  account.mailboxes = [mailbox('hei', 0, 978 * MB)];
  return account;
}

const mailbox = (user: string, quotaMb: number, usedBytes: number): Mailbox => ({
  user,
  password: randomPassword(),
  quotaMb,
  usedBytes,
});

function wordPress(): HostingApp {
  const app = HOSTING_APPS.find(({ id }) => id === 'wordpress');
  if (!app) throw new Error('No application wordpress.');
  return app;
}
