import type { Effect } from '../client/effect.js';
import type { Sent } from '../client/request.js';
import { isGuarded } from '../guard/effects.js';
import type { Verdict } from '../guard/confirm.js';
import type { ChangeOutcome, ServerNames } from '../guard/journal.js';
import type { Plan } from '../guard/plan.js';
import type { Toolset } from '../toolsets.js';
import type { Outcome, Session } from './run.js';
import type { ChangeTool } from './tool.js';

/** How a call ended, in a word; there are no others, so that it can be counted by. */
export type CallOutcome =
  'ok' | 'arguments' | 'failed' | 'cancelled' | 'asked' | 'confirmation_required' | 'declined' | 'dismissed' | 'off';

/** One call of a tool, once it is over. */
export interface Called {
  /** Of the catalogue. */
  readonly tool: string;
  /** Of what it came to, where it handed over to another. */
  readonly effect: Effect;
  readonly outcome: CallOutcome;
  readonly durationMs: number;
}

/** `yes`: of a person, and the change goes on. `missing`: it needs what only a person can give. */
export type Confirmed = 'question' | 'code' | 'missing' | 'yes' | 'declined' | 'dismissed' | 'refused';

/** A change that is on record now, whatever came of it. */
export interface Changed {
  readonly effect: Effect;
  readonly toolset: Toolset;
  /** Whether anything but the journal may be different now. */
  readonly mayDiffer: boolean;
  readonly server: ServerNames | null;
  readonly zone: { readonly name: string; readonly id?: string } | null;
}

/** Watches what is done for one principal. Nothing it is told of waits for it, and nothing it does may throw. */
export interface Observer {
  called(call: Called): void;
  confirmed(how: Confirmed): void;
  changed(change: Changed): void;
  /** A request to Gigahost. */
  sent(request: Sent): void;
}

const STATUSES = ['confirmation_required', 'declined', 'dismissed'] as const;

/** The word for how a call ended. */
export function outcomeWord(outcome: Outcome, effect: Effect, isAborted: boolean): CallOutcome {
  switch (outcome.kind) {
    case 'ask':
    case 'link':
      return 'asked';
    case 'error':
      return outcome.cause === 'arguments' ? 'arguments' : isAborted ? 'cancelled' : 'failed';
    case 'answer': {
      const status = effect === 'read' ? undefined : outcome.structured['status'];
      return STATUSES.find(word => word === status) ?? 'ok';
    }
  }
}

/** Tells what a question came to, where there was one. */
export function tellVerdict({ observe, confirm }: Session, verdict: Verdict, effect: Effect): void {
  if (verdict.kind === 'go') {
    if (isGuarded(effect) && confirm !== 'skip') observe?.confirmed('yes');
  } else
    observe?.confirmed(verdict.kind === 'ask' ? 'question' : verdict.kind === 'no' ? verdict.status : verdict.kind);
}

/** Tells of a change that is on record now. */
export function tellChange({ observe }: Session, tool: ChangeTool, plan: Plan | undefined, how: ChangeOutcome): void {
  observe?.changed({
    effect: plan?.effect ?? tool.effect,
    toolset: tool.toolset,
    mayDiffer: how === 'applied' || how === 'unknown',
    server: plan?.server ?? null,
    zone: plan?.zone === undefined ? null : { name: plan.zone, ...(plan.zoneId !== undefined && { id: plan.zoneId }) },
  });
}
