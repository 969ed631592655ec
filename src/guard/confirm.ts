import type { Effect } from '../client/effect.js';
import { mustBeAsked, openAsks, type Ask, type Filled } from './asks.js';
import { isGuarded, mustTypeName } from './effects.js';
import { digest, wordsOf, type Plan } from './plan.js';
import type { Redeemed, Tickets } from './tickets.js';

/** What a person is asked. */
export interface Question {
  readonly message: string;
  /** What the person has to do to say yes: type this name, tick a box, or only fill in what is asked. */
  readonly yes: { readonly type: string } | 'tick' | 'fill in';
  /** What they fill in beside that. */
  readonly asks: readonly Ask[];
}

/** What came back. `silence`: the client failed, never showed the question, or nobody answered in time. */
export type Answer =
  | { readonly kind: 'yes'; readonly filled: Filled }
  | { readonly kind: 'declined' | 'dismissed' | 'silence' }
  | { readonly kind: 'mismatch'; readonly typed: string };

/**
 * How the person behind a call can be reached.
 * - `wait`: ask and wait for the answer (a terminal; a 2025-era client).
 * - `return`: end the call with the question; the client calls again with the answer (2026-07-28).
 * - `none`: cannot be asked, for the reason given; a code goes through the conversation instead.
 */
export type Reach =
  | { readonly kind: 'wait'; ask(question: Question): Promise<Answer> }
  | { readonly kind: 'return'; readonly answered?: { readonly ticket: string; answer(question: Question): Answer } }
  | { readonly kind: 'none'; readonly because: string };

/** `auto`: ask, else a code. `elicit`: ask, else refuse (`--confirm elicit`, and wherever a code would reach nobody). `skip`: the operator took the guard away. */
export type ConfirmMode = 'auto' | 'elicit' | 'skip';

export interface ConfirmRequest {
  readonly tool: string;
  readonly effect: Effect;
  /** Parsed arguments without the code. */
  readonly args: unknown;
  /** Those that may answer what a plan asks for. */
  readonly given: Readonly<Record<string, unknown>>;
  /** What was given so, a line each, for the person who is asked and for nobody else. */
  readonly givenWords: (plan: Plan) => readonly string[];
  /** What was filled in as the tool takes it, or what is wrong with it. */
  readonly check: (filled: Filled, asks: readonly Ask[]) => { readonly filled: Filled } | { readonly problem: string };
  readonly principal: string;
  readonly code: string | undefined;
  readonly reach: Reach;
  readonly mode: ConfirmMode;
  /** The plan as it stands. */
  readonly first: Plan;
  /** Reads the state and plans again; called anew after each wait. */
  plan(): Promise<Plan>;
}

/** What to do about a call that is guarded, or asks for something. Only `go` acts. */
export type Verdict =
  | { readonly kind: 'go'; readonly plan: Plan; readonly filled: Filled }
  /** The person cannot be asked for what is needed: it has to come as arguments, and before that no code is given out. */
  | { readonly kind: 'missing'; readonly plan: Plan; readonly asks: readonly Ask[]; readonly preface: string }
  | { readonly kind: 'ask'; readonly question: Question; readonly ticket: string }
  | {
      readonly kind: 'code';
      readonly plan: Plan;
      readonly code: string;
      readonly expiresAt: Date;
      /** Why it is a code, in a sentence. */
      readonly preface: string;
    }
  | { readonly kind: 'no'; readonly status: 'declined' | 'dismissed'; readonly words: string }
  | { readonly kind: 'refused'; readonly words: string };

const NOTHING = 'Nothing changed.';
const MOVED = 'The state changed since the last plan, so that answer does not count. This is the plan now.';

/** Decides whether a person has agreed to exactly this plan, and given what it needs. Nothing has been sent when it returns. @throws {StoreError} */
export async function confirm(request: ConfirmRequest, tickets: Tickets): Promise<Verdict> {
  const plan = request.first;
  if (!needsYes(request) && !mustBeAsked(asksOf(request, plan))) return { kind: 'go', plan, filled: {} };
  const bound = digest([request.tool, request.args, request.principal]);
  const { reach } = request;
  if (reach.kind === 'return') return returned(request, plan, bound, tickets, reach.answered);
  if (request.code !== undefined && !mustBeAsked(asksOf(request, plan)))
    return redeemCode(request, plan, bound, tickets, request.code);
  if (reach.kind === 'wait') {
    const answer = await reach.ask(questionOf(request, plan));
    if (answer.kind === 'silence')
      return withoutPerson(request, plan, bound, tickets, 'The client was asked and brought no answer.');
    if (answer.kind !== 'yes') return refusalOf(answer, plan);
    const current = await request.plan();
    if (digest(current.state) === digest(plan.state)) return filledIn(request, current, answer.filled);
    return {
      kind: 'refused',
      words: `${NOTHING} While the question was open, the state changed. The plan now would be:\n\n${wordsOf(current)}\n\nCall ${request.tool} again if it is still wanted.`,
    };
  }
  return withoutPerson(request, plan, bound, tickets, reach.because);
}

const needsYes = ({ effect, mode }: ConfirmRequest): boolean => isGuarded(effect) && mode !== 'skip';

/** Secrets are asked for elsewhere, before. */
const asksOf = ({ given }: ConfirmRequest, plan: Plan): readonly Ask[] =>
  openAsks(plan.asks, given).filter(({ kind }) => kind !== 'secret');

/** Goes on with what was filled in, unless something is wrong with it. */
function filledIn(request: ConfirmRequest, plan: Plan, values: Filled): Verdict {
  const checked = request.check(values, asksOf(request, plan));
  if ('filled' in checked) return { kind: 'go', plan, filled: checked.filled };
  return {
    kind: 'refused',
    words: `${NOTHING} What the person filled in cannot be used: ${checked.problem}. Call ${request.tool} again to have them asked once more.`,
  };
}

async function returned(
  request: ConfirmRequest,
  plan: Plan,
  bound: string,
  tickets: Tickets,
  answered: Extract<Reach, { kind: 'return' }>['answered'],
): Promise<Verdict> {
  const question = questionOf(request, plan);
  const ask = async (preface = ''): Promise<Verdict> => {
    const { id } = await tickets.issue({ request: bound, state: digest(plan.state), via: 'question' });
    return { kind: 'ask', question: { ...question, message: preface + question.message }, ticket: id };
  };
  if (!answered) return ask();
  const found = await tickets.look(answered.ticket);
  if (found.status !== 'valid') return { kind: 'refused', words: stale(found, 'confirmation', request.tool) };
  if (found.ticket.request !== bound || found.ticket.via !== 'question')
    return { kind: 'refused', words: `That confirmation belongs to another request. ${NOTHING}` };
  const redeemed = await tickets.redeem(answered.ticket);
  if (redeemed.status !== 'valid') return { kind: 'refused', words: stale(redeemed, 'confirmation', request.tool) };
  const answer = answered.answer(question);
  if (answer.kind !== 'yes') return refusalOf(answer, plan);
  return found.ticket.state === digest(plan.state) ? filledIn(request, plan, answer.filled) : ask(`${MOVED}\n\n`);
}

async function redeemCode(
  request: ConfirmRequest,
  plan: Plan,
  bound: string,
  tickets: Tickets,
  code: string,
): Promise<Verdict> {
  const found = await tickets.look(code);
  if (found.status !== 'valid') return { kind: 'refused', words: stale(found, 'confirmation_code', request.tool) };
  if (found.ticket.request !== bound || found.ticket.via !== 'code') {
    return {
      kind: 'refused',
      words: `confirmation_code was given for other arguments or another tool. ${NOTHING} Call ${request.tool} without it to get a plan and a code for these arguments.`,
    };
  }
  const redeemed = await tickets.redeem(code);
  if (redeemed.status !== 'valid')
    return { kind: 'refused', words: stale(redeemed, 'confirmation_code', request.tool) };
  if (found.ticket.state === digest(plan.state)) return { kind: 'go', plan, filled: {} };
  return withoutPerson(request, plan, bound, tickets, MOVED);
}

/** Where the person cannot be asked: a code, once everything is there that only they know. */
async function withoutPerson(
  request: ConfirmRequest,
  plan: Plan,
  bound: string,
  tickets: Tickets,
  preface: string,
): Promise<Verdict> {
  if (request.mode === 'elicit' && needsYes(request)) {
    return {
      kind: 'refused',
      words: `${NOTHING} ${preface} Only a direct yes of the person is accepted here. The plan would be:\n\n${wordsOf(plan)}`,
    };
  }
  const asks = asksOf(request, plan);
  if (mustBeAsked(asks)) return { kind: 'missing', plan, asks, preface };
  const { id, expiresAt } = await tickets.issue({ request: bound, state: digest(plan.state), via: 'code' });
  return { kind: 'code', plan, code: id, expiresAt, preface };
}

function questionOf(request: ConfirmRequest, plan: Plan): Question {
  return {
    message: [wordsOf(plan), ...request.givenWords(plan).map(line => `- ${line}`)].join('\n'),
    yes: !needsYes(request) ? 'fill in' : mustTypeName(request.effect) ? { type: plan.name } : 'tick',
    asks: asksOf(request, plan),
  };
}

function refusalOf(answer: Exclude<Answer, { kind: 'yes' }>, plan: Plan): Verdict {
  switch (answer.kind) {
    case 'declined':
      return {
        kind: 'no',
        status: 'declined',
        words: `The person said no. ${NOTHING} Do not ask again unless they bring it up.`,
      };
    case 'dismissed':
    case 'silence':
      return {
        kind: 'no',
        status: 'dismissed',
        words: `The question was closed without an answer. ${NOTHING} Ask the person whether they still want this before calling again.`,
      };
    case 'mismatch':
      return {
        kind: 'no',
        status: 'declined',
        words: `${answer.typed === '' ? 'The confirmation was left empty' : `The person typed "${answer.typed}"`}, not "${plan.name}". ${NOTHING}`,
      };
  }
}

function stale(found: Exclude<Redeemed, { status: 'valid' }>, what: string, tool: string): string {
  const fact = {
    used: 'was already used',
    replaced: 'was replaced by a newer one',
    expired: 'has expired',
    unknown: 'is not one that was given out',
  }[found.status];
  return `That ${what} ${fact}. ${NOTHING} Call ${tool} without it to get the current plan.`;
}
