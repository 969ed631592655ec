import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Entry, Env } from './client.js';

/** What came of starting a server as a client does. */
export type Started = (
  | { readonly kind: 'tools'; readonly tools: readonly string[] }
  | {
      readonly kind: 'failed';
      /** `not started`: there is no such command, or it may not be run. */
      readonly why: 'not started' | 'ended' | 'no answer' | 'refused';
      /** What the server or the system said last; may be empty. */
      readonly said: string;
    }
) & {
  /** Lines on stdout that are no messages; absent for none. */
  readonly noise?: number;
};

/** What clients hand on of their environment (the list of the MCP SDKs), but for the PATH. */
const HANDED_ON = [
  ...['HOME', 'LOGNAME', 'SHELL', 'TERM', 'USER'],
  ...['APPDATA', 'HOMEDRIVE', 'HOMEPATH', 'LOCALAPPDATA', 'PROCESSOR_ARCHITECTURE', 'SYSTEMDRIVE', 'SYSTEMROOT'],
  ...['TEMP', 'USERNAME', 'USERPROFILE', 'PROGRAMFILES'],
];
/** What a program with a window has on macOS. */
const PLAIN_PATH = '/usr/bin:/bin:/usr/sbin:/sbin';

const PATIENCE_MS = 30_000;

/** Starts the server by its entry, as a client with a window would, asks for its tools, and ends it again. */
export async function startAndList(entry: Entry, env: Env, patienceMs = PATIENCE_MS): Promise<Started> {
  const path = process.platform === 'win32' ? (env['PATH'] ?? env['Path'] ?? '') : PLAIN_PATH;
  const handedOn = HANDED_ON.flatMap(name => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  const server = spawn(entry.command, entry.args, {
    env: { PATH: path, ...Object.fromEntries(handedOn), ...entry.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let complained = '';
  server.stderr.setEncoding('utf8').on('data', (chunk: string) => (complained = (complained + chunk).slice(-2000)));
  const failed = (why: Extract<Started, { kind: 'failed' }>['why'], said = complained.trim()): Started => ({
    kind: 'failed',
    why,
    said,
  });
  let patience: NodeJS.Timeout | undefined;
  try {
    const noise = { lines: 0 };
    const started = await new Promise<Started>(resolve => {
      patience = setTimeout(() => resolve(failed('no answer')), patienceMs);
      server.once('error', error => resolve(failed('not started', error.message)));
      server.once('close', () => resolve(failed('ended')));
      // A server that ended does not read: that is told by `close`.
      server.stdin.on('error', () => undefined);
      converse(server.stdin, server.stdout, resolve, failed, noise);
    });
    return noise.lines > 0 ? { ...started, noise: noise.lines } : started;
  } finally {
    clearTimeout(patience);
    await ended(server);
  }
}

const TOOLS_ASKED = 2;

function converse(
  to: NodeJS.WritableStream,
  from: NodeJS.ReadableStream,
  resolve: (started: Started) => void,
  failed: (why: 'refused', said: string) => Started,
  noise: { lines: number },
): void {
  const send = (message: object) => to.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const tools: string[] = [];
  const ask = (cursor?: string) =>
    send({ id: TOOLS_ASKED, method: 'tools/list', params: { ...(cursor && { cursor }) } });
  createInterface({ input: from }).on('line', line => {
    const answer = parsed(line);
    if (!answer) noise.lines += 1;
    if (answer?.error) return resolve(failed('refused', answer.error.message ?? ''));
    if (answer?.id === TOOLS_ASKED) {
      tools.push(...(answer.result?.tools ?? []).map(({ name }) => name));
      if (answer.result?.nextCursor) return ask(answer.result.nextCursor);
      return resolve({ kind: 'tools', tools });
    }
    if (answer?.id === 1) {
      send({ method: 'notifications/initialized' });
      ask();
    }
  });
  const clientInfo = { name: 'gigahost-mcp setup', version: '1' };
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
}

interface Answer {
  readonly id?: number;
  readonly result?: { readonly tools?: readonly { readonly name: string }[]; readonly nextCursor?: string };
  readonly error?: { readonly message?: string };
}

function parsed(line: string): Answer | undefined {
  try {
    return JSON.parse(line) as Answer;
  } catch {
    // What is no message (a line that npx prints) is passed over, as clients do.
    return undefined;
  }
}

/** Ends a server as clients do: by closing its input, and by a signal if it does not go. */
async function ended(server: ReturnType<typeof spawn>): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  // What it started itself may hold its output open for longer.
  const gone = new Promise(resolve => server.once('exit', resolve));
  server.stdin?.end();
  const push = setTimeout(() => server.kill('SIGKILL'), 2000);
  await gone;
  clearTimeout(push);
}
