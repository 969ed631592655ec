import type { Messages } from '../lang/index.js';
import type { Situation } from './situation.js';

export type Status = 'ok' | 'warning' | 'problem' | 'skipped';

/** One thing that was found out. */
export interface Finding {
  readonly status: Status;
  /** Stays the same in every language and release. */
  readonly code: string;
  /** One sentence. */
  readonly says: string;
  /** What to do about it; absent where there is nothing to do. */
  readonly does?: string;
}

type Finds = Messages['doctor']['finds'];

/** Words a finding in the language of the person. */
export type Say = <Code extends keyof Finds>(status: Status, code: Code, ...facts: Parameters<Finds[Code]>) => Finding;

export const sayIn =
  (finds: Finds): Say =>
  (status, code, ...facts) => {
    // The parameters are those of the very message that is looked up.
    const words = finds[code] as (...facts: unknown[]) => { readonly says: string; readonly does?: string };
    return { status, code, ...words(...facts) };
  };

export type CheckId = keyof Messages['doctor']['titles'];

/** One thing to look at. It changes nothing, and sends reads only. */
export interface Check {
  readonly id: CheckId;
  /** How long it may take, in ms, with what it waits for. */
  readonly patienceMs: number;
  /** At least one finding. */
  look(situation: Situation): Promise<readonly Finding[]>;
}

/** What came of a check. */
export interface Result {
  readonly id: CheckId;
  readonly status: Status;
  readonly findings: readonly Finding[];
}

const WORST: readonly Status[] = ['problem', 'warning', 'ok', 'skipped'];

/** The worst of some; `skipped` is no better and no worse than nothing at all. */
export const worstOf = (some: readonly { readonly status: Status }[]): Status =>
  WORST.find(status => some.some(one => one.status === status)) ?? 'ok';
