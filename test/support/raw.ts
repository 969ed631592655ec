import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { BIN } from './connect.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The bin spawned with nothing but pipes, for what no client would send. */
export function spawnBin(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env['PATH'], GIGAHOST_KEYCHAIN: 'off', ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]): Ended => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return {
    child,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    send: (...messages: readonly unknown[]) =>
      void child.stdin.write(
        messages.map(message => (typeof message === 'string' ? message : JSON.stringify(message)) + '\n').join(''),
      ),
    /** Every message so far, as parsed JSON; throws when a line is none. */
    messages: (): Record<string, unknown>[] =>
      stdout
        .split('\n')
        .slice(0, -1)
        .map(line => JSON.parse(line) as Record<string, unknown>),
  };
}

export const HELLO = [
  {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
  },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
];
export const callOf = (id: number, name: string, args: Record<string, unknown> = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});
