import type * as z from 'zod';
import type { Client } from '../client/index.js';
import type { Effect } from '../client/effect.js';
import type { Plan } from '../guard/plan.js';
import type { SecretDelivery } from '../guard/secrets.js';
import type { Lookup } from '../inventory/forward.js';
import type { Inventory } from '../inventory/index.js';
import type { Said } from '../words/blocks.js';

export const TOOLSETS = ['servers', 'billing', 'account'] as const;
export type Toolset = (typeof TOOLSETS)[number];

/** What goes beside the text: a picture, or a pointer to a resource. */
export type Attachment =
  | { readonly type: 'image'; readonly name: string; readonly data: string; readonly mimeType: string }
  | { readonly type: 'resource_link'; readonly uri: string; readonly name: string; readonly mimeType?: string };

/** All that a tool may use. */
export interface ToolContext {
  readonly client: Client;
  readonly inventory: Inventory;
  readonly secrets: SecretDelivery;
  readonly lookup: Lookup;
  /** Aborts when the caller leaves. Reads take it; a change under way is never abandoned. */
  readonly signal: AbortSignal;
  /** How long this caller may be kept waiting when it does not say, in seconds. */
  readonly patienceSeconds: number;
  /** Tells a waiting caller how far it is; `done` of `total` are in any unit. */
  readonly progress: (message: string, done?: number, total?: number) => Promise<void>;
  readonly attach: (attachment: Attachment) => void;
}

interface Described<In extends z.ZodObject, Out extends z.ZodObject> {
  /** verb_noun; the file's name in kebab-case. */
  readonly name: string;
  readonly title: string;
  /** What a model chooses by. One to three sentences. */
  readonly description: string;
  readonly toolset: Toolset;
  readonly input: In;
  /** The fields of `structuredContent`; always a loose object, so that one more field breaks no client. */
  readonly output: Out;
  /** The answer in words, for the model and for the person it is read out to. */
  say(output: z.output<Out>): Said;
}

export interface ReadTool<
  In extends z.ZodObject = z.ZodObject,
  Out extends z.ZodObject = z.ZodObject,
> extends Described<In, Out> {
  readonly effect: 'read';
  read(context: ToolContext, args: z.output<In>): Promise<z.output<Out>>;
}

export interface ChangeTool<
  In extends z.ZodObject = z.ZodObject,
  Out extends z.ZodObject = z.ZodObject,
  Subject = unknown,
> extends Described<In, Out> {
  readonly effect: Exclude<Effect, 'read'>;
  /** The tool that shows whether the change happened, for when its answer was lost. */
  readonly settledBy: string;
  /** Resolves what is meant and says what would happen. Sends reads only. */
  plan(context: ToolContext, args: z.output<In>): Promise<Plan<Subject>>;
  /** Does it, reads back, and returns the new state. Guarded tools get here only with a person's yes to this plan. */
  apply(context: ToolContext, plan: Plan<Subject>, args: z.output<In>): Promise<z.output<Out>>;
}

export type Tool = ReadTool | ChangeTool;

/** Identity functions; they infer the types of arguments, plan and result. */
export const defineRead = <In extends z.ZodObject, Out extends z.ZodObject>(
  tool: ReadTool<In, Out>,
): ReadTool<In, Out> => tool;
export const defineChange = <In extends z.ZodObject, Out extends z.ZodObject, Subject>(
  tool: ChangeTool<In, Out, Subject>,
): ChangeTool<In, Out, Subject> => tool;
