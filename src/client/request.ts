import { Pool, type Dispatcher } from 'undici';
import * as z from 'zod';
import type { Authenticator } from './auth.js';
import type { ArgsOf, Endpoint, Reply } from './endpoint.js';
import { openEnvelope, type Opened } from './envelope.js';
import { GigahostError, type ErrorFacts, type ErrorKind } from './errors.js';
import { fillPath } from './path.js';
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
  /** Time one read may take, in ms. Changes get three times as long: their answer matters more than its speed. */
  readonly timeoutMs: number;
  readonly userAgent: string;
}

/** Four base64 pictures fit several times over; anything larger is not an answer of this API. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
const CONNECTIONS = 6;
/** Failures of undici and the network that prove nothing was sent. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

interface Wire {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly text: string;
}

/**
 * The one pipeline every request goes through: build, authenticate, send with a deadline, read a bounded body,
 * classify, open the envelope, decode. The only file that imports undici.
 */
export function createTransport(options: TransportOptions) {
  const base = new URL(options.baseUrl);
  const pool = new Pool(base.origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    connect: { timeout: 10_000 },
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_BODY_BYTES,
  });
  const prefix = base.pathname.replace(/\/$/, '');

  async function exchange(
    endpoint: Endpoint,
    path: string,
    body: string | undefined,
    authorization: string | undefined,
    caller?: AbortSignal,
  ): Promise<Wire> {
    const isRead = endpoint.effect === 'read';
    const deadline = AbortSignal.timeout(isRead ? options.timeoutMs : options.timeoutMs * 3);
    const request: Dispatcher.RequestOptions = {
      method: endpoint.method,
      path: prefix + path,
      headers: {
        accept: 'application/json',
        'user-agent': options.userAgent,
        ...(authorization && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body ?? null,
      signal: isRead && caller ? AbortSignal.any([caller, deadline]) : deadline,
    };
    try {
      const response = await pool.request(request);
      const text = await response.body.text();
      return {
        status: response.statusCode,
        contentType: first(response.headers['content-type']),
        retryAfterSeconds: retryAfter(first(response.headers['retry-after'])),
        text,
      };
    } catch (error) {
      caller?.throwIfAborted();
      throw silence(endpoint, error, deadline);
    }
  }

  async function send<Path extends z.ZodObject | undefined, Body extends z.ZodObject | undefined, Out>(
    endpoint: Endpoint<Path, Body, Out>,
    args: ArgsOf<Path, Body>,
    authenticator: Authenticator | undefined,
    { signal }: CallOptions = {},
  ): Promise<Out> {
    const given = args as { params?: unknown; body?: unknown };
    const path = fillPath(endpoint.path, (endpoint.params?.parse(given.params) ?? {}) as Record<string, string>);
    const body = endpoint.body ? JSON.stringify(endpoint.body.parse(given.body)) : undefined;
    signal?.throwIfAborted();
    return withRetry(endpoint.effect, signal, async () => {
      let token = await authenticator?.authorize(signal);
      let wire = await exchange(endpoint, path, body, token?.header, signal);
      let opened = openEnvelope(wire.status, wire.contentType, wire.text, endpoint.bare);
      if (opened.kind === 'refused' && opened.status === 401 && token?.renew) {
        token = await token.renew(signal);
        wire = await exchange(endpoint, path, body, token.header, signal);
        opened = openEnvelope(wire.status, wire.contentType, wire.text, endpoint.bare);
      }
      return decode(endpoint, opened, wire);
    });
  }

  return { send, close: () => pool.close(), destroy: () => pool.destroy() };
}

type Decoded<Out> = Pick<Endpoint, 'does' | 'effect' | 'refusals'> & { readonly decode: (reply: Reply) => Out };

function decode<Out>(endpoint: Decoded<Out>, opened: Opened, wire: Wire): Out {
  const fail = failureOf(endpoint);
  if (opened.kind === 'unreadable') {
    throw endpoint.effect === 'read'
      ? fail('unexpected_response', { changed: 'nothing', reason: `Gigahost answered with ${opened.reason}` })
      : fail('outcome_unknown', { changed: 'unknown', reason: `Gigahost answered with ${opened.reason}` });
  }
  if (opened.kind === 'refused') {
    const { kind, changed } = refusal(opened.status, endpoint.effect === 'read');
    const { status, reason, details } = opened;
    const hint = endpoint.refusals?.[status];
    throw fail(kind, { changed, status, reason, details, hint, retryAfterSeconds: wire.retryAfterSeconds });
  }
  try {
    return endpoint.decode(opened.reply);
  } catch (error) {
    const where = error instanceof z.ZodError ? error.issues[0]?.path.join('.') : undefined;
    const reason = `the answer has an unexpected shape${where ? ` at ${where}` : ''}`;
    throw fail('unexpected_response', { changed: endpoint.effect === 'read' ? 'nothing' : 'yes', reason });
  }
}

function refusal(status: number, isRead: boolean): { kind: ErrorKind; changed: ErrorFacts['changed'] } {
  if (status === 401) return { kind: 'unauthorized', changed: 'nothing' };
  if (status === 403) return { kind: 'forbidden', changed: 'nothing' };
  if (status === 404) return { kind: 'not_found', changed: 'nothing' };
  if (status === 429) return { kind: 'rate_limited', changed: 'nothing' };
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'rejected', changed: 'nothing' };
  return isRead ? { kind: 'unavailable', changed: 'nothing' } : { kind: 'outcome_unknown', changed: 'unknown' };
}

/** No whole answer came back: says whether the request left at all, and what that means. */
function silence(endpoint: Endpoint, error: unknown, deadline: AbortSignal): GigahostError {
  const code = (error as { code?: unknown }).code;
  const fail = failureOf(endpoint);
  if (typeof code === 'string' && (BEFORE_SENDING.has(code) || code.startsWith('ERR_TLS') || code.includes('CERT'))) {
    return fail('unavailable', { changed: 'nothing', sent: false, reason: `no connection to Gigahost (${code})` });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    const facts = { reason: `the answer was larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB` };
    return endpoint.effect === 'read'
      ? fail('unexpected_response', { ...facts, changed: 'nothing' })
      : fail('outcome_unknown', { ...facts, changed: 'unknown' });
  }
  const reason = deadline.aborted ? 'no answer in time' : 'the connection broke before the answer was complete';
  return endpoint.effect === 'read'
    ? fail('unavailable', { changed: 'nothing', reason })
    : fail('outcome_unknown', { changed: 'unknown', reason });
}

const failureOf = (endpoint: { readonly does: string }) => (kind: ErrorKind, facts: Omit<ErrorFacts, 'operation'>) =>
  new GigahostError(kind, { ...facts, operation: endpoint.does });

const first = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
