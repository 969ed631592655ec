import { AsyncLocalStorage } from 'node:async_hooks';

/** A W3C trace context that a request came with. Passed on as it came: this server adds no span of its own. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly traceparent: string;
  /** Up to 512 printable characters; absent where there is none worth passing on. */
  readonly tracestate?: string;
}

/** What a request is known by in the log. */
export interface RequestFacts {
  readonly requestId?: string;
  readonly trace?: Trace | undefined;
}

const underway = new AsyncLocalStorage<RequestFacts>();

/** Runs `work` as part of that request: whatever it logs or sends is told to be of it. */
export const inRequest = <T>(facts: RequestFacts, work: () => T): T => underway.run(facts, work);

/** Those of the request that is worked on; none outside of one. */
export const requestFacts = (): RequestFacts => underway.getStore() ?? {};

/** The same request, with the trace that an MCP message names in its `_meta`, which is nearer than that of its carrier. */
export function withTraceOf<T>(meta: Readonly<Record<string, unknown>> | undefined, work: () => T): T {
  const trace = traceOf(meta ?? {});
  return trace ? inRequest({ ...requestFacts(), trace }, work) : work();
}

/** The headers by which Gigahost hears of the trace that a request belongs to. */
export function traceHeaders(): Readonly<Record<string, string>> {
  const { trace } = requestFacts();
  if (!trace) return {};
  const { traceparent, tracestate } = trace;
  return { traceparent, ...(tracestate !== undefined && { tracestate }) };
}

const PARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
/** Of one member: a key, perhaps of a tenant, and a value that begins and ends with no blank. */
const MEMBER =
  /^[a-z0-9][a-z0-9_\-*/]{0,255}(@[a-z][a-z0-9_\-*/]{0,13})?=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;
const MOST_MEMBERS = 32;
const LONGEST_STATE = 512;

/**
 * What headers or `_meta` say under `traceparent` and `tracestate`; undefined where that is nothing, or malformed. Of a
 * version that is still to come the part that is known today is passed on.
 */
export function traceOf({ traceparent, tracestate: state }: Readonly<Record<string, unknown>>): Trace | undefined {
  if (typeof traceparent !== 'string') return undefined;
  const [, version, id, parent, flags, more] = PARENT.exec(traceparent.trim()) ?? [];
  if (id === undefined || (version === '00' && more !== undefined)) return undefined;
  const tracestate = stateOf(state);
  return { id, traceparent: `00-${id}-${parent}-${flags}`, ...(tracestate !== undefined && { tracestate }) };
}

function stateOf(state: unknown): string | undefined {
  if (typeof state !== 'string' || state.length > LONGEST_STATE) return undefined;
  const members = state
    .split(',')
    .map(member => member.trim())
    .filter(Boolean);
  const isRight = members.length > 0 && members.length <= MOST_MEMBERS && members.every(member => MEMBER.test(member));
  return isRight ? members.join(',') : undefined;
}
