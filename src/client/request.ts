import type * as z from 'zod';
import type { Authenticator, Authorization } from './auth.js';
import { answerless, decode, silence, unsent } from './classify.js';
import type { ArgsOf, Endpoint } from './endpoint.js';
import { openReply } from './envelope.js';
import { GigahostError } from './errors.js';
import { openConnections, TooLarge, type Answer, type Place } from './exchange.js';
import { authorizationOf, ProxyFailure, type Route } from './route.js';
import { fillPath, queryOf } from './path.js';
import { secretsIn, secretsSent } from './marked-secrets.js';
import { withRetry } from './retry.js';
import type { Effect } from './effect.js';
import { encodeBody } from './upload.js';

export interface CallOptions {
  /** Ends a read at once. A change that is already on its way is never abandoned: its outcome is awaited. */
  readonly signal?: AbortSignal | undefined;
  /** Where a file in the reply goes instead of into memory. */
  readonly into?: Place | undefined;
}

type Fields = z.ZodObject | undefined;

export type Call = <Path extends Fields, Body extends Fields, Out, Query extends Fields>(
  endpoint: Endpoint<Path, Body, Out, Query>,
  args: ArgsOf<Path, Body, Query>,
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
  /** Most requests at the same time; further ones wait, within their deadline. Undefined for no such limit. */
  readonly mostAtOnce?: number | undefined;
  /** Undefined for the direct way, and the CAs that Node trusts. */
  readonly route?: Route | undefined;
  /** Hears of every value that the contract marks as secret, in what is sent as in what comes, decoded or not. */
  readonly onMarkedSecret?: ((value: string) => void) | undefined;
  /** Hears how every request ended, each attempt by itself. */
  readonly onSent?: ((sent: Sent) => void) | undefined;
  /** Headers that a request carries beside its own: those of whoever it is sent for. Never one of its own. */
  readonly extraHeaders?: (() => Readonly<Record<string, string>>) | undefined;
}

/** One request as it went over the wire. */
export interface Sent {
  readonly effect: Effect;
  /** HTTP status; undefined where no whole answer came. */
  readonly status: number | undefined;
  /** From 1; more is a repetition. */
  readonly attempt: number;
}

/** How many times as long a file may take. */
const FILE_PATIENCE = 20;

/**
 * The one pipeline every request goes through: build, authenticate, send with a deadline, read a bounded body,
 * open the envelope, classify, decode.
 */
export function createTransport(options: TransportOptions) {
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const connections = openConnections(base.origin, options.mostAtOnce, options.route);
  const hear = (value: string): void => options.onMarkedSecret?.(value);
  const { proxy } = options.route ?? {};
  if (proxy) authorizationOf(proxy)?.secrets.forEach(hear);

  async function send<Path extends Fields, Body extends Fields, Out, Query extends Fields>(
    endpoint: Endpoint<Path, Body, Out, Query>,
    args: ArgsOf<Path, Body, Query>,
    authenticator: Authenticator | undefined,
    { signal, into }: CallOptions = {},
  ): Promise<Out> {
    const given = args as { params?: unknown; query?: unknown; body?: unknown };
    const path =
      fillPath(endpoint.path, (endpoint.params?.parse(given.params) ?? {}) as Record<string, string>) +
      queryOf(endpoint.query?.parse(given.query) ?? {});
    const body = endpoint.body && (await encodeBody(endpoint.body.parse(given.body)));
    const isRead = endpoint.effect === 'read';
    // What signs in is heard of where it is kept.
    if (authenticator) secretsSent(given.body, endpoint.secrets).forEach(hear);

    const authorization =
      authenticator &&
      (await unlessAborted(() => (endpoint.basic ? authenticator.basic() : authenticator.authorize()), signal));
    const timeoutMs = options.timeoutMs * (endpoint.replies === 'file' ? FILE_PATIENCE : isRead ? 1 : 3);
    const until = performance.now() + timeoutMs;
    const deadline = AbortSignal.timeout(timeoutMs);

    async function once(header: string | undefined, attempt: number): Promise<Out> {
      const headers = {
        ...options.extraHeaders?.(),
        accept: endpoint.replies ? '*/*' : 'application/json',
        'accept-encoding': 'identity',
        'user-agent': options.userAgent,
        ...(header && { authorization: header }),
        ...(body && { 'content-type': body.type }),
      };
      const request = { method: endpoint.method, path: prefix + path, headers, body: body?.body ?? null };
      const answer = await (isRead ? connections.read : connections.change)(request, {
        deadline,
        caller: signal,
        into,
      });
      const status = answer.kind === 'whole' ? answer.status : undefined;
      options.onSent?.({ effect: endpoint.effect, status, attempt });
      if (answer.kind === 'whole') {
        const opened = openReply(answer, endpoint);
        if (opened.kind === 'ok') secretsIn(opened.reply.body, endpoint.secrets).forEach(hear);
        return decode(endpoint, opened, answer.retryAfterSeconds);
      }
      if (isRead || !answer.sent) signal?.throwIfAborted();
      throw explain(endpoint, answer, deadline.aborted);
    }

    const attempt = ({ header }: Partial<Authorization> = {}) =>
      withRetry({ effect: endpoint.effect, signal, until }, number => once(header, number));
    try {
      return await attempt(authorization);
    } catch (error) {
      if (!authorization || !isUnauthorized(error)) throw error;
      const { renew } = authorization;
      const renewed = renew && (await unlessAborted(renew, signal));
      if (!renewed) throw refusedFor(error, authorization);
      return await attempt(renewed).catch((again: unknown) => {
        throw isUnauthorized(again) ? refusedFor(again, renewed) : again;
      });
    }
  }

  return { send, close: connections.close };
}

const isUnauthorized = (error: unknown): error is GigahostError =>
  error instanceof GigahostError && error.kind === 'unauthorized';

const refusedFor = ({ kind, facts }: GigahostError, { ifRefused }: Authorization): GigahostError =>
  new GigahostError(kind, { ...facts, hint: ifRefused ?? facts.hint });

function explain(
  endpoint: Pick<Endpoint, 'does' | 'effect'>,
  { sent, error }: Extract<Answer, { kind: 'broken' }>,
  late: boolean,
): GigahostError {
  if (error instanceof ProxyFailure) return unsent(endpoint, error.message, error.mayPass);
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
