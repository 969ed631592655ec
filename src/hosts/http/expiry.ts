import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identity } from './identity.js';
import { isStream } from './limits.js';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A stream that is open for as long as the client wants is over with the token that opened it. A call is not: it ends by itself. */
export function endWithToken(request: IncomingMessage, response: ServerResponse, { auth }: Identity): void {
  if (!isStream(request) || auth?.expiresAt === undefined) return;
  const left = Math.min(Math.max(0, auth.expiresAt * 1000 - Date.now()), LONGEST_TIMER_MS);
  const timer = setTimeout(() => response.destroy(), left).unref();
  response.once('close', () => clearTimeout(timer));
}
