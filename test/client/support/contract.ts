import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A JSON schema of the contract, as far as it is looked at here. */
export interface Schema {
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly format?: string;
  readonly type?: string;
  readonly items?: Schema;
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly group: string;
  readonly pathParameters: readonly { readonly name: string; readonly schema: Schema }[];
  readonly query: readonly { readonly name: string; readonly required: boolean; readonly schema: Schema }[];
  /** The shapes a body may have; empty when the operation takes none. */
  readonly bodies: readonly { readonly required: readonly string[]; readonly properties: Record<string, Schema> }[];
  readonly effects: readonly string[];
  readonly idempotent: boolean;
  readonly secrets: readonly string[];
}

interface RawOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly 'x-effect': readonly string[];
  readonly 'x-idempotent': boolean;
  readonly 'x-secret-fields': readonly string[];
}

const document = parse(readFileSync(new URL('../../contract/gigahost.openapi.yaml', import.meta.url), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
};

/** Every operation of the contract by its id. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => [raw.operationId, operation(method, path, raw)] as const),
  ),
);

function operation(method: string, path: string, raw: RawOperation): Operation {
  const parameters = (raw.parameters ?? []).map(resolve).map(found => ({ ...found, schema: resolve(found.schema) }));
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    group: raw.tags[0] ?? '',
    pathParameters: parameters.filter(parameter => parameter.in === 'path'),
    query: parameters
      .filter(parameter => parameter.in === 'query')
      .map(({ required = false, ...rest }) => ({ ...rest, required })),
    bodies: Object.values(raw.requestBody?.content ?? {}).flatMap(({ schema }) => shapes(schema)),
    effects: raw['x-effect'],
    idempotent: raw['x-idempotent'],
    secrets: raw['x-secret-fields'],
  };
}

function shapes(schema: Schema): Operation['bodies'] {
  const { anyOf, allOf, required = [], properties = {} } = resolve(schema);
  if (anyOf) return anyOf.flatMap(shapes);
  const parts = [{ required, properties }, ...(allOf ?? []).flatMap(shapes)];
  return [
    {
      required: parts.flatMap(part => part.required),
      properties: Object.fromEntries(
        parts.flatMap(part => Object.entries(part.properties)).map(([name, property]) => [name, resolve(property)]),
      ),
    },
  ];
}

export function resolve<T extends { readonly $ref?: string }>(node: T): T {
  if (node.$ref === undefined) return node;
  const target = node.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
  return resolve(target as T);
}
