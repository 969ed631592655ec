import type { Effect } from '../client/effect.js';
import type { Attempt } from '../guard/journal.js';
import { isSamePerson, type PendingCall, type PendingChange } from '../guard/pending.js';
import { digest, wordsOf, type Plan } from '../guard/plan.js';
import { allows, roleFor } from '../guard/roles.js';
import { InputError } from '../inventory/input-error.js';
import { field } from '../words/text.js';
import type { Change } from './change.js';
import type { Outcome, Session } from './run.js';

/** A change that waits, and whether the caller asked for it; else they may approve it. */
export interface Waits {
  readonly change: PendingChange;
  readonly own: boolean;
}

/** The changes that wait which concern one caller: the others are as good as absent. */
export interface Waiting {
  list(): Promise<readonly Waits[]>;
  /** @throws {InputError} */
  find(id: string): Promise<Waits>;
  /** @throws {InputError} when it waits no longer. */
  withdraw(change: PendingChange): Promise<void>;
}

const NOTHING_HAPPENED = { after: null, requests: 0, duration_ms: 0 } as const;

export function waitingFor(session: Session): Waiting {
  const { pending, journal, principal } = session;
  const list = async (): Promise<readonly Waits[]> =>
    (await pending.list()).flatMap(change => {
      const own = isSamePerson(change.attempt.principal, principal);
      return session.sees(change.attempt) && (own || mayApprove(change, session)) ? [{ change, own }] : [];
    });
  return {
    list,
    async find(id) {
      const found = (await list()).find(({ change }) => change.id === id);
      if (found) return found;
      throw new InputError(
        `No change ${field(id)} waits for you: there never was one, it was approved or withdrawn, or it has expired. list_pending_changes shows those that wait.`,
      );
    },
    async withdraw({ id, change_id }) {
      if (!(await pending.take(id))) throw waitsNoLonger(id);
      await journal.end(change_id, {
        outcome: 'withdrawn',
        reason: `withdrawn by ${principal}`,
        ...NOTHING_HAPPENED,
      });
    },
  };
}

/** Whether what somebody else asked for is within the role of the caller, and the tool not taken from them. */
const mayApprove = ({ attempt: { effect }, call }: PendingChange, { role, tools }: Session): boolean =>
  allows(role, effect) && tools.some(({ tool, barred }) => tool.name === call.tool && barred === undefined);

const waitsNoLonger = (id: string): InputError =>
  new InputError(`The change ${id} does not wait any more: somebody approved or withdrew it meanwhile.`);

/**
 * Ends the waiting, with the yes of a second person: of all who give theirs one gets here, on whichever node.
 * @throws {InputError}
 */
export async function claim({ id }: PendingChange, { pending }: Session): Promise<void> {
  if (!(await pending.take(id))) throw waitsNoLonger(id);
}

/** @throws {InputError} unless it still waits. */
export async function mustStillWait({ id }: PendingChange, { pending }: Session): Promise<void> {
  if (!(await pending.list()).some(change => change.id === id)) throw waitsNoLonger(id);
}

/** The words of a plan that somebody else asked for, for the person who is asked to approve it. */
export const withRequester = (plan: Plan, { attempt, at }: PendingChange): Plan => ({
  ...plan,
  consequences: [
    ...plan.consequences,
    `${attempt.principal} asked for it at ${at}. Approving it carries it out; passwords it gives out go to whoever approves.`,
  ],
});

/** @throws {InputError} with what is different, when the state is not what the requester said yes to. */
export function mustBeAsAsked({ id, fingerprint, facts }: PendingChange, plan: Plan, now: unknown): void {
  if (digest(plan.state) === fingerprint) return;
  throw new InputError(
    `It is not carried out: the state is not what it was when the change ${id} was asked for (${differences(facts, now)}). The plan now would be: ${wordsOf(plan)} withdraw_change takes it off the list; whoever still wants it asks again.`,
  );
}

const MOST_DIFFERENCES = 8;

function differences(before: unknown, now: unknown): string {
  const [old, current] = [factsOf(before), factsOf(now)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(current)])];
  const words = names
    .filter(name => digest(old[name]) !== digest(current[name]))
    .map(name => `${name}: ${inShort(old[name])}, now ${inShort(current[name])}`);
  return words.length > MOST_DIFFERENCES
    ? `${words.slice(0, MOST_DIFFERENCES).join('; ')}; and more`
    : words.join('; ') || 'in what is not shown here';
}

const factsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { it: value };

const LONGEST_FACT = 200;
const inShort = (value: unknown): string =>
  value === undefined || value === null ? 'none' : field(JSON.stringify(value), LONGEST_FACT);

/** Whether a change of that effect waits for a second person. */
export const mustWait = (effect: Effect, { relayed }: Change, { fourEyes }: Session): boolean =>
  relayed?.approves === undefined && fourEyes.includes(effect);

/**
 * What is kept of a call until it is approved: the tool that carries it out, with what it takes from others already
 * found, or the call itself where it is an operation.
 */
const callOf = ({ name, args, tool, toolArgs, relayed }: Change, { tools }: Session): PendingCall =>
  tools.some(known => known.tool === tool)
    ? { tool: tool.name, arguments: toolArgs, ...(relayed?.undoes && { undoes: relayed.undoes }) }
    : { tool: name, arguments: args };

/**
 * A change that waits lies in the store: nothing that is secret or about a person may be part of it.
 * @throws {InputError}
 */
export function mustBeKeepable(change: Change, plan: Plan, session: Session): void {
  const asked = (plan.asks ?? []).map(({ title }) => title);
  const personal = (change.tool.personal ?? []).filter(name => change.toolArgs[name] !== undefined);
  const why =
    asked.length > 0 || personal.length > 0
      ? `it takes what only one person knows or what is about a person (${[...asked, ...personal].join(', ')})`
      : holdsSecret(change, session)
        ? 'it holds a secret (a password or a key can be made up instead, where the operation takes {"generate": true})'
        : undefined;
  if (why !== undefined)
    throw new InputError(
      `${plan.what}: this would have to wait for a second person (--four-eyes), and ${why}, which is not kept that long. A person can do it in the Gigahost panel.`,
    );
}

function holdsSecret(change: Change, session: Session): boolean {
  const { arguments: kept } = callOf(change, session);
  return digest(session.scrubber.scrub(kept)) !== digest(kept) || isHidden(change.args, change.relayed?.record);
}

/** Whether something that the record hides was given as it is. */
function isHidden(given: unknown, record: unknown): boolean {
  if (record === '[hidden]') return typeof given === 'string';
  if (typeof given !== 'object' || typeof record !== 'object' || given === null || record === null) return false;
  return Object.entries(record).some(([key, value]) => isHidden((given as Record<string, unknown>)[key], value));
}

/** Puts a change that its requester said yes to where a second person finds it. Nothing is sent to Gigahost. */
export async function park(
  change: Change,
  plan: Plan,
  { attempt, facts, change_id }: { readonly attempt: Attempt; readonly facts: unknown; readonly change_id: string },
  session: Session,
): Promise<PendingChange> {
  return session.pending.add({
    attempt,
    change_id,
    consequences: plan.consequences,
    call: callOf(change, session),
    facts,
    fingerprint: digest(plan.state),
    limits: session.limits,
  });
}

export function pendingAnswer(
  { id, expires_at, change_id, attempt }: PendingChange,
  plan: Plan,
  tool: string,
  warning: string | undefined,
): Outcome {
  const words = wordsOf(plan);
  return {
    kind: 'answer',
    said: [
      `NOTHING CHANGED YET. This waits until a second person approves it.\n\n${words}`,
      `Somebody else with the role ${roleFor(attempt.effect)} can approve it until ${expires_at}: approve_change with id="${id}" (list_pending_changes shows it to them). Until then, withdraw_change with id="${id}" takes it back. Tell the person that it waits; do not call ${tool} for it again.`,
      warning,
    ],
    structured: {
      status: 'pending_approval',
      plan: words,
      pending_id: id,
      expires_at,
      ...(change_id && { change_id }),
    },
    attachments: [],
  };
}
