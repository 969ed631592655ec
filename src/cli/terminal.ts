import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import Table from 'cli-table3';
import colors from 'picocolors';
import type { Ask } from '../guard/asks.js';
import type { Answer, Question } from '../guard/confirm.js';
import type { Messages } from '../lang/index.js';
import { blocksOf, cellText, known, plain, type Block, type Cell, type Said } from '../words/blocks.js';
import { field } from '../words/text.js';

const PAINT: Readonly<Record<string, (text: string) => string>> = {
  running: colors.green,
  on: colors.green,
  completed: colors.green,
  paid: colors.green,
  down: colors.red,
  off: colors.red,
  overdue: colors.red,
  suspended: colors.red,
  cancelled: colors.red,
  installing: colors.yellow,
  pending: colors.yellow,
  unpaid: colors.yellow,
  rescue: colors.yellow,
};

const paint = (text: string): string => (PAINT[text] ?? (same => same))(text);

/** An answer laid out for a terminal: tables with aligned columns, colour where it helps. */
export const layOut = (said: Said): string => blocksOf(said).map(blockText).join('\n\n');

function blockText(block: Block): string {
  if (typeof block === 'string') return block;
  if ('facts' in block) {
    const facts = known(block.facts);
    const width = Math.max(...facts.map(([name]) => name.length));
    return facts.map(([name, value]) => `${colors.bold(name.padEnd(width))}  ${paint(value)}`).join('\n');
  }
  return [...(block.title ? [colors.bold(block.title)] : []), tableText(block.columns, block.rows)].join('\n');
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

function tableText(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const numeric = columns.map((_, at) => rows.every(row => typeof row[at] === 'number' || row[at] === null));
  const table = new Table({
    head: columns.map(name => colors.bold(name.replaceAll('_', ' '))),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: numeric.map(is => (is ? 'right' : 'left')),
  });
  table.push(...rows.map(row => row.map(cell => paint(cellText(cell)))));
  return table
    .toString()
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n');
}

/** "E-mail address (of the registrant): " */
function promptOf({ title, description, choices, required }: Ask, { or, orNothing }: Messages['ask']): string {
  const about = [description, choices?.join(or), !required && orNothing].filter(Boolean).join('; ');
  return `${title}${about && ` (${about})`}: `;
}

/** Reads lines from the terminal; undefined where the person ends that. */
async function withLines<T>(
  signal: AbortSignal,
  output: NodeJS.WritableStream,
  work: (line: (prompt: string) => Promise<string>) => Promise<T>,
): Promise<T | undefined> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  const closed = new AbortController();
  lines.once('close', () => closed.abort());
  lines.once('SIGINT', () => lines.close());
  try {
    return await work(async prompt =>
      (await lines.question(prompt, { signal: AbortSignal.any([signal, closed.signal]) })).trim(),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (closed.signal.aborted) return undefined;
    throw error;
  } finally {
    lines.close();
  }
}

/** Writes answers to stdout, and everything a person is told or asked meanwhile to stderr. */
export function createTerminal() {
  const rich = process.stdout.isTTY;
  const live = process.stderr.isTTY;
  const clear = () => void (live && process.stderr.write('\r\x1b[K'));
  return {
    /** Whether there is a person to ask. */
    canAsk: process.stdin.isTTY && live,

    say(said: Said): void {
      clear();
      process.stdout.write(`${rich ? layOut(said) : plain(said)}\n`);
    },

    /** To the letter. */
    print(text: string): void {
      clear();
      process.stdout.write(`${text}\n`);
    },

    sayJson(value: unknown): void {
      clear();
      process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },

    /** For a person who runs a command, beside its answer. */
    tell(text: string): void {
      clear();
      process.stderr.write(`${text}\n`);
    },

    complain(text: string): void {
      clear();
      process.stderr.write(`${live ? colors.red(text) : text}\n`);
    },

    /** One line that is written over. */
    progress(message: string): void {
      if (live) process.stderr.write(`\r\x1b[K${colors.dim(field(message, (process.stderr.columns || 80) - 1))}`);
    },

    async ask({ message, yes, asks }: Question, signal: AbortSignal, words: Messages): Promise<Answer> {
      clear();
      process.stderr.write(`${colors.bold(message)}\n\n`);
      const answer = await withLines(signal, process.stderr, async (line): Promise<Answer> => {
        const filled: Record<string, string> = {};
        for (const ask of asks) {
          const text = await line(promptOf(ask, words.ask));
          if (text !== '') filled[ask.name] = text;
        }
        if (yes === 'fill in') return { kind: 'yes', filled };
        const name = yes === 'tick' ? undefined : yes.type;
        const typed = await line(`${name === undefined ? words.yes.typeWord : words.yes.type(colors.bold(name))}: `);
        if (typed.toLowerCase() === (name ?? words.yes.word).trim().toLowerCase()) return { kind: 'yes', filled };
        return name === undefined || typed === ''
          ? { kind: 'declined' }
          : { kind: 'mismatch', typed: typed.slice(0, 100) };
      });
      return answer ?? { kind: 'dismissed' };
    },

    /** One line. Undefined where the person leaves it. */
    async askLine(what: string, signal: AbortSignal): Promise<string | undefined> {
      clear();
      return withLines(signal, process.stderr, line => line(`${colors.bold(what)}: `));
    },

    /** What is typed is not shown. Undefined where the person leaves it. */
    async askUnseen(what: string, signal: AbortSignal, { unseen }: Messages['ask']): Promise<string | undefined> {
      clear();
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      const typed = await withLines(signal, nowhere, line => {
        // Not before the terminal has stopped to show what is typed.
        process.stderr.write(`${colors.bold(what)} (${unseen}): `);
        return line('');
      });
      process.stderr.write('\n');
      return typed;
    },
  };
}
export type Terminal = ReturnType<typeof createTerminal>;
