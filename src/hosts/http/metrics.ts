import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Observer } from '../../tools/observer.js';
import type { Rejection } from './refusal.js';

/** What a request's authentication came to; `unavailable`: whoever could tell was not reached. */
export type Authentication = 'accepted' | 'missing' | 'invalid' | 'forbidden' | 'unavailable';

/** Figures of this process in the way of Prometheus. No label takes a value that a caller makes up. */
export interface Metrics {
  /** Counts what is done for anybody: principals are no label. */
  readonly observer: Omit<Observer, 'changed'>;
  authenticated(outcome: Authentication): void;
  rejected(reason: Rejection): void;
  /** The MIME type of `text`. */
  readonly contentType: string;
  text(): Promise<string>;
}

const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** `tools`: the names of the catalogue; a call of any other counts as "other". */
export function createMetrics(tools: readonly string[]): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const known = new Set(tools);
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: `gigahost_mcp_${name}_total`, help, labelNames, registers });
  const calls = counter('calls', 'Calls of tools', ['tool', 'effect', 'outcome']);
  const confirmations = counter('confirmations', 'What asking a person came to', ['outcome']);
  const requests = counter('upstream_requests', 'Requests to Gigahost, each attempt by itself', ['effect', 'status']);
  const retries = counter('upstream_retries', 'Requests to Gigahost that repeat one before', ['effect']);
  const authentications = counter('authentications', 'Requests by what their authentication came to', ['outcome']);
  const rejections = counter('rejections', 'Requests that were not taken', ['reason']);
  const seconds = new Histogram({
    name: 'gigahost_mcp_call_duration_seconds',
    help: 'How long calls of tools took, questions to a 2025-era client included',
    labelNames: ['effect'],
    buckets: SECONDS,
    registers,
  });

  return {
    observer: {
      called({ tool, effect, outcome, durationMs }) {
        calls.inc({ tool: known.has(tool) ? tool : 'other', effect, outcome });
        seconds.observe({ effect }, durationMs / 1000);
      },
      confirmed: outcome => confirmations.inc({ outcome }),
      sent({ effect, status, attempt }) {
        requests.inc({ effect, status: classOf(status) });
        if (attempt > 1) retries.inc({ effect });
      },
    },
    authenticated: outcome => authentications.inc({ outcome }),
    rejected: reason => rejections.inc({ reason }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

/** "2xx"; "none" where no answer came. */
const classOf = (status: number | undefined): string =>
  status === undefined ? 'none' : status >= 100 && status < 600 ? `${Math.floor(status / 100)}xx` : 'other';
