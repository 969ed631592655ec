import { withoutPersonal } from '../guard/asks.js';
import { confirm, type Verdict } from '../guard/confirm.js';
import { isGuarded } from '../guard/effects.js';
import type { Attempt, ChangeOutcome, Ending, ServerNames } from '../guard/journal.js';
import { digest, wordsOf, type Plan } from '../guard/plan.js';
import { InputError } from '../inventory/input-error.js';
import { GigahostError } from '../client/errors.js';
import { blocksOf } from '../words/blocks.js';
import { explainError } from '../words/explain-error.js';
import { unlinked } from '../words/text.js';
import { asTaken, concealGiven, givenOf, problemOf, withoutValues } from './asked.js';
import {
  claim,
  mustBeAsAsked,
  mustBeKeepable,
  mustStillWait,
  mustWait,
  park,
  pendingAnswer,
  withRequester,
} from './four-eyes.js';
import type { Meter } from './meter.js';
import { withoutAction } from './no-action.js';
import { tellChange, tellVerdict } from './observer.js';
import {
  effectOf,
  harmlessPlan,
  mustBeAllowed,
  mustBeFew,
  mustBeInReach,
  mustStillStand,
  receipt,
  undoOf,
} from './plan-rules.js';
import { gatherSecrets } from './secret-asks.js';
import type { Caller, Outcome, Session } from './run.js';
import type { ChangeTool, Relayed, ToolContext } from './tool.js';

/** A change as it was called for: under a tool's own name, or relayed to another tool. */
export interface Change {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly code: string | undefined;
  readonly tool: ChangeTool;
  readonly toolArgs: Readonly<Record<string, unknown>>;
  readonly relayed: Relayed | undefined;
}

interface Around {
  readonly context: ToolContext;
  readonly session: Session;
  readonly caller: Caller;
  readonly meter: Meter;
  /** Neutralises and scrubs whatever leaves. */
  readonly clean: <T>(value: T) => T;
  /** What a person gave of themselves, in this call: not to be repeated. Grows with what they fill in. */
  readonly personal: Set<string>;
}

/** The one way a change is made: plan → confirm → journal → apply → journal → receipt; or it waits for a second person. */
export async function carryOut(change: Change, around: Around): Promise<Outcome> {
  const { tool, relayed } = change;
  const { context, session, meter, clean, personal } = around;
  const approves = relayed?.approves;
  /** Whose wish it is: an approved purchase counts for them. */
  const spend = approves
    ? session.spendOf(approves.attempt.principal, approves.limits)
    : session.spendOf(session.principal, session.limits);
  const waits = (made: Plan): boolean => mustWait(effectOf(made, tool), change, session);
  const started = performance.now();
  let latest: Plan | undefined;
  const plan = async (): Promise<Plan> => {
    if (approves) await mustStillWait(approves, session);
    const made = await tool.plan(context, change.toolArgs);
    latest = harmlessPlan(made, tool, clean);
    if (approves) latest = withRequester(latest, approves);
    if (relayed?.undoes) mustStillStand(relayed.undoes, tool, made, clean);
    mustBeAllowed(effectOf(made, tool), session.role);
    mustBeInReach(made, context);
    mustBeFew(made, session.maxTargets);
    if (waits(made)) mustBeKeepable(change, latest, session);
    if (approves) mustBeAsAsked(approves, latest, clean(made.state));
    if (effectOf(made, tool) === 'purchase') await spend.check(latest.cost ?? null);
    return latest;
  };
  const ending = (outcome: ChangeOutcome, reason: string | null, after: unknown = null): Ending => ({
    outcome,
    after: clean(after),
    reason: reason === null ? null : withoutPersonal(clean(reason), personal),
    requests: meter.requests,
    duration_ms: Math.round(performance.now() - started),
  });
  const attempt = (made: Plan): Attempt => ({
    principal: session.principal,
    approved_by: null,
    tool: change.name,
    effect: effectOf(made, tool),
    what: made.what,
    server: made.server ? clean(namesOf(made.server)) : null,
    zone: made.zone === undefined ? null : clean(made.zone),
    zone_id: made.zoneId ?? null,
    arguments: clean(withoutValues(relayed?.record ?? change.args, tool.personal)),
    before: clean(tool.undo ? tool.undo.before(made.subject) : made.state),
    undo: undoOf(tool, made, clean),
    cost: made.cost ?? null,
    undoes: relayed?.undoes?.id ?? null,
  });
  /** What is carried out for somebody else is on record as theirs. */
  const approved = (made: Plan): Attempt => {
    const own = attempt(made);
    if (!approves) return own;
    const { principal, tool: called, arguments: given } = approves.attempt;
    return { ...own, principal, tool: called, arguments: given, approved_by: own.principal };
  };
  /** What could not be written does not change what happened: it is said beside it. */
  const unwritten = (error: unknown): string => {
    session.onBug(error, `the journal of ${change.name}`);
    return 'It could not be written to the journal, which will show it as of unknown outcome if at all.';
  };
  const end = (id: string, how: Ending): Promise<string | undefined> =>
    session.journal
      .end(id, how)
      .then(() => undefined, unwritten)
      .finally(() => tellChange(session, tool, latest, how.outcome));
  const onRecord = (made: Plan, outcome: ChangeOutcome, reason: string): Promise<unknown> =>
    session.journal.begin(attempt(made)).then(id => end(id, ending(outcome, reason)), unwritten);
  const refusedOnRecord = async (error: unknown): Promise<never> => {
    if (latest && error instanceof InputError) await onRecord(latest, 'refused', error.message);
    throw error;
  };

  const first = await plan().catch(refusedOnRecord);
  concealGiven(first, change.toolArgs, context.conceal);
  const gathered = await gatherSecrets(
    first,
    {
      tool: change.name,
      effect: effectOf(first, tool),
      args: change.args,
      given: change.toolArgs,
      check: ({ name }, value) => problemOf(tool, name, value),
    },
    around,
  ).catch(refusedOnRecord);
  if (gathered.kind === 'outcome') return gathered.outcome;
  if (gathered.kind === 'no') {
    session.observe?.confirmed(gathered.status);
    await onRecord(first, 'declined', gathered.words);
    return withoutAction(change.name, gathered, session.scrubber.scrub);
  }
  const { waited: isStale, take } = gathered;
  const verdict = await (isStale ? plan() : Promise.resolve(first))
    .then(current => decide(change, around, current, plan))
    .catch(refusedOnRecord);
  tellVerdict(session, verdict, 'plan' in verdict ? effectOf(verdict.plan, tool) : tool.effect);
  if (verdict.kind === 'no' && latest) await onRecord(latest, 'declined', verdict.words);
  if (verdict.kind === 'refused' && latest) await onRecord(latest, 'refused', verdict.words);
  if (verdict.kind !== 'go') return withoutAction(change.name, verdict, session.scrubber.scrub);
  const { filled } = verdict;
  for (const value of Object.values(filled)) personal.add(value);
  if (waits(verdict.plan)) {
    const asked = attempt(verdict.plan);
    const change_id = await session.journal.begin(asked);
    const facts = clean(verdict.plan.state);
    const pending = await park(change, verdict.plan, { attempt: asked, change_id, facts }, session).catch(
      async (error: unknown) => {
        await end(change_id, ending('failed', 'it could not be put on the list of changes that wait'));
        throw error;
      },
    );
    const warning = await end(
      change_id,
      ending('pending', `${pending.id} waits for approval until ${pending.expires_at}`),
    );
    return pendingAnswer(pending, verdict.plan, change.name, warning);
  }
  // Purchases wait for each other whatever they are for: together they must stay within the limit.
  const key = effectOf(verdict.plan, tool) === 'purchase' ? `purchase ${spend.together}` : whatOf(verdict.plan, tool);
  return session.queue.run(key, async waited => {
    const agreed = waited
      ? await plan()
          .then(now => sameAs(verdict.plan, now, change))
          .catch(refusedOnRecord)
      : verdict.plan;
    // Since the plan was made another purchase may have come and gone without being waited for.
    if (effectOf(agreed, tool) === 'purchase') await spend.check(agreed.cost ?? null).catch(refusedOnRecord);
    context.signal.throwIfAborted();
    const secrets = await take().catch(refusedOnRecord);
    const id = await session.journal.begin(approved(agreed));
    if (approves) {
      await claim(approves, session).catch(async (error: Error) => {
        await end(id, ending('refused', error.message));
        throw error;
      });
      await end(approves.change_id, ending('approved', `approved by ${session.principal}: change ${id}`));
    }
    let output: Record<string, unknown>;
    try {
      const all = { ...givenOf(agreed, change.toolArgs), ...filled };
      output = clean(await tool.apply(context, agreed, change.toolArgs, all, secrets));
    } catch (error) {
      const known = { changed: meter.changed, settledBy: tool.settledBy };
      await end(id, ending(outcomeOf(error, meter), explainError(error, known) ?? 'a fault in gigahost-mcp'));
      throw error;
    }
    const warning = await end(id, ending('applied', null, tool.undo ? tool.undo.after(output) : output));
    return {
      kind: 'answer',
      said: [
        ...blocksOf(tool.say(output)),
        approves && `${approves.attempt.principal} asked for it, and ${session.principal} approved it.`,
        warning ?? receipt(id, tool, agreed, clean),
      ],
      structured: {
        ...(isGuarded(effectOf(agreed, tool)) && { status: 'done' }),
        ...output,
        ...(session.journal.on && { change_id: id }),
        ...(relayed?.undoes && { undone: relayed.undoes.id }),
        ...(approves && { requested_by: approves.attempt.principal }),
      },
      attachments: [],
    };
  });
}

/**
 * The plan as it is after the same change was made by another call. What a person agreed to is the plan as it was.
 * @throws {InputError} when a guarded plan is not the same any more.
 */
function sameAs(agreed: Plan, now: Plan, { name, tool }: Change): Plan {
  if (!isGuarded(effectOf(now, tool)) || digest(now.state) === digest(agreed.state)) return now;
  throw new InputError(
    `Another call made a change meanwhile, and the state is not what it was. The plan now would be: ${wordsOf(now)} Call ${name} again if it is still wanted.`,
  );
}

async function decide(
  change: Change,
  { session, caller, clean, personal }: Around,
  first: Plan,
  plan: () => Promise<Plan>,
): Promise<Verdict> {
  const { name, args, code, tool, toolArgs: given } = change;
  const { principal, confirm: mode, tickets } = session;
  return confirm(
    {
      tool: name,
      effect: effectOf(first, tool),
      args,
      given,
      givenWords: made => {
        const values = givenOf(made, change.toolArgs);
        return (made.asks ?? []).flatMap(ask => {
          const value = values[ask.name];
          return value === undefined ? [] : [`${ask.title}, as given: ${unlinked(clean(value))}`];
        });
      },
      check(filled, asks) {
        for (const value of Object.values(filled)) personal.add(value);
        return asTaken(filled, asks, tool);
      },
      principal,
      code,
      reach: caller.reach,
      mode,
      first,
      plan,
    },
    tickets,
  );
}

/**
 * Whatever changes one zone waits for each other (wire note 10.6); of a server or a web hosting account it is the same
 * change that does.
 */
const whatOf = ({ zone, server }: Plan, { name, toolset }: ChangeTool): string =>
  zone === undefined || toolset === 'webhosting' ? `${name} ${server?.id ?? zone ?? ''}` : `zone ${zone}`;

const namesOf = ({ id, name, label, hostname }: ServerNames): ServerNames => ({ id, name, label, hostname });

/** Whether a change that failed happened, as far as that can be told. */
function outcomeOf(error: unknown, { changed }: Meter): ChangeOutcome {
  if (changed !== 'nothing') return changed === 'yes' ? 'applied' : 'unknown';
  return error instanceof GigahostError && error.facts.status !== undefined ? 'refused' : 'failed';
}
