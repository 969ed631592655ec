import type { Client } from '../client/index.js';
import { confirm, type ConfirmMode, type Question, type Reach, type Verdict } from '../guard/confirm.js';
import { isGuarded } from '../guard/effects.js';
import { wordsOf, type Plan } from '../guard/plan.js';
import type { SecretDelivery } from '../guard/secrets.js';
import type { Tickets } from '../guard/tickets.js';
import type { Lookup } from '../inventory/forward.js';
import type { Inventory } from '../inventory/index.js';
import { inputOf } from './describe.js';
import { explainArguments, inWords } from './explain-arguments.js';
import { explainError } from '../words/explain-error.js';
import type { Said } from '../words/blocks.js';
import { field, harmless } from '../words/text.js';
import type { Attachment, ChangeTool, Tool, ToolContext } from './tool.js';

/** One account as tools reach it, with what guards it. One per principal. */
export interface Session {
  readonly principal: string;
  readonly client: Client;
  readonly inventory: Inventory;
  readonly tickets: Tickets;
  readonly secrets: SecretDelivery;
  readonly lookup: Lookup;
  readonly confirm: ConfirmMode;
  /** Hears of failures that are our bugs. */
  onBug(error: unknown, tool: string): void;
}

/** One call as the host sees it. */
export interface Caller {
  readonly reach: Reach;
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
  | { readonly kind: 'ask'; readonly question: Question; readonly ticket: string };

/** The one way a tool runs: parse → plan → confirm → apply → say. The only catch. */
export async function run(tool: Tool, rawArgs: unknown, session: Session, caller: Caller): Promise<Outcome> {
  const attachments: Attachment[] = [];
  let accepted = false;
  const context: ToolContext = {
    client: noting(session.client, () => (accepted = true)),
    inventory: session.inventory,
    secrets: {
      ready: () => session.secrets.ready(),
      deliver: (title, secrets) => session.secrets.deliver(field(title), secrets),
    },
    lookup: session.lookup,
    signal: caller.signal,
    patienceSeconds: caller.patienceSeconds,
    progress: (message, ...how) => caller.progress(field(message), ...how),
    attach: attachment => attachments.push({ ...attachment, name: field(attachment.name) }),
  };
  const answer = (output: Record<string, unknown>, extra: Record<string, unknown> = {}): Outcome => {
    const clean = harmless(output);
    return { kind: 'answer', said: tool.say(clean), structured: { ...extra, ...clean }, attachments };
  };
  try {
    const parsed = inputOf(tool).safeParse(rawArgs ?? {}, { error: inWords });
    if (!parsed.success)
      return { kind: 'error', text: explainArguments(tool.name, inputOf(tool), parsed.error), cause: 'arguments' };
    const { confirmation_code: code, ...args } = parsed.data;
    if (tool.effect === 'read') return answer(await tool.read(context, args));
    if (!isGuarded(tool.effect)) return answer(await tool.apply(context, await tool.plan(context, args), args));
    const verdict = await confirm(
      {
        tool: tool.name,
        effect: tool.effect,
        args,
        principal: session.principal,
        code: code as string | undefined,
        reach: caller.reach,
        mode: session.confirm,
        plan: async () => harmlessPlan(await tool.plan(context, args)),
      },
      session.tickets,
    );
    if (verdict.kind !== 'go') return withoutAction(tool, verdict);
    return answer(await tool.apply(context, verdict.plan, args), { status: 'done' });
  } catch (error) {
    const text = explainError(error, tool.effect === 'read' ? undefined : { accepted, settledBy: tool.settledBy });
    if (text) return failure(text);
    if (caller.signal.aborted)
      return failure(`The call was cancelled. ${accepted ? 'Gigahost had accepted the change.' : 'Nothing changed.'}`);
    session.onBug(error, tool.name);
    return failure(
      `${tool.name} failed because of a fault in gigahost-mcp itself; its log has the details. ${accepted ? 'Gigahost had accepted the change.' : 'Nothing was changed.'}`,
    );
  }
}

const failure = (text: string): Outcome => ({ kind: 'error', text, cause: 'failure' });

/** The client, telling of each change that Gigahost accepted: an error after that must not read "nothing changed". */
const noting = (client: Client, onAccepted: () => void): Client => ({
  ...client,
  call: async (endpoint, args, options) => {
    const result = await client.call(endpoint, args, options);
    if (endpoint.effect !== 'read') onAccepted();
    return result;
  },
});

/** Names in a plan come from the account: they must not forge lines in a question. */
const harmlessPlan = <S>(plan: Plan<S>): Plan<S> => ({
  ...plan,
  what: harmless(plan.what),
  /** A name of nothing but invisible characters would be typed by leaving the field empty. */
  name: harmless(plan.name) || 'confirm',
  consequences: plan.consequences.map(harmless),
});

function withoutAction(tool: ChangeTool, verdict: Exclude<Verdict, { kind: 'go' }>): Outcome {
  switch (verdict.kind) {
    case 'ask':
      return verdict;
    case 'refused':
      return failure(verdict.words);
    case 'no':
      return { kind: 'answer', said: verdict.words, structured: { status: verdict.status }, attachments: [] };
    case 'code': {
      const plan = wordsOf(verdict.plan);
      const text = `NOTHING CHANGED YET. ${verdict.preface} This needs a person's yes.\n\n${plan}\n\nShow this plan to the person and wait for their answer. Only if they agree, call ${tool.name} again with the same arguments and confirmation_code="${verdict.code}" (valid for 10 minutes, once).`;
      return {
        kind: 'answer',
        said: text,
        structured: {
          status: 'confirmation_required',
          plan,
          confirmation_code: verdict.code,
          expires_at: verdict.expiresAt.toISOString(),
        },
        attachments: [],
      };
    }
  }
}
