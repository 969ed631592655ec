/** Why a configuration file was left as it is. */
export type Why =
  /** Line and column begin at 1. */
  | { readonly kind: 'unparsable'; readonly line: number; readonly column: number; readonly what: string }
  /** What stands under that key (none: at the root) is no table of servers. */
  | { readonly kind: 'no table'; readonly key: string | undefined }
  /** An entry of that name starts another program. */
  | { readonly kind: 'taken'; readonly name: string; readonly starts: string }
  /** It says something twice, or in a way that cannot be edited without changing what it says. */
  | { readonly kind: 'not editable' }
  | { readonly kind: 'not text' }
  /** The list of what setup changed does not hold that. */
  | { readonly kind: 'list lost'; readonly file: string }
  /** A link that leads nowhere, a file without rights, a folder that cannot be written; `code` is Node's. */
  | { readonly kind: 'out of reach'; readonly code: string };

/** Nothing was changed. */
export class Refusal extends Error {
  constructor(readonly why: Why) {
    super(`configuration file left as it is: ${why.kind}`);
    this.name = 'Refusal';
  }
}
