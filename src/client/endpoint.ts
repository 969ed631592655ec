import * as z from 'zod';
import type { Effect } from './effect.js';

/** A reply with its envelope opened. For the legacy aliases without one, `meta` is empty and `data` is the body. */
export interface Reply {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly body: Readonly<Record<string, unknown>>;
}

type Fields = z.ZodObject | undefined;

/** One operation of Gigahost's REST API, as data. Everything hard about sending it lives in `request.ts`. */
export interface Endpoint<Path extends Fields = Fields, Body extends Fields = Fields, Out = unknown> {
  /** `operationId` of the contract. */
  readonly id: string;
  /** What it does, in words that fit after "Could not": "reboot the server". */
  readonly does: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
  readonly effect: Effect;
  /** Contract `x-idempotent`: the identical request again can do no further harm. */
  readonly repeatable: boolean;
  /** Contract `x-secret-fields`. Each of them decodes into a `Secret`, or is not decoded at all. */
  readonly secrets: readonly string[];
  readonly params?: Path;
  readonly body?: Body;
  /** Whether the reply comes without `meta` and `data` (wire note 1.6). */
  readonly bare?: true;
  /** What a refusal with this HTTP status means for this operation, for a person. */
  readonly refusals?: Readonly<Record<number, string>>;
  readonly decode: (reply: Reply) => Out;
}

/** Identity; infers the types of path parameters, body and result. */
export function defineEndpoint<Out, Path extends Fields = undefined, Body extends Fields = undefined>(
  endpoint: Endpoint<Path, Body, Out>,
): Endpoint<Path, Body, Out> {
  return endpoint;
}

export type ArgsOf<Path extends Fields, Body extends Fields> = (Path extends z.ZodObject
  ? { params: z.input<Path> }
  : unknown) &
  (Body extends z.ZodObject ? { body: z.input<Body> } : unknown);

/** Decodes `data` with a schema. */
export const fromData =
  <T extends z.ZodType>(schema: T) =>
  (reply: Reply): z.output<T> =>
    schema.parse(reply.data);

/** For operations whose success carries nothing: missing, null, [] and {} are alike (wire note 1.1). */
export const nothing = (): void => undefined;

/** The field where it is filled in first: in `meta`, beside it, in `data` (wire note 1.5). */
export function anywhere(reply: Reply, field: string): unknown {
  const data = (reply.data ?? {}) as Record<string, unknown>;
  return [reply.meta, reply.body, data].map(place => place[field]).find(value => (value ?? '') !== '');
}

/** A numeric id as one path segment: digits only, never "0" (wire notes 2.4 and 3.2). */
export const PathId = z.string().regex(/^[1-9]\d*$/);
