import { homedir } from 'node:os';
import colors from 'picocolors';
import { readConfig, type Flags } from '../config.js';
import { CHECKS, lookAt, reportOf, runChecks, type Report, type Status } from '../doctor/index.js';
import { messagesIn, type Messages } from '../lang/index.js';
import { VERSION } from '../version.js';
import { EXIT } from './exit.js';
import { whyWords } from './setup/why.js';
import { createTerminal } from './terminal.js';

export interface DoctorFlags {
  readonly json?: boolean;
}

/**
 * Looks at this machine, its configuration, the way to Gigahost, the credentials, the tools and the assistants, and says
 * what is wrong and what to do. Changes nothing. Returns the exit code: 1 where there is a problem.
 */
export async function doctor({ json = false }: DoctorFlags, flags: Flags, env: NodeJS.ProcessEnv): Promise<number> {
  // A language that cannot be used is told with the rest.
  const { lang } = readConfig(flags, env, 'file', () => undefined);
  const words = await messagesIn(lang);
  const terminal = createTerminal();
  const situation = lookAt({
    flags,
    env,
    machine: { platform: process.platform, home: homedir(), nodeVersion: process.versions.node },
    words,
    whyWords: why => whyWords(why, words.setup.why),
  });
  terminal.progress(words.doctor.looking);
  const results = await runChecks(CHECKS, situation);
  const report = reportOf(results, words.doctor.titles, VERSION, situation.scrubber.scrub);
  if (json) terminal.sayJson(report);
  else terminal.print(reportText(report, words.doctor, process.stdout.isTTY));
  return report.problems > 0 ? EXIT.toolError : EXIT.ok;
}

const SIGNS: Readonly<Record<Status, string>> = {
  ok: colors.green('✓'),
  warning: colors.yellow('!'),
  problem: colors.red('✗'),
  skipped: colors.dim('–'),
};

function reportText(report: Report, words: Messages['doctor'], rich: boolean): string {
  const plainWidth = Math.max(...Object.values(words.statuses).map(({ length }) => length));
  const titleWidth = Math.max(...report.checks.map(({ title }) => title.length));
  const sign = (status: Status): string => (rich ? SIGNS[status] : words.statuses[status].padEnd(plainWidth));
  const indent = ' '.repeat((rich ? 1 : plainWidth) + titleWidth + 4);
  const lines = report.checks.flatMap(({ title, findings }) =>
    findings.flatMap(({ status, says, does }, at) => {
      const name = (at === 0 ? title : '').padEnd(titleWidth);
      const first = `${sign(status)}  ${rich ? colors.bold(name) : name}  ${says}`;
      return does === null ? [first] : [first, `${indent}${rich ? '→' : '->'} ${does}`];
    }),
  );
  return [...lines, '', summary(report, words)].join('\n');
}

function summary({ problems, warnings, first }: Report, words: Messages['doctor']): string {
  if (problems + warnings === 0) return words.allWell;
  return [words.sum(problems, warnings), ...(first === null ? [] : [words.first(first)])].join(' ');
}
