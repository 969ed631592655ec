/**
 * What went wrong with a request to Gigahost, as far as a caller must tell cases apart.
 *
 * | kind | when |
 * |---|---|
 * | `no_credentials` | nothing to sign in with; nothing was sent |
 * | `login_refused` | name, password or two-factor code were refused, or a new code is needed |
 * | `unauthorized`, `forbidden`, `not_found` | 401 (after one renewal), 403, 404 |
 * | `rejected` | any other 4xx |
 * | `rate_limited` | 429 |
 * | `unavailable` | no answer, or 5xx, and nothing can have changed |
 * | `outcome_unknown` | a change went out and its answer did not come back whole |
 * | `unexpected_response` | a success that cannot be decoded |
 */
export type ErrorKind =
  | 'no_credentials'
  | 'login_refused'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'rejected'
  | 'rate_limited'
  | 'unavailable'
  | 'outcome_unknown'
  | 'unexpected_response';

export interface ErrorFacts {
  /** What was attempted, in words: "reboot the server". */
  readonly operation: string;
  /** Whether the account may be different now. */
  readonly changed: 'nothing' | 'yes' | 'unknown';
  /** False when the request never left this machine; true or absent otherwise. */
  readonly sent?: boolean | undefined;
  /** True where the same is known to happen again until a setting is changed. */
  readonly lasts?: boolean | undefined;
  readonly status?: number | undefined;
  /** Upstream's own reason, or ours. One line, never a body or header, and no address but that of a proxy. */
  readonly reason?: string | undefined;
  /** What this refusal means for this operation, from the endpoint's declaration. */
  readonly hint?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** Figures beside a refusal: `meta.reason`, `required`, `balance`, `currency` (wire note 1.4). */
  readonly details?: Readonly<Record<string, string>> | undefined;
}

/** A request to Gigahost that failed. Carries facts for an explanation; never headers, bodies or addresses. */
export class GigahostError extends Error {
  override readonly name = 'GigahostError';

  constructor(
    readonly kind: ErrorKind,
    readonly facts: ErrorFacts,
    options?: ErrorOptions,
  ) {
    super(
      `${facts.operation}: ${kind}${facts.status ? ` (${facts.status})` : ''}${facts.reason ? `: ${facts.reason}` : ''}`,
      options,
    );
  }
}
