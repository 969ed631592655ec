import * as z from 'zod';
import type { Endpoint, Reply } from './endpoint.js';
import type { Opened } from './envelope.js';
import { GigahostError, type ErrorFacts, type ErrorKind } from './errors.js';

type Sent<Out> = Pick<Endpoint, 'does' | 'effect' | 'refusals' | 'doneAllTheSame'> & {
  readonly decode: (reply: Reply) => Out;
};

/** What an answer means for the operation: its decoded result, or the error that says what happened. */
export function decode<Out>(endpoint: Sent<Out>, opened: Opened, retryAfterSeconds: number | undefined): Out {
  const fail = failureOf(endpoint);
  if (opened.kind === 'unreadable') throw answerless(endpoint, `Gigahost answered with ${opened.reason}`);
  if (opened.kind === 'refused') {
    const { status, reason, details } = opened;
    const { kind, changed } = endpoint.doneAllTheSame?.includes(status)
      ? ({ kind: 'rejected', changed: 'yes' } as const)
      : refusal(status, endpoint.effect === 'read');
    throw fail(kind, { changed, status, reason, details, hint: endpoint.refusals?.[status], retryAfterSeconds });
  }
  try {
    return endpoint.decode(opened.reply);
  } catch (error) {
    if (error instanceof GigahostError) throw error;
    const where = error instanceof z.ZodError ? error.issues[0]?.path.join('.') : undefined;
    const reason = `the answer has an unexpected shape${where ? ` at ${where}` : ''}`;
    throw fail('unexpected_response', { changed: endpoint.effect === 'read' ? 'nothing' : 'yes', reason });
  }
}

/** An answer came, but it says nothing that can be understood: of a change it is unknown whether it was made. */
export const answerless = (endpoint: Pick<Endpoint, 'does' | 'effect'>, reason: string): GigahostError =>
  endpoint.effect === 'read'
    ? failureOf(endpoint)('unexpected_response', { changed: 'nothing', reason })
    : failureOf(endpoint)('outcome_unknown', { changed: 'unknown', reason });

/** No whole answer came back. */
export const silence = (endpoint: Pick<Endpoint, 'does' | 'effect'>, reason: string): GigahostError =>
  endpoint.effect === 'read'
    ? failureOf(endpoint)('unavailable', { changed: 'nothing', reason })
    : failureOf(endpoint)('outcome_unknown', { changed: 'unknown', reason });

/** The request never left: safe to repeat whatever it does. `mayPass`: whether that is of any use. */
export const unsent = (endpoint: Pick<Endpoint, 'does'>, reason: string, mayPass = true): GigahostError =>
  failureOf(endpoint)('unavailable', { changed: 'nothing', sent: false, reason, ...(!mayPass && { lasts: true }) });

function refusal(status: number, isRead: boolean): { kind: ErrorKind; changed: ErrorFacts['changed'] } {
  if (status === 401) return { kind: 'unauthorized', changed: 'nothing' };
  if (status === 403) return { kind: 'forbidden', changed: 'nothing' };
  if (status === 404) return { kind: 'not_found', changed: 'nothing' };
  if (status === 429) return { kind: 'rate_limited', changed: 'nothing' };
  if (status < 300 || (status >= 400 && status < 500 && status !== 408)) {
    return { kind: 'rejected', changed: 'nothing' };
  }
  return isRead ? { kind: 'unavailable', changed: 'nothing' } : { kind: 'outcome_unknown', changed: 'unknown' };
}

const failureOf = (endpoint: { readonly does: string }) => (kind: ErrorKind, facts: Omit<ErrorFacts, 'operation'>) =>
  new GigahostError(kind, { ...facts, operation: endpoint.does });
