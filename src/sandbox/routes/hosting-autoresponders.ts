import { autoresponderDetail, autoresponderRow } from '../encode/hosting-mail.js';
import { done, invalidData, notFound, ok, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import type { Autoresponder, HostingAccount } from '../world/hosting-records.js';
import { isAddressOf, localPart } from './hosting-mailboxes.js';
import { takeWhere } from '../world/take.js';
import { hostingRoute } from './hosting-route.js';

export const hostingAutoresponderRoutes: Route[] = [
  hostingRoute('GET', '/autoresponders', account =>
    ok({ autoresponders: account.autoresponders.map(autoresponder => autoresponderRow(account, autoresponder)) }),
  ),
  hostingRoute('POST', '/autoresponders', createAutoresponder),
  hostingRoute('GET', '/autoresponders/:email', (account, call) => {
    const found = autoresponderAt(account, call);
    return found ? ok(autoresponderDetail(account, found)) : notFound();
  }),
  hostingRoute('PUT', '/autoresponders/:email', updateAutoresponder),
  hostingRoute('DELETE', '/autoresponders/:email', (account, { param }) => {
    const gone = takeWhere(account.autoresponders, ({ user }) => isAddressOf(account, user, param('email')));
    return gone ? done('Autoresponder has been deleted.') : notFound();
  }),
];

const autoresponderAt = (account: HostingAccount, { param }: Call): Autoresponder | undefined =>
  account.autoresponders.find(({ user }) => isAddressOf(account, user, param('email')));

function createAutoresponder(account: HostingAccount, { body }: Call): Reply {
  const user = localPart(body.user);
  const wording = wordingFrom(body);
  if (user === null || wording === null) return invalidData();
  if (account.autoresponders.some(existing => existing.user === user))
    return refused(400, 'Autoresponder already exists.');
  account.autoresponders.push({ user, subject: '', text: '', copyToSender: false, replyOnce: '1d', ...wording });
  return done('Autoresponder has been created.', []);
}

// Whether fields left out keep their value is not known; here they do, and `user` in the body changes nothing.
function updateAutoresponder(account: HostingAccount, call: Call): Reply {
  const found = autoresponderAt(account, call);
  const wording = wordingFrom(call.body);
  if (!found) return notFound();
  if (wording === null) return invalidData();
  Object.assign(found, wording);
  return done('Autoresponder has been updated.', []);
}

/** The fields that a request gives, or null when one of them is of the wrong kind. */
function wordingFrom(body: Call['body']): Partial<Autoresponder> | null {
  const { subject, text, cc, reply_once_time: replyOnce } = body;
  if ([subject, text, replyOnce].some(value => value !== undefined && typeof value !== 'string')) return null;
  if (cc !== undefined && cc !== 'ON' && cc !== 'OFF') return null;
  return {
    ...(typeof subject === 'string' && { subject }),
    ...(typeof text === 'string' && { text }),
    ...(typeof replyOnce === 'string' && { replyOnce }),
    ...(cc !== undefined && { copyToSender: cc === 'ON' }),
  };
}
