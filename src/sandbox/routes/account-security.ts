import { passwordFits } from '../auth/caller.js';
import { codeFits } from '../auth/two-factor.js';
import { done, invalidData, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { randomPassword } from '../random.js';
import type { Contact } from '../world/records.js';
import type { World } from '../world/world.js';
import { ownRoute } from './people-guards.js';
import { isText } from '../input.js';

const SHORTEST_PASSWORD = 8;
const LEAKED = new Set(['password', 'password1', 'passord123', '12345678', '123456789', 'qwerty123', 'sommer2026']);

export const accountSecurityRoutes: Route[] = [
  ownRoute('POST', '/account/password', changePassword),
  ownRoute('POST', '/account/2fa', setTwoFactor),
  ownRoute('POST', '/account/validate', validateEmail),
  { method: 'POST', path: '/account/reset', access: 'open', handle: resetPassword },
];

// That these are refused with 400 is documented, their wording is not.
function changePassword({ world, body }: Call, self: Contact): Reply {
  const { current, new: wanted } = body;
  if (!isText(current) || !isText(wanted)) return invalidData();
  if (!passwordFits(self, current)) return refused(400, 'Current password is not correct.');
  if (wanted.length < SHORTEST_PASSWORD) return refused(400, 'Password is too weak.');
  if (LEAKED.has(wanted.toLowerCase())) return refused(400, 'Password has been leaked.');
  setPassword(world, self, wanted);
  world.people.log(self, 'Password changed.');
  return { ...done('Password has been changed.', []), status: 201 };
}

/** Sessions begun with the old password end with it; API keys stay. */
export function setPassword(world: World, contact: Contact, password: string): void {
  contact.password = password;
  endSessions(world, contact);
}

export function endSessions({ tokens, people }: World, contact: Contact): void {
  const others = tokens.filter(({ contactId }) => people.contact(contactId) !== contact);
  tokens.splice(0, tokens.length, ...others);
}

function setTwoFactor({ world, body: { type, code } }: Call, self: Contact): Reply {
  if ((type !== 'enable' && type !== 'disable') || !/^\d{1,6}$/.test(String(code))) return invalidData();
  // Nothing in the API hands out a secret to enrol: whoever has none cannot have a code that fits.
  const secret = type === 'enable' ? self.pendingTwoFactorSecret : self.twoFactorSecret;
  if (secret === null || !codeFits(world, secret, code)) return refused(400, 'Invalid two-factor code.');
  self.twoFactorSecret = type === 'enable' ? secret : null;
  self.pendingTwoFactorSecret = null;
  world.people.log(self, `Two-factor authentication ${type}d.`);
  return done(`Two-factor authentication has been ${type}d.`, []);
}

function validateEmail({ world, body: { hash } }: Call): Reply {
  const redeemed = world.people.redeem(hash, 'contact');
  if (!redeemed) return invalidData();
  redeemed.contact.active = true;
  world.people.log(redeemed.contact, 'E-mail address confirmed.');
  return done('E-mail address has been confirmed.', {});
}

/** Two stages. The first answers the same for every name, known or not; the second e-mails a new password. */
function resetPassword({ world, body }: Call): Reply {
  const { people } = world;
  if (body.hash === undefined) {
    if (!isText(body.username)) return invalidData();
    const contact = people.contactNamed(body.username);
    if (contact) people.sendLink(contact, 'password-reset', contact.username, 'Reset your password');
    return done('If the account exists, an e-mail has been sent.', []);
  }
  const redeemed = body.stage === '2' ? people.redeem(body.hash, 'password-reset') : null;
  if (!redeemed) return invalidData();
  const password = randomPassword();
  setPassword(world, redeemed.contact, password);
  people.send(redeemed.email, 'Your new password', { password });
  people.log(redeemed.contact, 'Password reset.');
  return done('A new password has been sent.', []);
}
