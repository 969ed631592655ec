import { InputError } from './input-error.js';
import { some } from './some.js';

export interface Kind<T> {
  /** In the singular and the plural: "SSH key", "SSH keys". */
  readonly nouns: readonly [one: string, many: string];
  readonly idOf: (row: T) => string;
  /** Everything a person may call it, the usual name first. */
  readonly namesOf: (row: T) => readonly (string | null)[];
}

/** The one row that is called so: by its id or by one of its names, whole; letter case does not matter.
 * @throws {InputError} with the candidates when none or several are. */
export function theOne<T>(reference: string, rows: readonly T[], { nouns: [one, many], idOf, namesOf }: Kind<T>): T {
  const wanted = reference.trim().toLowerCase();
  const wordsOf = (row: T): string[] =>
    [idOf(row), ...namesOf(row)].flatMap(word => (word ? [word.toLowerCase()] : []));
  const called = (row: T): string => `${namesOf(row).find(Boolean) ?? one} (id ${idOf(row)})`;
  const found = rows.filter(row => wordsOf(row).includes(wanted));
  if (found.length === 1) return found[0] as T;
  if (found.length > 1)
    throw new InputError(`"${reference}" matches ${found.length} ${many}: ${some(found.map(called))}. Use an id.`);
  if (rows.length === 0) throw new InputError(`There is no ${one} called "${reference}": this account has none.`);
  const alike = rows.filter(row => wordsOf(row).some(word => word.includes(wanted)));
  throw new InputError(
    `There is no ${one} called "${reference}". ${alike.length > 0 ? `Did you mean ${some(alike.map(called))}?` : `There are: ${some(rows.map(called))}.`}`,
  );
}
