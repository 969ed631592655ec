import { addressOf, forwarderRow, mailboxRow } from '../encode/hosting-mail.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { isWhole } from '../input.js';
import type { HostingAccount, Mailbox } from '../world/hosting-records.js';
import { takeWhere } from '../world/take.js';
import { hostingRoute, textFrom } from './hosting-route.js';

export const hostingMailboxRoutes: Route[] = [
  hostingRoute('GET', '/emails', account => ok({ emails: account.mailboxes.map(box => mailboxRow(account, box)) })),
  hostingRoute('POST', '/emails', createMailbox),
  hostingRoute('PUT', '/emails/:email/password', setPassword),
  hostingRoute('PUT', '/emails/:email/quota', setQuota),
  hostingRoute('DELETE', '/emails/:email', deleteMailbox),
  hostingRoute('GET', '/email-forwarders', account =>
    ok({ forwarders: account.forwarders.map(forwarder => forwarderRow(account, forwarder)) }),
  ),
  hostingRoute('POST', '/email-forwarders', createForwarder),
  hostingRoute('PUT', '/email-forwarders/:user', updateForwarder),
  hostingRoute('DELETE', '/email-forwarders/:user', deleteForwarder),
];

/** The part before the @ in a request body, in lower case, or null. */
export function localPart(value: unknown): string | null {
  const text = textFrom(value);
  return text !== null && /^[a-z0-9._+-]+$/i.test(text) ? text.toLowerCase() : null;
}

/** Whether a complete address from the path is that of a user of the account. */
export const isAddressOf = (account: HostingAccount, user: string, address: string): boolean =>
  addressOf(account, user) === address.toLowerCase();

const mailboxAt = (account: HostingAccount, { param }: Call): Mailbox | undefined =>
  account.mailboxes.find(({ user }) => isAddressOf(account, user, param('email')));

function createMailbox(account: HostingAccount, { body }: Call): Reply {
  const [user, password] = [localPart(body.email), textFrom(body.password)];
  const { quota = 0 } = body;
  if (user === null || password === null || !isWhole(quota, 0)) return invalidData();
  if (account.mailboxes.some(mailbox => mailbox.user === user)) return refused(400, 'Email account already exists.');
  account.mailboxes.push({ user, password, quotaMb: quota, usedBytes: 0 });
  return done('Email account has been created.', []);
}

function setPassword(account: HostingAccount, call: Call): Reply {
  const mailbox = mailboxAt(account, call);
  const password = textFrom(call.body.password);
  if (!mailbox) return notFound();
  if (password === null) return invalidData();
  mailbox.password = password;
  return done('Password has been changed.', []);
}

function setQuota(account: HostingAccount, call: Call): Reply {
  const mailbox = mailboxAt(account, call);
  const { quota } = call.body;
  if (!mailbox) return notFound();
  if (!isWhole(quota, 0)) return invalidData();
  mailbox.quotaMb = quota;
  return done('Quota has been changed.', []);
}

function deleteMailbox(account: HostingAccount, { param }: Call): Reply {
  const gone = takeWhere(account.mailboxes, ({ user }) => isAddressOf(account, user, param('email')));
  return gone ? done('Email account has been deleted.') : notFound();
}

/** Targets given as an array or as one text with commas; null when one of them is no address. */
function destinationsFrom(value: unknown): string[] | null {
  const targets: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  const texts = targets.map(target => (typeof target === 'string' ? target.trim() : ''));
  return texts.length > 0 && texts.every(text => /^[^@\s]+@[^@\s]+$/.test(text)) ? texts : null;
}

// "Forwarding address" may mean the whole of it or the part before the @ that creation takes: both will do.
const isForwarder = (account: HostingAccount, user: string, named: string): boolean =>
  user === named.toLowerCase() || isAddressOf(account, user, named);

function createForwarder(account: HostingAccount, { body }: Call): Reply {
  const [user, destinations] = [localPart(body.user), destinationsFrom(body.destinations)];
  if (user === null || destinations === null) return invalidData();
  if (account.forwarders.some(forwarder => forwarder.user === user)) return refused(400, 'Forwarder already exists.');
  account.forwarders.push({ user, destinations });
  return done('Forwarder has been created.', []);
}

function updateForwarder(account: HostingAccount, { body, param }: Call): Reply {
  const forwarder = account.forwarders.find(({ user }) => isForwarder(account, user, param('user')));
  const destinations = destinationsFrom(body.destinations);
  if (!forwarder) return notFound();
  if (destinations === null) return invalidData();
  forwarder.destinations = destinations;
  return done('Forwarder has been updated.', []);
}

function deleteForwarder(account: HostingAccount, { param }: Call): Reply {
  const gone = takeWhere(account.forwarders, ({ user }) => isForwarder(account, user, param('user')));
  return gone ? done('Forwarder has been deleted.') : notFound();
}
