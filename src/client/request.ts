import type * as z from 'zod';
import type { Authenticator, Authorization } from './auth.js';
import { answerless, decode, silence, unsent } from './classify.js';
import type { ArgsOf, Endpoint } from './endpoint.js';
import { openEnvelope } from './envelope.js';
import { GigahostError } from './errors.js';
import { openConnections, TooLarge, type Answer } from './exchange.js';
import { fillPath } from './path.js';
import { secretsIn } from './reply-secrets.js';
import { withRetry } from './retry.js';

export interface CallOptions {
  /** Ends a read at once. A change that is already on its way is never abandoned: its outcome is awaited. */
  readonly signal?: AbortSignal | undefined;
}

export type Call = <Path extends z.ZodObject | undefined, Body extends z.ZodObject | undefined, Out>(
  endpoint: Endpoint<Path, Body, Out>,
  args: ArgsOf<Path, Body>,
  options?: CallOptions,
) => Promise<Out>;

export interface TransportOptions {
  /** API root without a trailing slash, e.g. `https://api.gigahost.no/api/v0`. */
  readonly baseUrl: string;
  /**
   * Time one read may take with all its attempts, in ms, after signing in. Changes get three times as long: their answer
   * matters more than its speed.
   */
  readonly timeoutMs: number;
  readonly userAgent: string;
  /** Hears of every value in a reply that the contract marks as secret, decoded or not. */
  readonly onReplySecret?: ((value: string) => void) | undefined;
}

/**
 * The one pipeline every request goes through: build, authenticate, send with a deadline, read a bounded body,
 * open the envelope, classify, decode.
 */
export function createTransport(options: TransportOptions) {
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const connections = openConnections(base.origin);

  async function send<Path extends z.ZodObject | undefined, Body extends z.ZodObject | undefined, Out>(
    endpoint: Endpoint<Path, Body, Out>,
    args: ArgsOf<Path, Body>,
    authenticator: Authenticator | undefined,
    { signal }: CallOptions = {},
  ): Promise<Out> {
    const given = args as { params?: unknown; body?: unknown };
    const path = fillPath(endpoint.path, (endpoint.params?.parse(given.params) ?? {}) as Record<string, string>);
    const body = endpoint.body ? JSON.stringify(endpoint.body.parse(given.body)) : undefined;
    const isRead = endpoint.effect === 'read';

    const authorization = authenticator && (await unlessAborted(() => authenticator.authorize(), signal));
    const timeoutMs = isRead ? options.timeoutMs : options.timeoutMs * 3;
    const until = performance.now() + timeoutMs;
    const deadline = AbortSignal.timeout(timeoutMs);

    async function once(header: string | undefined): Promise<Out> {
      const headers = {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': options.userAgent,
        ...(header && { authorization: header }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const request = { method: endpoint.method, path: prefix + path, headers, body: body ?? null };
      const answer = await (isRead ? connections.read : connections.change)(request, { deadline, caller: signal });
      if (answer.kind === 'whole') {
        const opened = openEnvelope(answer.status, answer.contentType, answer.text, endpoint.bare);
        if (opened.kind === 'ok' && options.onReplySecret)
          secretsIn(opened.reply.body, endpoint.secrets).forEach(options.onReplySecret);
        return decode(endpoint, opened, answer.retryAfterSeconds);
      }
      if (isRead || !answer.sent) signal?.throwIfAborted();
      throw explain(endpoint, answer, deadline.aborted);
    }

    const attempt = ({ header }: Partial<Authorization> = {}) =>
      withRetry({ effect: endpoint.effect, signal, until }, () => once(header));
    try {
      return await attempt(authorization);
    } catch (error) {
      const renew = authorization?.renew;
      if (!renew || !(error instanceof GigahostError) || error.kind !== 'unauthorized') throw error;
      return attempt(await unlessAborted(renew, signal));
    }
  }

  return { send, close: connections.close };
}

function explain(
  endpoint: Pick<Endpoint, 'does' | 'effect'>,
  { sent, error }: Extract<Answer, { kind: 'broken' }>,
  late: boolean,
): GigahostError {
  if (!sent) {
    const { code } = error as { code?: unknown };
    const why = late ? ' in time' : typeof code === 'string' ? ` (${code})` : '';
    return unsent(endpoint, `no connection to Gigahost${why}`);
  }
  if (error instanceof TooLarge) return answerless(endpoint, error.message);
  return silence(endpoint, late ? 'no answer in time' : 'the connection broke before the answer was complete');
}

/** What `work` gives, unless the signal fires first. The work itself goes on, for others who may wait for it. */
async function unlessAborted<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work();
  signal.throwIfAborted();
  const settled = new AbortController();
  const left = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true, signal: settled.signal });
  });
  return Promise.race([work(), left]).finally(() => settled.abort());
}
