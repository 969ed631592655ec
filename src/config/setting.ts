import type { Kind } from './kind.js';

/** Something the operator decides. Its key is its name in the configuration file. */
export interface Setting<T = unknown, Default extends T | undefined = T | undefined> {
  readonly kind: Kind<T>;
  /** Without the dashes: the key in kebab-case. */
  readonly flag?: string;
  readonly env?: string;
  /** False where the configuration file may not hold it. */
  readonly inFile?: false;
  /** The command it is for alone; it is a flag of no other. */
  readonly host?: 'http';
  /** One sentence; `code` between backticks. */
  readonly does: string;
  readonly default: Default;
  /** What holds without it, where the default does not say so. */
  readonly otherwise?: string;
}

/** An identity function; it infers what the setting holds. */
export const setting = <T, const Default extends T | undefined>(declared: Setting<T, Default>): Setting<T, Default> =>
  declared;

/** What each of a record of settings holds. */
export type ValuesOf<S> = {
  [K in keyof S]: S[K] extends { readonly kind: Kind<infer T>; readonly default: infer Default } ? T | Default : never;
};
