import { spawn } from '@lydell/node-pty';
import { stripVTControlCharacters } from 'node:util';
import { BIN } from './connect.js';

/** The bin on a real pseudo-terminal, as a person at a keyboard has it. */
export function openTerminal(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd?: string) {
  const pty = spawn(process.execPath, [BIN, ...args], {
    cols: 160,
    rows: 50,
    env: { PATH: process.env['PATH'], TERM: 'xterm-256color', GIGAHOST_KEYCHAIN: 'off', ...env },
    ...(cwd && { cwd }),
  });
  let raw = '';
  pty.onData(chunk => (raw += chunk));
  return {
    /** What came to the screen, colours and all. */
    raw: () => raw,
    /** The same without control sequences. */
    screen: () => stripVTControlCharacters(raw),
    type: (text: string) => pty.write(text),
    ended: new Promise<number>(resolve => pty.onExit(({ exitCode }) => resolve(exitCode))),
  };
}
