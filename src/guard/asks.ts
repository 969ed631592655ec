/** Something that the person behind a call gives directly: it passes through no conversation and is kept nowhere. */
export interface Ask {
  /** The argument that gives it where the person cannot be asked; whoever is given that is not asked. */
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  /** A `secret` is never asked in a form, which clients show and keep: see `Links`. */
  readonly kind: 'text' | 'email' | 'choice' | 'secret';
  /** Of a `choice`. */
  readonly choices?: readonly string[];
  readonly required: boolean;
}

/** What was given, by the names of the asks: filled in, or as arguments. Checked like arguments. */
export type Filled = Readonly<Record<string, string>>;

/** A page of ours that the person is to open. */
export interface Link {
  readonly url: string;
  readonly message: string;
}

/** What the person made of a page: opening it is not yet filling it in. */
export type Sight = 'seen' | 'declined' | 'dismissed';

/**
 * How the person behind a call is brought to a page where they type in a secret.
 * - `wait`: shown, and their answer waited for (a 2025-era client).
 * - `return`: the call ends with the link; the client calls again with the answer (2026-07-28).
 * - `type`: no page is needed, they type it at the terminal, unseen; undefined where they did not want to.
 * - `none`: the answer of the tool has to name the link.
 *
 * `waitMs`: how long the call waits for a page that was seen to be filled in.
 */
export type Links =
  | { readonly kind: 'wait'; readonly waitMs: number; show(link: Link): Promise<Sight | 'none'> }
  | { readonly kind: 'return'; readonly waitMs: number; answered(name: string): Sight | undefined }
  | { readonly kind: 'type'; ask(what: string): Promise<string | undefined> }
  | { readonly kind: 'none' };

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
