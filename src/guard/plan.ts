import { createHash } from 'node:crypto';
import type { Effect } from '../client/effect.js';
import type { Ask } from './asks.js';
import type { Cost, ServerNames } from './journal.js';

/** What a tool is about to do, computed from the state just read. */
export interface Plan<Subject = unknown> {
  /** One sentence in the imperative: "Reinstall web01 (VPS 3523, 192.0.2.10) with Debian 13". */
  readonly what: string;
  /** What follows from it, a line each: what is lost, what it costs, what keeps billing, what helps first. */
  readonly consequences: readonly string[];
  /** How many things it touches, where that can be many. */
  readonly targets?: number;
  /** The name of the thing concerned; a person types it to confirm what destroys or spends. */
  readonly name: string;
  /** The server concerned, if it is about one. */
  readonly server?: ServerNames;
  /** The name of the DNS zone concerned, if it is about one. */
  readonly zone?: string;
  readonly zoneId?: string;
  /** What this one does at worst, where that depends on what is asked for; else it is the tool's effect. */
  readonly effect?: Exclude<Effect, 'read'>;
  /** It names neither server nor zone, and yet reaches nothing but what the caller sees of the account. */
  readonly staysWithin?: true;
  /** What it costs; null where Gigahost does not say. Only for what spends. */
  readonly cost?: Cost | null;
  /** What the person has to give for it, those included that were given as arguments. */
  readonly asks?: readonly Ask[];
  /** The facts the plan rests on. If they differ when the answer comes, the answer is to another plan. */
  readonly state: unknown;
  /** What the tool needs to carry it out. */
  readonly subject: Subject;
}

/** The plan in words, as a person reads it. */
export const wordsOf = (plan: Plan): string =>
  [`${plan.what}.`, ...plan.consequences.map(line => `- ${line}`)].join('\n');

/** A digest of any JSON value, the same for every order of its keys. */
export const digest = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('base64url');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => [key, sorted(entry)]);
}
