import type { IncomingMessage } from 'node:http';
import type { Principal } from '../../guard/principal.js';
import type { Log } from '../../log.js';
import type { Observer } from '../../tools/observer.js';
import { requestFacts } from '../trace.js';
import type { Events } from './events.js';
import type { Authentication, Metrics } from './metrics.js';
import type { Refusal } from './refusal.js';

/** Who watches over what is done here: the figures, the log, and those who asked to hear of changes. */
export interface Watch {
  readonly metrics: Metrics;
  /** What watches the calls of one principal. */
  of(principal: Principal): Observer;
  /** Somebody was let in. */
  letIn(): void;
  /** A request is refused, for want of a right token where `refusal.reason` says so. */
  refused(request: IncomingMessage, refusal: Refusal): void;
}

export function createWatch(log: Log, metrics: Metrics, events: Pick<Events, 'changed'>): Watch {
  return {
    metrics,
    of: principal => ({
      ...metrics.observer,
      called(call) {
        metrics.observer.called(call);
        const { tool, outcome, durationMs } = call;
        log.info(`${tool} was called`, {
          ...ids(),
          principal: principal.name,
          tool,
          outcome,
          duration_ms: Math.round(durationMs),
        });
      },
      changed: change => events.changed(change, principal),
    }),
    letIn: () => metrics.authenticated('accepted'),
    refused(request, refusal) {
      const { reason, status, message } = refusal;
      if (reason !== undefined) metrics.rejected(reason);
      if (reason !== 'auth') return;
      const outcome = authenticationOf(refusal);
      metrics.authenticated(outcome);
      // Never the headers: the token is in them.
      log.warn('A request was not let in', { ...ids(), address: addressOf(request), status, outcome, said: message });
    },
  };
}

/** What ties a line to a request, and to what others log of it. */
function ids() {
  const { requestId, trace } = requestFacts();
  return { request_id: requestId, trace_id: trace?.id };
}

const addressOf = ({ socket }: IncomingMessage): string | undefined => socket.remoteAddress;

/** Tells apart who sent no token from who sent a wrong one, as the client is told. */
function authenticationOf({ status, headers = {} }: Refusal): Exclude<Authentication, 'accepted'> {
  if (status >= 500) return 'unavailable';
  if (status === 403) return 'forbidden';
  return /error="invalid_token"/.test(headers['WWW-Authenticate'] ?? '') ? 'invalid' : 'missing';
}
