import { passwordFits } from '../auth/caller.js';
import { invalidData, refused, type Reply } from '../http/reply.js';
import type { Call, Route } from '../http/route.js';
import { randomHex } from '../random.js';
import { quotedSeconds } from '../wire.js';

export const authenticateRoutes: Route[] = [
  { method: 'POST', path: '/authenticate', access: 'open', newer: false, handle: signIn },
];

function signIn({ world, body }: Call): Reply {
  const { username, password, code } = body;
  if (typeof username !== 'string' || typeof password !== 'string') return invalidData();
  if (!passwordFits(world, username, password)) return refused(401, 'Invalid username or password.');
  const { twoFactorCode, tokenTtlSeconds } = world.settings;
  // A code sent as a number has lost its leading zeros and does not fit.
  if (twoFactorCode !== null && String(code) !== twoFactorCode()) return refused(401, 'Invalid two-factor code.');

  const token = { secret: randomHex(64), expiresAt: world.now() + tokenTtlSeconds * 1000 };
  world.tokens.push(token);
  world.tokensIssued += 1;
  return {
    status: 200,
    top: { success: true },
    meta: {},
    data: { token: token.secret, token_expire: quotedSeconds(token.expiresAt), customer_id: world.account.id },
  };
}
