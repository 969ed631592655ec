import { contactFor } from '../auth/caller.js';
import { invalidData, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { randomHex } from '../random.js';
import { quotedSeconds } from '../wire.js';

export const authenticateRoutes: Route[] = [
  { method: 'POST', path: '/authenticate', access: 'open', newer: false, handle: signIn },
];

function signIn({ world, body, ip }: Call): Reply {
  const { username, password, code } = body;
  if (typeof username !== 'string' || typeof password !== 'string') return invalidData();
  const contact = contactFor(world, username, password);
  if (!contact) return refused(401, 'Invalid username or password.');
  const { twoFactorCode, tokenTtlSeconds } = world.settings;
  const asksForCode = twoFactorCode !== null && contact.twoFactorSecret !== null;
  // A code sent as a number has lost its leading zeros and does not fit.
  if (asksForCode && String(code) !== twoFactorCode()) return refused(401, 'Invalid two-factor code.');

  const token = { secret: randomHex(64), expiresAt: world.now() + tokenTtlSeconds * 1000, contactId: contact.id };
  world.tokens.push(token);
  world.tokensIssued += 1;
  world.people.log(contact, `Signed in from ${ip}.`);
  return {
    status: 200,
    top: { success: true },
    meta: {},
    data: { token: token.secret, token_expire: quotedSeconds(token.expiresAt), customer_id: world.account.id },
  };
}
