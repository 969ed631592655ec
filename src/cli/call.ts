import { ConfigError, type Config } from '../config.js';
import { createScrubber } from '../guard/scrub.js';
import { checkConfig } from '../hosts/check-config.js';
import { unlimited } from '../guard/principal.js';
import { openGround } from '../hosts/ground.js';
import { openSession } from '../hosts/session.js';
import { stopSignals } from '../hosts/stop-signals.js';
import type { Messages } from '../lang/index.js';
import { createLog } from '../log.js';
import { describeTool } from '../tools/describe.js';
import { TOOLS } from '../tools/index.js';
import { run, type Caller } from '../tools/run.js';
import { whyOff } from '../tools/select.js';
import { parseArguments } from './arguments.js';
import { savePicture } from './pictures.js';
import { EXIT } from './exit.js';
import { createTerminal, type Terminal } from './terminal.js';
import { namesLike, toolHelp, toolList } from './tool-help.js';

export interface CallFlags {
  readonly help?: boolean;
  readonly json?: boolean;
  readonly output?: string;
}

/** A person at a terminal sees the progress and can leave at any time. */
const PATIENCE_SECONDS = 1800;

/**
 * Runs one tool and prints its answer; without a tool, lists them all. Returns the exit code.
 * @throws {ConfigError} for a tool that does not exist or a word that is no argument.
 */
export async function call(
  name: string | undefined,
  words: readonly string[],
  config: Config,
  { help, json, output }: CallFlags,
): Promise<number> {
  const terminal = createTerminal();
  if (name === undefined) {
    terminal.say(toolList());
    return EXIT.ok;
  }
  const tool = TOOLS.find(candidate => candidate.name === name);
  if (!tool) throw new ConfigError(`There is no tool "${name}". There are: ${namesLike(name)}.`);
  if (help) {
    terminal.say(toolHelp(tool));
    return EXIT.ok;
  }
  checkConfig(config, TOOLS);
  const off = whyOff({ ...describeTool(tool) }, [config]);
  if (off) {
    terminal.complain(`${tool.name} is switched off here: ${off}. Nothing was sent to Gigahost.`);
    return EXIT.toolError;
  }
  const args = parseArguments(words, describeTool(tool).inputSchema);

  const leaving = new AbortController();
  const leave = () => leaving.abort();
  for (const signal of stopSignals()) process.once(signal, leave);
  const scrubber = createScrubber();
  const ground = await openGround(config, createLog(config.logLevel, scrubber.scrub), scrubber);
  const session = await openSession(ground, unlimited('local'));
  const caller = callerOf(terminal, leaving.signal, ground.messages);
  try {
    const outcome = await run(tool, args, withoutCodes(session), caller);
    if (outcome.kind === 'ask' || outcome.kind === 'link') throw new Error('a terminal is asked directly');
    if (outcome.kind === 'error') {
      terminal.complain(outcome.text);
      return outcome.cause === 'arguments' ? EXIT.usage : EXIT.toolError;
    }
    const pictures = outcome.attachments.flatMap(attachment => (attachment.type === 'image' ? [attachment] : []));
    const files: string[] = [];
    for (const picture of pictures) files.push(await savePicture(picture, output));
    if (output !== undefined && pictures.length === 0)
      terminal.complain(`${tool.name} gives no picture; nothing was saved as ${output}.`);
    if (json) terminal.sayJson({ ...outcome.structured, ...(files.length > 0 && { saved_as: files }) });
    else {
      terminal.say(outcome.said);
      for (const file of files) terminal.say(`Saved as ${file}`);
    }
    await session.secrets.untilFetched(leaving.signal, what => terminal.progress(what));
    return EXIT.ok;
  } finally {
    await session.close();
    await ground.close();
  }
}

/** A code would outlive neither this process nor its plan: where nobody can be asked, nothing is done. */
const withoutCodes = <S extends { readonly confirm: Config['confirm'] }>(session: S): S =>
  session.confirm === 'auto' ? { ...session, confirm: 'elicit' } : session;

const callerOf = (terminal: Terminal, signal: AbortSignal, words: Messages): Caller => ({
  reach: terminal.canAsk
    ? { kind: 'wait', ask: question => terminal.ask(question, signal, words) }
    : { kind: 'none', because: 'There is no terminal to ask a person on.' },
  // A page would be gone with this process.
  links: {
    kind: 'type',
    ask: async what => (terminal.canAsk ? terminal.askUnseen(what, signal, words.ask) : undefined),
  },
  signal,
  patienceSeconds: PATIENCE_SECONDS,
  progress: message => Promise.resolve(terminal.progress(message)),
});
