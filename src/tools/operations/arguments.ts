import * as z from 'zod';
import type { Endpoint, Referred } from '../../client/endpoint.js';
import { isOptional } from '../explain-arguments.js';

export type Place = 'params' | 'query' | 'body';

/** One argument of an operation, as a caller names it. */
export interface Argument {
  readonly name: string;
  readonly place: Place;
  /** Its name on the wire. */
  readonly wire: string;
  readonly schema: z.ZodType;
  readonly optional: boolean;
}

const PLACES: readonly Place[] = ['params', 'query', 'body'];

/** The path names a thing by its kind where people call it by a name; everything else keeps its name. */
export const argumentsOf = (endpoint: Endpoint): readonly Argument[] =>
  PLACES.flatMap(place =>
    Object.entries(endpoint[place]?.shape ?? {}).map(([wire, declared]) => {
      const schema = declared as z.ZodType;
      const refers = place === 'params' ? refersOf(schema) : undefined;
      return { name: refers ?? wire, place, wire, schema, optional: isOptional(schema) };
    }),
  );

/** The schema within what makes it optional. */
export function innerOf(schema: z.ZodType): z.ZodType {
  const { def } = schema as unknown as { def: { type: string; innerType?: z.ZodType } };
  return def.innerType && ['optional', 'nullable', 'default', 'prefault', 'readonly'].includes(def.type)
    ? innerOf(def.innerType)
    : schema;
}

export const refersOf = (schema: z.ZodType): Referred | undefined =>
  innerOf(schema).meta()?.['refers'] as Referred | undefined;

export const isFile = (schema: z.ZodType): boolean => innerOf(schema).meta()?.['isFile'] === true;

export const describedAs = (schema: z.ZodType): string | undefined => schema.description ?? innerOf(schema).description;

/** Where the secrets are among what is sent: `password`, `ftp.pass`. */
export const secretPathsOf = ({ secrets }: Endpoint): ReadonlySet<string> =>
  new Set(secrets.flatMap(path => (path.startsWith('request.') ? [path.slice('request.'.length)] : [])));

/** Whether a secret is one that the caller sets, rather than one that Gigahost or somebody else gave out. */
export const canBeMadeUp = (path: string): boolean => /(^|_)password$|^new$/.test(path.split('.').at(-1) ?? '');

/** How a secret can be given, for whoever is to give it: made up here, typed in by the person unseen, from a file, or as it is. */
export const secretForms = (path: string): string =>
  `${canBeMadeUp(path) ? '{"generate": true}, ' : ''}{"ask": true}, {"file": "/path"} or text`;

/** What stands at one place among the arguments. */
export interface Leaf {
  readonly schema: z.ZodType;
  /** Its way from the argument on: `ftp.pass`, `ssh_keys.0`. */
  readonly path: string;
  readonly refers: Referred | undefined;
  readonly isFile: boolean;
}

/** Changes what stands at each place; objects and lists are walked through unless `change` has an answer for them. */
export async function walk(
  declared: z.ZodType,
  value: unknown,
  path: string,
  change: (leaf: Leaf, value: unknown) => Promise<{ readonly value: unknown } | undefined>,
): Promise<unknown> {
  const schema = innerOf(declared);
  const changed = await change({ schema, path, refers: refersOf(schema), isFile: isFile(schema) }, value);
  if (changed) return changed.value;
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    const { element } = schema as z.ZodArray<z.ZodType>;
    return Promise.all(value.map((entry, index) => walk(element, entry, `${path}.${index}`, change)));
  }
  if (schema instanceof z.ZodObject && typeof value === 'object' && value !== null) {
    const { shape } = schema as z.ZodObject<Record<string, z.ZodType>>;
    const entries = Object.entries(value).map(async ([name, entry]) => [
      name,
      Object.hasOwn(shape, name) && shape[name]
        ? await walk(shape[name], entry, `${path}.${name}`, change)
        : (entry as unknown),
    ]);
    return Object.fromEntries(await Promise.all(entries)) as unknown;
  }
  return value;
}
