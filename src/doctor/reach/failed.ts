/** A step on the way that failed. */
export interface Failed {
  readonly kind: 'failed';
  readonly step: 'proxy' | 'name' | 'connection' | 'tls';
  /** Node's code (ECONNREFUSED, CERT_HAS_EXPIRED), an HTTP status of the proxy, or `late`. */
  readonly code: string;
  /** Who issued a certificate that is not trusted. */
  readonly issuer?: string | undefined;
}

interface Settle<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What `work` comes to, as a promise or by what it is handed, or why it failed. What it returns besides ends it when its
 * time is over.
 */
export function inTime<T>(
  step: Failed['step'],
  ms: number,
  work: (settle: Settle<T>) => Promise<T> | (() => void),
): Promise<T | Failed> {
  return new Promise(done => {
    let stop: (() => void) | undefined;
    const late = setTimeout(() => {
      stop?.();
      done({ kind: 'failed', step, code: 'late' });
    }, ms);
    const settle = (come: T | Failed): void => {
      clearTimeout(late);
      done(come);
    };
    const fail = (error: unknown): void => settle({ kind: 'failed', step, code: codeOf(error) });
    const begun = work({ resolve: settle, reject: fail });
    if (typeof begun === 'function') stop = begun;
    else begun.then(settle, fail);
  });
}

export function codeOf(error: unknown): string {
  // Where every address of a name failed, what the first one failed with stands for all.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  const { code } = (first ?? {}) as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : first instanceof Error ? first.message : String(first);
}
