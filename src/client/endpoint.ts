import * as z from 'zod';
import type { Effect } from './effect.js';
import { list, record, single, unwrapped, type Renamed } from './wire.js';

/** A reply with its envelope opened. For the legacy aliases without one, `meta` is empty and `data` is the body. */
export interface Reply {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly body: Readonly<Record<string, unknown>>;
}

type Fields = z.ZodObject | undefined;

/** One operation of Gigahost's REST API, as data. Everything hard about sending it lives in `request.ts`. */
export interface Endpoint<
  Path extends Fields = Fields,
  Body extends Fields = Fields,
  Out = unknown,
  Query extends Fields = Fields,
> {
  /** `operationId` of the contract. */
  readonly id: string;
  /** What it does, in words that fit after "Could not": "reboot the server". */
  readonly does: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
  readonly effect: Effect;
  /** The effect of one call where it depends on what is sent (contract `x-effect-when`); undefined: the usual one. */
  readonly effectOf?: (body: Readonly<Record<string, unknown>>) => Effect | undefined;
  /** Contract `x-idempotent`: the identical request again can do no further harm. */
  readonly repeatable: boolean;
  /** Contract `x-secret-fields`. Each of them decodes into a `Secret`, or is not decoded at all. */
  readonly secrets: readonly string[];
  readonly params?: Path;
  readonly query?: Query;
  /** Sent as JSON, or as a form where a value is an `Upload`. */
  readonly body?: Body;
  /** Whether the reply comes without `meta` and `data` (wire note 1.6). */
  readonly bare?: true;
  /** What a success carries where it is no envelope: `data` is then its text, or a `FileReply`. */
  readonly replies?: 'text' | 'file';
  /** Signs in with name and password in every request, as a bearer token is not taken (wire note 12). */
  readonly basic?: true;
  /** What a refusal with this HTTP status means for this operation, for a person. */
  readonly refusals?: Readonly<Record<number, string>>;
  /** HTTP statuses that look like a refusal and are none: the change was made (a 402 has placed the order). */
  readonly doneAllTheSame?: readonly number[];
  readonly decode: (reply: Reply) => Out;
}

/** Identity; infers the types of path parameters, body and result. */
export function defineEndpoint<
  Out,
  Path extends Fields = undefined,
  Body extends Fields = undefined,
  Query extends Fields = undefined,
>(endpoint: Endpoint<Path, Body, Out, Query>): Endpoint<Path, Body, Out, Query> {
  return endpoint;
}

export type ArgsOf<
  Path extends Fields,
  Body extends Fields,
  Query extends Fields = undefined,
> = (Path extends z.ZodObject ? { params: z.input<Path> } : unknown) &
  (Query extends z.ZodObject ? { query: z.input<Query> } : unknown) &
  (Body extends z.ZodObject ? { body: z.input<Body> } : unknown);

/** A file in a reply: in memory, or, where the caller gave a place for it, there. */
export interface FileReply {
  /** As Gigahost names it; null where it does not. A name, never a path. */
  readonly name: string | null;
  readonly mimeType: string;
  readonly bytes: Buffer;
  readonly size: number;
}

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

/** Decodes `data` that is one row of fields, each under a name of ours: see `record`. */
export const rowOf = <T extends Renamed>(fields: T) => fromData(single(record(fields)));
/** Decodes `data` that is rows of fields, bare or under one key: `{ hosting: [...] }` (wire notes 9.5 and 16). */
export const rowsOf = <T extends Renamed>(fields: T, under?: string) =>
  fromData(unwrapped(under, list(record(fields))));

/** A numeric id as one path segment: digits only, never "0" (wire notes 2.4 and 3.2). */
export const PathId = z.string().regex(/^[1-9]\d*$/);

/** What people call by a name: the inventory turns the name into this id. */
export type Referred =
  | 'server'
  | 'zone'
  | 'hosting'
  | 'user'
  | 'ssh_key'
  | 'api_key'
  | 'passkey'
  | 'client'
  | 'assigned_server'
  | 'assigned_domain'
  | 'assigned_webhosting'
  | 'system'
  | 'distribution'
  | 'agreement'
  | 'application'
  | 'installation';

/** An id in a path or a body of something that people call by a name. */
export const idOf = (refers: Referred) => PathId.meta({ refers });
/** The same of an id whose form is not documented. */
export const textOf = (refers: Referred) => z.string().min(1).meta({ refers });
