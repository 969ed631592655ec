import type * as z from 'zod';
import type { Client } from '../client/index.js';
import type { Effect } from '../client/effect.js';
import type { Journal } from '../guard/journal.js';
import type { Filled } from '../guard/asks.js';
import type { Files } from '../guard/files.js';
import type { Secret } from '../client/secret.js';
import type { PendingChange } from '../guard/pending.js';
import type { Plan } from '../guard/plan.js';
import type { SecretDelivery } from '../guard/secrets/index.js';
import type { Lookup } from '../inventory/forward.js';
import type { Inventory } from '../inventory/index.js';
import type { Toolset } from '../toolsets.js';
import type { Said } from '../words/blocks.js';
import type { Waiting } from './four-eyes.js';

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
  readonly journal: Journal;
  /** Changes that wait for a second person, as far as they concern the caller. */
  readonly waiting: Waiting;
  /** Every tool of the product, in reading order. */
  readonly tools: readonly SessionTool[];
  /** A tool that can be used in this session, listed or not; undefined where there is none or it must not be used. */
  readonly toolNamed: (name: string) => Tool | undefined;
  /** From now on this value leaves as `[hidden]`. */
  readonly conceal: (secret: string) => void;
  /** Where files are saved, and where those to upload lie. */
  readonly files: Files;
}

/** A tool as a session has it. */
export interface SessionTool {
  readonly tool: Tool;
  /** Whether it is listed. */
  readonly on: boolean;
  /** Why it must not be used in any way; undefined where it may be, listed or not. */
  readonly barred: string | undefined;
}

interface Described<In extends z.ZodObject, Out extends z.ZodObject> {
  /** verb_noun; the file's name in kebab-case. */
  readonly name: string;
  readonly title: string;
  /** What a model chooses by. One to three sentences. */
  readonly description: string;
  readonly toolset: Toolset;
  /** There only where changes wait for a second person (--four-eyes). */
  readonly fourEyes?: true;
  /** The operations that it carries out so completely that nobody needs them by themselves: their ids in the contract. */
  readonly covers?: readonly string[];
  /** Those that do what it does, and more: where it must not be used, they must not either. */
  readonly partly?: readonly string[];
  readonly input: In;
  /** The fields of `structuredContent`; always a loose object, so that one more field breaks no client. */
  readonly output: Out;
}

interface Speaking<Out extends z.ZodObject> {
  /** The answer in words, for the model and for the person it is read out to. */
  say(output: z.output<Out>): Said;
}

export interface ReadTool<In extends z.ZodObject = z.ZodObject, Out extends z.ZodObject = z.ZodObject>
  extends Described<In, Out>, Speaking<Out> {
  readonly effect: 'read';
  read(context: ToolContext, args: z.output<In>): Promise<z.output<Out>>;
}

export interface ChangeTool<
  In extends z.ZodObject = z.ZodObject,
  Out extends z.ZodObject = z.ZodObject,
  Subject = unknown,
>
  extends Described<In, Out>, Speaking<Out> {
  /** The worst it usually does. */
  readonly effect: Exclude<Effect, 'read'>;
  /** Whether a plan may be of a stronger effect (`Plan.effect`), which a person has to confirm, or ask for something. */
  readonly mayAsk?: true;
  /** Arguments about a person: the journal does not keep them, and what is said of a call does not repeat them. */
  readonly personal?: readonly string[];
  /** The tool that shows whether the change happened, for when its answer was lost. */
  readonly settledBy: string;
  /** How the change is taken back; absent where nothing takes it back. */
  readonly undo?: Undo<Subject, z.output<Out>>;
  /** Resolves what is meant and says what would happen. Sends reads only. */
  plan(context: ToolContext, args: z.output<In>): Promise<Plan<Subject>>;
  /**
   * Does it, reads back, and returns the new state. Guarded tools get here only with a person's yes to this plan, and
   * with all that it asks for and cannot do without.
   */
  apply(
    context: ToolContext,
    plan: Plan<Subject>,
    args: z.output<In>,
    filled: Filled,
    secrets: Readonly<Record<string, Secret>>,
  ): Promise<z.output<Out>>;
}

type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** How a change is taken back, while what it left still stands. */
export interface Undo<Subject, Output> {
  /** The tool that does it, with the same facts; by itself where there is none. */
  readonly by?: ChangeTool;
  /** What the change concerns, before it. */
  before(subject: Subject): Facts;
  /** The same facts as read back after it. */
  after(output: Output): Facts;
  /** The arguments that put it back; undefined where what was before cannot be said to Gigahost. */
  arguments(subject: Subject): Readonly<Record<string, unknown>> | undefined;
}

/** A call that is carried out by another tool: with that one's plan, confirmation and effect. */
export interface RelayTool<
  In extends z.ZodObject = z.ZodObject,
  Out extends z.ZodObject = z.ZodObject,
> extends Described<In, Out> {
  /** The worst it can come to; `read` where it hands over to tools that look, and to no others. */
  readonly effect: Effect;
  relay(context: ToolContext, args: z.output<In>): Promise<Relayed>;
}

export interface Relayed {
  readonly tool: ReadTool | ChangeTool;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly undoes?: Undone;
  /** Somebody else asked for it, and the caller approves it. */
  readonly approves?: PendingChange;
  /** The arguments of the call as the journal keeps them, where those that were sent must not be kept. */
  readonly record?: Readonly<Record<string, unknown>>;
}

/** A change on record that is taken back. */
export interface Undone {
  readonly id: string;
  /** The facts it left, which must still stand. */
  readonly left: unknown;
  /** The id of the server it concerned, or the name of the zone. */
  readonly about: string | null;
}

export type Tool = ReadTool | ChangeTool | RelayTool;

/** Identity functions; they infer the types of arguments, plan and result. */
export const defineRead = <In extends z.ZodObject, Out extends z.ZodObject>(
  tool: ReadTool<In, Out>,
): ReadTool<In, Out> => tool;
export const defineChange = <In extends z.ZodObject, Out extends z.ZodObject, Subject>(
  tool: ChangeTool<In, Out, Subject>,
): ChangeTool<In, Out, Subject> => tool;
export const defineRelay = <In extends z.ZodObject, Out extends z.ZodObject>(
  tool: RelayTool<In, Out>,
): RelayTool<In, Out> => tool;
