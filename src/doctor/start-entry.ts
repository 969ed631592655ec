import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { promisify } from 'node:util';
import { startAndList, type Entry, type Started } from '../clients/index.js';
import { NODE_WANTED } from '../version.js';
import { field } from '../words/text.js';
import type { Finding } from './check.js';
import { isBefore } from './node-versions.js';
import type { Situation } from './situation.js';

/** How long a client's server may take to start. */
const START_MS = 30_000;
const VERSION_MS = 5000;

/** Findings about an entry, for the client it is of and the name it has there. */
type About = (client: string, name: string) => readonly Finding[];

/** Starts the server as a client does and asks for its tools; what cannot work is told without starting it. */
export async function tryEntry(entry: Entry, { env, say, scrubber }: Situation): Promise<About> {
  const { command, args } = entry;
  const started = [command, ...args].join(' ');
  if (started.includes('${')) return (client, name) => [say('skipped', 'placeholders', client, name)];
  const script = args.find(arg => isAbsolute(arg) && /\.[cm]?js$/.test(arg));
  if (script !== undefined && !(await isThere(script)))
    return (client, name) => [say('problem', 'scriptMissing', client, name, script)];
  const node = await nodeVersionOf(entry);
  if (node !== undefined && isBefore(node, NODE_WANTED))
    return (client, name) => [say('problem', 'clientNodeTooOld', client, name, command, node, NODE_WANTED)];
  const outcome = await startAndList(entry, env, START_MS);
  const { noise = 0 } = outcome;
  return (client, name) => [
    judge(outcome, entry, client, name, say, scrubber.scrub),
    ...(noise > 0 ? [say(outcome.kind === 'tools' ? 'warning' : 'problem', 'noise', client, name, noise)] : []),
  ];
}

function judge(
  outcome: Started,
  { command }: Entry,
  client: string,
  name: string,
  say: Situation['say'],
  scrub: Situation['scrubber']['scrub'],
): Finding {
  if (outcome.kind === 'tools') {
    const { length } = outcome.tools;
    return length === 0 ? say('problem', 'listsNothing', client, name) : say('ok', 'clientWorks', client, name, length);
  }
  const lines = outcome.said.trim().split('\n');
  // Of a stack, the line that says what it is about.
  const said = field(scrub(lines.find(line => /error/i.test(line)) ?? lines.at(-1) ?? ''), 200);
  switch (outcome.why) {
    case 'not started':
      return say('problem', 'commandMissing', client, name, command, said);
    case 'ended':
      return say('problem', 'serverEnded', client, name, said);
    case 'no answer':
      return say('problem', 'serverSilent', client, name, START_MS / 1000);
    case 'refused':
      return say('problem', 'serverRefuses', client, name, said);
  }
}

/** Without the v; undefined where the command is not Node, or does not tell. */
async function nodeVersionOf({ command, env }: Entry): Promise<string | undefined> {
  if (!/^node(\.exe)?$/i.test(basename(command)) || !isAbsolute(command)) return undefined;
  try {
    const { stdout } = await promisify(execFile)(command, ['--version'], { env, timeout: VERSION_MS });
    return /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    // That it does not start is told by starting it.
    return undefined;
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
