import { withoutKeys } from './plain-secrets.js';
import { worstOf, type Finding, type Result, type Status } from './check.js';

/** What `gigahost-mcp doctor --json` prints. Fields are added, never renamed; `code` stays the same in every language. */
export interface Report {
  /** Of this shape. */
  readonly version: 1;
  /** Version of gigahost-mcp. */
  readonly program: string;
  readonly status: Status;
  readonly problems: number;
  readonly warnings: number;
  /** What to do first; null where there is nothing to do. */
  readonly first: string | null;
  readonly checks: readonly {
    readonly id: string;
    readonly title: string;
    readonly status: Status;
    readonly findings: readonly {
      readonly status: Status;
      readonly code: string;
      readonly says: string;
      readonly does: string | null;
    }[];
  }[];
}

/** `scrub` takes out what must not be said. */
export function reportOf(
  found: readonly Result[],
  titles: Readonly<Record<string, string>>,
  program: string,
  scrub: <T>(value: T) => T,
): Report {
  const results = found.map(({ findings, ...rest }) => ({
    ...rest,
    findings: findings.map(finding => cleaned(finding, scrub)),
  }));
  const all = results.flatMap(({ findings }) => findings);
  const count = (status: Status): number => all.filter(finding => finding.status === status).length;
  return {
    version: 1,
    program,
    status: worstOf(results),
    problems: count('problem'),
    warnings: count('warning'),
    first: firstToDo(all),
    checks: results.map(({ id, status, findings }) => ({
      id,
      title: titles[id] ?? id,
      status,
      findings: findings.map(({ does = null, ...finding }) => ({ ...finding, does })),
    })),
  };
}

function cleaned({ says, does, ...rest }: Finding, scrub: <T>(value: T) => T): Finding {
  const clean = (text: string): string => withoutKeys(scrub(text));
  return { ...rest, says: clean(says), ...(does !== undefined && { does: clean(does) }) };
}

/** Of the first problem, else of the first warning: the list is in the order in which one thing leads to the next. */
const firstToDo = (all: readonly Finding[]): string | null =>
  [...all.filter(({ status }) => status === 'problem'), ...all.filter(({ status }) => status === 'warning')].find(
    ({ does }) => does !== undefined,
  )?.does ?? null;
