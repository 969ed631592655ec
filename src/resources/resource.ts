import type { Client } from '../client/index.js';
import type { Picture } from '../client/pictures.js';
import type { Journal } from '../guard/journal.js';
import type { Inventory } from '../inventory/index.js';
import type { Toolset } from '../toolsets.js';

/** All that a resource may use. */
export interface ResourceContext {
  readonly client: Client;
  readonly inventory: Inventory;
  readonly journal: Journal;
  /** Aborts when the host stops waiting. */
  readonly signal: AbortSignal;
}

/** What reading gives: a value to be sent as JSON, a picture, or a file as it is. */
export type Content =
  | { readonly kind: 'json'; readonly value: object }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'file'; readonly file: { readonly mimeType: string; readonly bytes: Buffer } };

export type Variables = Readonly<Record<string, string>>;

/** Something a host reads by its URI. `{name}` segments make a family of them, a resource template. */
export interface Resource {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly uri: `gigahost://${string}`;
  /** It can be read where a tool of this set is on. */
  readonly toolset: Toolset;
  /** Undefined where only reading tells, as for a picture. */
  readonly mimeType?: string;
  /** How long a host may keep what it read, in seconds. */
  readonly freshSeconds: number;
  /** The members of the family worth listing. */
  readonly list?: (context: ResourceContext) => Promise<readonly Listed[]>;
  /** Values of each variable; which of them fit what was typed is decided by the caller. */
  readonly complete?: Readonly<Record<string, (context: ResourceContext) => Promise<readonly string[]>>>;
  /** @throws {InputError} when there is no such thing; {GigahostError} when it cannot be read. */
  readonly read: (context: ResourceContext, variables: Variables) => Promise<Content>;
}

export interface Listed {
  readonly uri: string;
  readonly name: string;
  readonly title: string;
}

export const json = (value: object): Content => ({ kind: 'json', value });
