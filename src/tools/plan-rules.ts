import { digest, type Plan } from '../guard/plan.js';
import type { Attempt } from '../guard/journal.js';
import { allows, roleWords, type Role } from '../guard/roles.js';
import { CONCERNS_ALL } from '../guard/scope.js';
import { InputError } from '../inventory/input-error.js';
import { unlinked } from '../words/text.js';
import type { ChangeTool, ToolContext, Undone } from './tool.js';

/** Neutralises and scrubs whatever leaves. */
type Clean = <T>(value: T) => T;

export const effectOf = (plan: Plan, tool: ChangeTool): ChangeTool['effect'] => plan.effect ?? tool.effect;

/** What a call turns out to be counts, whatever it came in by. @throws {InputError} */
export function mustBeAllowed(effect: ChangeTool['effect'], role: Role): void {
  if (!allows(role, effect)) throw new InputError(`This cannot be done: ${roleWords(role, effect)}.`);
}

/** Who sees a part of an account changes nothing that concerns all of it. @throws {InputError} */
export function mustBeInReach({ server, zone, staysWithin }: Plan, { inventory }: ToolContext): void {
  if (inventory.whole || server || zone !== undefined || staysWithin) return;
  throw new InputError(`This ${CONCERNS_ALL}`);
}

/** @throws {InputError} when one change would touch more than the operator allows. */
export function mustBeFew({ what, targets = 1 }: Plan, most: number): void {
  if (targets > most)
    throw new InputError(
      `${what}: that touches ${targets} things at once, and the operator allows ${most} (--max-targets). Do it in smaller parts, if the person wants that.`,
    );
}

/** @throws {InputError} when what a change left is not what is there now, or not on the same server. */
export function mustStillStand({ id, left, about }: Undone, tool: ChangeTool, plan: Plan, clean: Clean): void {
  if ((plan.server?.id ?? plan.zone ?? null) !== about)
    throw new InputError(
      `What the change ${id} was about belongs to another server or zone now. It is not taken back.`,
    );
  const now = clean(tool.undo?.before(plan.subject));
  if (digest(now) === digest(left)) return;
  throw new InputError(
    `It was changed again since: the change ${id} left ${inWords(left)}, and now it is ${inWords(now)}. Undoing would take that back too. If that is wanted, call ${tool.name} itself.`,
  );
}

const inWords = (facts: unknown): string =>
  Object.entries((facts ?? {}) as Record<string, unknown>)
    .map(([name, value]) => `${name} ${value === null ? '(not set)' : JSON.stringify(value)}`)
    .join(', ');

/**
 * The arguments that put it back, if they are exactly those the tool would send: what was cleaned for the record, or
 * would be changed or refused as an argument, cannot be said again.
 */
export function undoOf(tool: ChangeTool, plan: Plan, clean: Clean): Attempt['undo'] {
  const by = tool.undo?.by ?? tool;
  const args = tool.undo?.arguments(plan.subject);
  const parsed = args && by.input.safeParse(args);
  if (!args || !parsed?.success) return null;
  return [parsed.data, clean(args)].every(same => digest(same) === digest(args))
    ? { tool: by.name, arguments: args }
    : null;
}

/** Names in a plan come from the account: they must not forge lines in a question. */
export const harmlessPlan = (plan: Plan, tool: ChangeTool, clean: Clean): Plan => ({
  ...plan,
  what: unlinked(clean(plan.what)),
  /** A name of nothing but invisible characters would be typed by leaving the field empty. */
  name: clean(plan.name) || 'confirm',
  ...(plan.asks && {
    asks: plan.asks.map(({ description, ...ask }) => ({
      ...ask,
      title: unlinked(clean(ask.title)),
      ...(description !== undefined && { description: unlinked(clean(description)) }),
    })),
  }),
  consequences: [
    ...plan.consequences.map(line => unlinked(clean(line))),
    undoOf(tool, plan, clean) ? 'undo_change can take it back.' : `${NO_WAY_BACK[effectOf(plan, tool)]}.`,
  ],
});

/** Where nothing takes a change back. A reboot is over and a snapshot can be deleted: there it would be too big a word. */
const NO_WAY_BACK: Readonly<Record<ChangeTool['effect'], string>> = {
  create: 'undo_change does not apply to it',
  update: 'undo_change cannot take it back',
  disrupt: 'undo_change does not apply to it',
  destroy: 'It cannot be undone',
  purchase: 'It cannot be undone',
};

export function receipt(id: string, tool: ChangeTool, plan: Plan, clean: Clean): string {
  if (!undoOf(tool, plan, clean)) return `${NO_WAY_BACK[effectOf(plan, tool)]}${id && ` (change ${id})`}.`;
  return id
    ? `undo_change with change="${id}" takes it back.`
    : 'The journal is switched off, so undo_change cannot take it back.';
}
