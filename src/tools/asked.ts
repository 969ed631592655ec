import type * as z from 'zod';
import type { Ask, Filled } from '../guard/asks.js';
import type { Plan } from '../guard/plan.js';
import { inWords } from './explain-arguments.js';
import type { ChangeTool } from './tool.js';

/** Arguments that may answer what a plan asks for. */
type Given = Readonly<Record<string, unknown>>;

/** What a plan asks for and arguments gave. */
export const givenOf = ({ asks }: Plan, given: Given): Filled =>
  Object.fromEntries(
    (asks ?? []).flatMap(({ name, kind }) =>
      kind !== 'secret' && typeof given[name] === 'string' ? [[name, given[name]]] : [],
    ),
  );

/** What was filled in, checked by the schemas of the arguments it stands for. */
export function asTaken(
  filled: Filled,
  asks: readonly Ask[],
  { input }: ChangeTool,
): { readonly filled: Filled } | { readonly problem: string } {
  const taken: Record<string, string> = {};
  const problems = asks.flatMap(({ name, required, choices }): string[] => {
    const value = filled[name];
    if (value === undefined) return required ? [`${name} is missing`] : [];
    if (choices && !choices.includes(value)) return [`${name} must be one of ${choices.join(', ')}`];
    const parsed = (input.shape[name] as z.ZodType | undefined)?.safeParse(value, { error: inWords });
    if (parsed?.success === false) return parsed.error.issues.map(({ message }) => `${name} ${message}`);
    taken[name] = typeof parsed?.data === 'string' ? parsed.data : value;
    return [];
  });
  return problems.length > 0 ? { problem: problems.join('; ') } : { filled: taken };
}

/** What is wrong with one value of an argument, to be read after its name. */
export const problemOf = ({ input }: ChangeTool, name: string, value: string): string | undefined =>
  (input.shape[name] as z.ZodType | undefined)?.safeParse(value, { error: inWords }).error?.issues[0]?.message;

/** A secret that was given as an argument is hidden from now on, wherever it comes back. */
export function concealGiven({ asks = [] }: Plan, given: Given, conceal: (secret: string) => void): void {
  for (const { name, kind } of asks) {
    const value = given[name];
    if (kind === 'secret' && typeof value === 'string') conceal(value);
  }
}

/** Arguments for the record, where some are not to be kept: those of another tool may lie within them. */
export function withoutValues<T>(args: T, names: readonly string[] = []): T {
  if (Array.isArray(args)) return args.map(entry => withoutValues<unknown>(entry, names)) as T;
  if (typeof args !== 'object' || args === null) return args;
  const entries = Object.entries(args).map(([name, value]) => [
    name,
    names.includes(name) ? '[not kept]' : withoutValues<unknown>(value, names),
  ]);
  return Object.fromEntries(entries) as T;
}
