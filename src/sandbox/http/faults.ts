/** A way in which a request can go wrong. "Acts" means that the operation is carried out all the same. */
export type Fault =
  /** Destroys the socket, either before acting or after it. */
  | { kind: 'drop'; when: 'before' | 'after' }
  /** Answers with this status; acts first only when asked to. */
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string; acts?: boolean }
  /** Acts, then sends half of the JSON under the full content-length and closes. */
  | { kind: 'truncate' }
  /** Acts, then answers 200 with a body that is not JSON. */
  | { kind: 'garbage' }
  /** Acts, then answers 200 without a body. */
  | { kind: 'empty' }
  /** Acts, then answers 200 with a body that trickles on for ever. */
  | { kind: 'endless' }
  /** Acts, then sends megabytes as fast as it can until the peer hangs up. */
  | { kind: 'flood' }
  /** Waits before acting, the default, or between acting and answering. */
  | { kind: 'delay'; ms: number; when?: 'before' | 'after' }
  /** Does not act; answers with this JSON. */
  | { kind: 'reply'; body: unknown; status?: number };

/** Which requests go wrong, how, and how often: once unless `times` says otherwise (Infinity is allowed). */
export interface Misbehaviour {
  method?: string;
  path?: RegExp;
  times?: number;
  fault: Fault;
}

export class FaultPlan {
  readonly #rules: { rule: Misbehaviour; left: number }[] = [];

  add(rule: Misbehaviour): void {
    this.#rules.push({ rule, left: rule.times ?? 1 });
  }

  /** The fault for a request, or null; counts as one use of its rule. Older rules come first. */
  take(method: string, path: string): Fault | null {
    const entry = this.#rules.find(({ rule, left }) => left > 0 && fits(rule, method, path));
    if (!entry) return null;
    entry.left -= 1;
    return entry.rule.fault;
  }
}

/** Whether a request has that method and a path the pattern finds something in. */
export function fits(
  rule: { method?: string | undefined; path?: RegExp | undefined },
  method: string,
  path: string,
): boolean {
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
  // A global or sticky pattern would remember its position from one request to the next.
  return rule.path === undefined || path.search(rule.path) !== -1;
}
