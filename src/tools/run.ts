import type { Client } from '../client/index.js';
import { withoutPersonal, type Link, type Links } from '../guard/asks.js';
import type { ConfirmMode, Question, Reach } from '../guard/confirm.js';
import type { Files } from '../guard/files.js';
import type { Effect } from '../client/effect.js';
import type { Attempt, Journal } from '../guard/journal.js';
import type { PendingChanges } from '../guard/pending.js';
import type { Queue } from '../guard/queue.js';
import type { Role } from '../guard/roles.js';
import type { Scrubber } from '../guard/scrub.js';
import type { SecretEntry, SessionDelivery } from '../guard/secrets/index.js';
import type { Limits, SpendLimits } from '../guard/spend.js';
import type { Tickets } from '../guard/tickets.js';
import type { Lookup } from '../inventory/forward.js';
import { DeliveryError } from '../guard/delivery-error.js';
import type { Inventory } from '../inventory/index.js';
import { InputError } from '../inventory/input-error.js';
import type { Said } from '../words/blocks.js';
import { explainError } from '../words/explain-error.js';
import { field, harmless, unlinked } from '../words/text.js';
import { carryOut } from './change.js';
import { inputOf } from './describe.js';
import { explainArguments, inWords, WrongArguments } from './explain-arguments.js';
import { waitingFor } from './four-eyes.js';
import { withMeter, type Meter } from './meter.js';
import { outcomeWord, type Observer } from './observer.js';
import type { Attachment, ChangeTool, ReadTool, Relayed, SessionTool, Tool, ToolContext } from './tool.js';

/** One account as tools reach it, with what guards it. One per principal. */
export interface Session {
  readonly role: Role;
  readonly principal: string;
  /** All of them, with which are on. */
  readonly tools: readonly SessionTool[];
  /** Metered. */
  readonly client: Client;
  readonly inventory: Inventory;
  readonly tickets: Tickets;
  readonly secrets: SessionDelivery;
  /** Where a person types in what must not pass through the conversation. */
  readonly entry: SecretEntry;
  readonly scrubber: Scrubber;
  readonly files: Files;
  readonly journal: Journal;
  /** What this principal may spend beside what holds for everybody. */
  readonly limits: Limits;
  /** Those of anybody, with what holds for everybody. */
  readonly spendOf: (principal: string, limits: Limits) => SpendLimits;
  /** Effects of changes that wait for a second person. */
  readonly fourEyes: readonly Effect[];
  /** What waits so, in this Gigahost account, whoever asked for it. */
  readonly pending: PendingChanges;
  /** Whether what a change concerns is within reach. */
  readonly sees: (change: Pick<Attempt, 'server' | 'zone' | 'zone_id'>) => boolean;
  /** The same change of the same server waits for the one before it. */
  readonly queue: Queue;
  readonly lookup: Lookup;
  readonly confirm: ConfirmMode;
  /** Most things that one change may touch. */
  readonly maxTargets: number;
  /** Watches what is done; nobody does where it is absent. */
  readonly observe?: Observer | undefined;
  /** Hears of failures that are our bugs. */
  readonly onBug: (error: unknown, tool: string) => void;
}

/** One call as the host sees it. */
export interface Caller {
  readonly reach: Reach;
  readonly links: Links;
  readonly signal: AbortSignal;
  readonly patienceSeconds: number;
  progress(message: string, done?: number, total?: number): Promise<void>;
}

/** How a call ended, for any host to say in its own way. */
export type Outcome =
  | {
      readonly kind: 'answer';
      readonly said: Said;
      readonly structured: Readonly<Record<string, unknown>>;
      readonly attachments: readonly Attachment[];
    }
  /** `arguments`: they were wrong and nothing was sent. */
  | { readonly kind: 'error'; readonly text: string; readonly cause: 'arguments' | 'failure' }
  | { readonly kind: 'ask'; readonly question: Question; readonly ticket: string }
  /** Ends with a page to open; the client calls again. `name` tells several apart. */
  | { readonly kind: 'link'; readonly name: string; readonly link: Link };

/** The one way a tool runs: parse → read, or plan → confirm → apply → say. The only catch. */
export async function run(tool: Tool, rawArgs: unknown, session: Session, caller: Caller): Promise<Outcome> {
  const meter: Meter = { requests: 0, changed: 'nothing' };
  const started = performance.now();
  const outcome = await withMeter(meter, () => runMetered(tool, rawArgs, session, caller, meter));
  session.observe?.called({
    tool: tool.name,
    effect: meter.effect ?? tool.effect,
    outcome: outcomeWord(outcome, tool.effect, caller.signal.aborted),
    durationMs: performance.now() - started,
  });
  return outcome;
}

async function runMetered(
  tool: Tool,
  rawArgs: unknown,
  session: Session,
  caller: Caller,
  meter: Meter,
): Promise<Outcome> {
  const attachments: Attachment[] = [];
  const clean = <T>(value: T): T => session.scrubber.scrub(harmless(value));
  const line = (text: string): string => session.scrubber.scrub(field(text));
  const context: ToolContext = {
    client: session.client,
    inventory: session.inventory,
    secrets: {
      ready: () => session.secrets.ready(),
      deliver: (title, secrets) =>
        session.secrets.deliver(line(title), secrets).catch((cause: unknown) => {
          throw new DeliveryError(cause);
        }),
    },
    lookup: session.lookup,
    signal: caller.signal,
    get patienceSeconds() {
      return caller.patienceSeconds;
    },
    progress: (message, ...how) => caller.progress(line(message), ...how),
    attach: attachment => attachments.push({ ...attachment, name: line(attachment.name) }),
    journal: session.journal,
    waiting: waitingFor(session),
    tools: session.tools,
    toolNamed: name =>
      session.tools.find(candidate => candidate.tool.name === name && isUsable(candidate, session))?.tool,
    conceal: session.scrubber.add,
    files: session.files,
  };
  let settledBy: string | undefined;
  const personal = new Set<string>();
  const discreet = (text: string): string => withoutPersonal(text, personal);
  try {
    const parsed = inputOf(tool).safeParse(rawArgs ?? {}, { error: inWords });
    if (!parsed.success) {
      const text = explainArguments(tool.name, inputOf(tool), parsed.error);
      return { kind: 'error', text: unlinked(session.scrubber.scrub(text)), cause: 'arguments' };
    }
    const { confirmation_code: code, ...args } = parsed.data;
    if (tool.effect !== 'read') settledBy = 'relay' in tool ? 'list_changes' : tool.settledBy;
    const relayed = 'relay' in tool ? await tool.relay(context, args) : undefined;
    const acting = relayed?.tool ?? (tool as ReadTool | ChangeTool);
    meter.effect = acting.effect;
    const toolArgs = relayed ? again(relayed) : args;
    if ('read' in acting) {
      const output = clean(await acting.read(context, toolArgs));
      const answer = { kind: 'answer' as const, said: acting.say(output), structured: output };
      return { ...session.secrets.fillIn(answer), attachments };
    }
    if (tool.effect === 'read') throw new Error(`${tool.name} only looks, and was to hand over to ${acting.name}`);
    settledBy = acting.settledBy;
    const change = { name: tool.name, args, code: code as string | undefined, tool: acting, toolArgs, relayed };
    for (const name of acting.personal ?? []) {
      const value = toolArgs[name];
      if (typeof value === 'string') personal.add(value);
    }
    const outcome = await carryOut(change, { context, session, caller, meter, clean, personal });
    return outcome.kind === 'answer' ? { ...session.secrets.fillIn(outcome), attachments } : outcome;
  } catch (error) {
    const failure = (text: string, cause: 'arguments' | 'failure' = 'failure'): Outcome => ({
      kind: 'error',
      text: session.secrets.fillIn(unlinked(discreet(session.scrubber.scrub(text)))),
      cause,
    });
    if (error instanceof WrongArguments) return failure(error.message, 'arguments');
    const text = explainError(error, settledBy === undefined ? undefined : { changed: meter.changed, settledBy });
    if (text) return failure(text);
    const fate = FATE[meter.changed];
    if (caller.signal.aborted) return failure(`The call was cancelled. ${fate}`);
    session.onBug(personal.size > 0 ? withoutWords(error, discreet) : error, tool.name);
    return failure(`${tool.name} failed because of a fault in gigahost-mcp itself; its log has the details. ${fate}`);
  }
}

/** @throws {InputError} when what was recorded is no longer a right argument. */
function again({ tool, arguments: given, undoes }: Relayed): Record<string, unknown> {
  const parsed = tool.input.safeParse(given, { error: inWords });
  if (parsed.success) return parsed.data;
  if (undoes) throw new InputError(`What was before the change ${undoes.id} is nothing ${tool.name} can set.`);
  throw new WrongArguments(explainArguments(tool.name, tool.input, parsed.error));
}

/** Listed; or not, where the tools that reach whatever is not listed are. */
const isUsable = ({ tool, on, barred }: SessionTool, { tools }: Session): boolean =>
  on ||
  (barred === undefined &&
    tools.some(
      other =>
        other.on && other.tool.toolset === 'operations' && (other.tool.effect === 'read') === (tool.effect === 'read'),
    ));

/** An error for the log, with its text changed. */
function withoutWords(error: unknown, change: (text: string) => string): unknown {
  if (!(error instanceof Error)) return change(String(error));
  return Object.assign(new Error(change(error.message)), { stack: change(error.stack ?? '') });
}

const FATE: Readonly<Record<Meter['changed'], string>> = {
  nothing: 'Nothing changed.',
  yes: 'Gigahost had accepted the change.',
  unknown: 'It is not known whether Gigahost carried the change out.',
};
