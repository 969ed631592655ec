/** Something that the person behind a call gives directly: it passes through no conversation and is kept nowhere. */
export interface Ask {
  /** The argument that gives it where the person cannot be asked; whoever is given that is not asked. */
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly kind: 'text' | 'email' | 'choice';
  /** Of a `choice`. */
  readonly choices?: readonly string[];
  readonly required: boolean;
}

/** What was given, by the names of the asks: filled in, or as arguments. Checked like arguments. */
export type Filled = Readonly<Record<string, string>>;

/** Those of a plan's asks that no argument answers. */
export const openAsks = (asks: readonly Ask[] | undefined, given: Readonly<Record<string, unknown>>): readonly Ask[] =>
  (asks ?? []).filter(({ name }) => given[name] === undefined);

export const mustBeAsked = (asks: readonly Ask[]): boolean => asks.some(({ required }) => required);

/** Shorter ones stand in ordinary text by chance. */
const SHORTEST = 3;

/** A text about what became of a call, without what a person gave of themselves: Gigahost may quote it in a refusal. */
export function withoutPersonal(text: string, values: Iterable<string>): string {
  const parts = [...new Set(values)].filter(({ length }) => length >= SHORTEST).sort((a, b) => b.length - a.length);
  if (parts.length === 0) return text;
  const any = parts.map(part => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu'), '[not kept]');
}
