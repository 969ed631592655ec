import type { Session } from '../tools/run.js';

/** The most that the protocol lets an answer hold. */
const MOST_COMPLETIONS = 100;

/**
 * Those of the values that fit what was typed: first those that begin with it, then those that hold it elsewhere; letter
 * case does not matter. Only values that can be shown as they are: cleaned, the others would name nothing, and what they
 * name answers to an id or address.
 */
export async function completions(
  values: readonly string[],
  typed: string,
  scrub: Session['scrubber']['scrub'],
): Promise<string[]> {
  const { field } = await import('../words/text.js');
  return fitting(
    values.filter(value => scrub(field(value)) === value),
    typed,
  );
}

function fitting(values: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  const holding = values.filter(value => value.toLowerCase().includes(wanted));
  const [beginning, elsewhere] = [true, false].map(begins =>
    holding.filter(value => value.toLowerCase().startsWith(wanted) === begins),
  );
  return [...(beginning ?? []), ...(elsewhere ?? [])].slice(0, MOST_COMPLETIONS);
}
