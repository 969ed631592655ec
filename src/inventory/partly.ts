import { GigahostError } from '../client/errors.js';

/** What came of several reads. Null stands for what could not be read, and `not_read` names it with the reason. */
export interface Partly<T> {
  readonly found: { readonly [K in keyof T]: T[K] | null };
  readonly not_read: readonly string[];
}

/**
 * Several reads of which each is worth having without the others. A read that gives null came in a form unknown here.
 * @throws the first failure where all of them failed, unless `orNone`.
 */
export async function partly<T extends object>(
  reads: { readonly [K in keyof T]: Promise<T[K]> },
  { orNone = false } = {},
): Promise<Partly<T>> {
  const names = Object.keys(reads);
  const results = await Promise.allSettled(Object.values<Promise<unknown>>(reads));
  const failures = results.flatMap(result => (result.status === 'rejected' ? [result.reason as Error] : []));
  const fault = failures.find(error => !(error instanceof GigahostError));
  const [first] = failures;
  if (fault) throw fault;
  if (first && !orNone && failures.length === results.length) throw first;
  const not_read = results.flatMap((result, index) => {
    const why = result.status === 'rejected' ? whyNot(result.reason) : result.value === null ? 'unknown form' : null;
    return why === null ? [] : [`${names[index]?.replaceAll('_', ' ')} (${why})`];
  });
  const found = Object.fromEntries(
    results.map((result, index) => [names[index] ?? '', result.status === 'fulfilled' ? result.value : null]),
  );
  return { found: found as Partly<T>['found'], not_read };
}

function whyNot(error: unknown): string {
  if (!(error instanceof GigahostError)) return 'failed';
  if (error.kind === 'forbidden' || error.kind === 'unauthorized') return 'not permitted';
  return error.facts.status === undefined ? 'no answer' : `status ${error.facts.status}`;
}

/** What could not be read, in words; false where all was. */
export const unread = (not_read: readonly string[]): string | false =>
  not_read.length > 0 &&
  `Not read: ${not_read.join(', ')}. That does not mean that there is none; a web hosting operation shows Gigahost’s own reply.`;
