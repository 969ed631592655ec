import { activityRow } from '../encode/activity.js';
import { done, invalidData, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { Account, Contact } from '../world/records.js';
import { adminRoute, ownRoute } from './people-guards.js';
import { isEmail, isFlag, isPlain } from '../input.js';

const ACTIVITY_ROWS = 100;

export const accountSettingsRoutes: Route[] = [
  adminRoute('PUT', '/account', updateAccount),
  adminRoute('GET', '/account/activity', listActivity, 'no-api-keys'),
  adminRoute('PUT', '/account/notifications', updateNotifications),
  adminRoute('POST', '/account/email', changeEmail),
  ownRoute('PUT', '/account/language', setLanguage),
  adminRoute('DELETE', '/account/delete', closeAccount),
];

const POSTAL_FIELDS = {
  cust_address: 'address',
  cust_address2: 'address2',
  cust_zipcode: 'zip',
  cust_city: 'city',
  cust_province: 'province',
  cust_country: 'country',
  cust_billing_email: 'billingEmail',
  cust_billing_email2: 'billingEmail2',
} as const satisfies Record<string, keyof Account>;

function updateAccount({ world, body }: Call, self: Contact): Reply {
  const changes: Partial<Account> = {};
  for (const [field, property] of Object.entries(POSTAL_FIELDS)) {
    const value = body[field];
    if (value === undefined) continue;
    const isAddress = property === 'billingEmail' || property === 'billingEmail2';
    if (!isPlain(value) || (isAddress && value !== '' && !isEmail(value))) return invalidData();
    changes[property] = value;
  }
  Object.assign(world.account, changes);
  world.people.log(self, 'Account details updated.');
  return done('Account has been updated.', []);
}

function listActivity({ world }: Call): Reply {
  return ok(world.people.activity.slice(-ACTIVITY_ROWS).reverse().map(activityRow));
}

function updateNotifications({ world, body }: Call, self: Contact): Reply {
  const flags = [
    body.cust_newsletter,
    body.cust_incident,
    body.cust_bandwidth_notification,
    body.cust_email_on_login,
    body.cust_notify_service_renewal,
  ];
  if (!flags.every(isFlag)) return invalidData();
  const [newsletter, incident, bandwidth, login, renewal] = flags.map(flag => flag === 1);
  Object.assign(world.account.notifications, { newsletter, incident, bandwidth, login, renewal });
  world.people.log(self, 'Notification preferences updated.');
  return done('Notification preferences have been updated.');
}

/** Two stages: an address starts the change, the hash e-mailed to it completes the change. */
function changeEmail({ world, body }: Call, self: Contact): Reply {
  const { account, people } = world;
  if (body.hash === undefined) {
    if (!isEmail(body.email)) return invalidData();
    if (people.contactNamed(body.email)) return refused(400, 'Email address is already in use.');
    people.sendLink(self, 'account-email', body.email, 'Confirm your new e-mail address');
    return done('A verification e-mail has been sent.', []);
  }
  const redeemed = people.redeem(body.hash, 'account-email');
  if (!redeemed) return invalidData();
  // The account's e-mail is a sign-in name too: the contact who had it gets the new one.
  const owner = people.contactNamed(account.email);
  if (owner) owner.username = redeemed.email;
  account.email = redeemed.email;
  people.log(self, `Account e-mail changed to ${redeemed.email}.`);
  return { ...done('E-mail address has been changed.', []), status: 201 };
}

function setLanguage({ body: { contact_language: language } }: Call, self: Contact): Reply {
  if (language !== 'no' && language !== 'en') return invalidData();
  self.language = language;
  return done('Language has been updated.', {});
}

function closeAccount({ world }: Call): Reply {
  const { account, people, servers, hosting, invoices } = world;
  if (servers.length > 0) return refused(400, 'Account has existing services (Servers).');
  if (hosting.accounts.length > 0) return refused(400, 'Account has existing services (Web hosting).');
  if (invoices.some(({ paid }) => !paid)) return refused(400, 'Account has unpaid invoices.');
  const wiped = [account.sshKeys, account.passkeys, account.contacts, people.apiKeys, people.clients, world.tokens];
  for (const list of wiped) list.length = 0;
  return done('Account has been deleted.', []);
}
