import { GigahostError } from '../../client/errors.js';
import { field } from '../../words/text.js';

export interface Step {
  /** In the imperative, without an end: "give web01". */
  readonly what: string;
  readonly run: () => Promise<unknown>;
}

/**
 * Changes one after the other until one fails: what is done stays, and is to be read back. Tells in words what is missing;
 * null where nothing is. With `alone` these are all there are: when the first fails, nothing was done and its error stands.
 */
export async function stepByStep(
  steps: readonly Step[],
  { alone }: { readonly alone: boolean },
): Promise<string | null> {
  for (const [at, { what, run }] of steps.entries()) {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof GigahostError) || (alone && at === 0)) throw error;
      const { reason, status, changed } = error.facts;
      const why = [reason && `"${field(reason)}"`, status && `status ${status}`].filter(Boolean).join(', ');
      const left = steps.slice(at + 1).map(step => step.what);
      return [
        changed === 'nothing' ? `could not ${what}` : `it is not known whether it worked to ${what}`,
        why && ` (${why})`,
        left.length > 0 && `; not tried after that: ${left.join(', ')}`,
      ]
        .filter(Boolean)
        .join('');
    }
  }
  return null;
}
