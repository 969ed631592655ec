import { spawn } from 'node:child_process';
import { expect } from 'vitest';
import { catalogue } from '../../../src/catalogue.js';
import { en } from '../../../src/lang/en.js';
import { BIN } from '../../support/connect.js';
import { openTerminal } from '../../support/terminal.js';
import type { Scene } from './scene.js';
import { expectStarts, toolsAt } from './talk.js';

const { tools } = await catalogue();
const COMMANDS = ['call', 'setup', 'http', 'login', 'logout', 'token', 'secrets', 'doctor'];

/** Runs one command line of ours as a person would who follows the page. */
export async function runBin(
  args: readonly string[],
  given: Readonly<Record<string, string>>,
  scene: Scene,
): Promise<void> {
  const [command = ''] = args;
  const { env: bare, folder, world } = scene;
  const env = { ...bare, ...given };
  const needsAccount = !args.includes('--sandbox');
  const withAccount = { ...env, ...(needsAccount && world.account) };
  // Signing in is what these are about; where they ask, they are to ask the account of the tests.
  const withAddress = { ...env, GIGAHOST_BASE_URL: world.account['GIGAHOST_BASE_URL'] ?? '' };

  if (command === 'http') return serveUntilTheEnd(args, withAccount, scene);
  if (!COMMANDS.includes(command)) await expectStarts([BIN, ...args], withAccount, folder);
  else if (command === 'call' && asksFirst(args)) await leaveAtFirstQuestion(args, withAccount, folder);
  else if (['setup', 'login'].includes(command) && !isSettled(args))
    await leaveAtFirstQuestion(args, withAddress, folder);
  else await runToItsEnd(args, command === 'call' ? withAccount : withAddress, scene);
}

/** Whether nothing is left to ask. */
const isSettled = (args: readonly string[]): boolean =>
  ['--yes', '--dry-run', '--api-key-file', '--stdin', 'other'].some(word => args.includes(word));

async function runToItsEnd(args: readonly string[], env: Readonly<Record<string, string>>, scene: Scene) {
  const [command] = args;
  const { code, stdout, said } = await run([BIN, ...args], env, scene.folder);
  // It is its work to find that something is wrong.
  if (command === 'doctor') expect([0, 1], said).toContain(code);
  else expect(code, `${args.join(' ')}: ${said}`).toBe(0);
  expect(said).not.toBe('');
  if (command === 'call') expect(stdout).not.toBe('');
  if (command === 'token') scene.tokens.push({ token: stdout.trim(), role: args[args.indexOf('--role') + 1] ?? '' });
}

function asksFirst(args: readonly string[]): boolean {
  const tool = tools.find(({ name }) => name === args[1]);
  if (args[1] !== undefined && !args[1].startsWith('-') && !tool) throw new Error(`there is no tool ${args[1]}`);
  const guarded = tool !== undefined && ['disrupt', 'destroy', 'purchase'].includes(tool.effect);
  return guarded && !['--help', '--dangerously-skip-confirmation'].some(word => args.includes(word));
}

export async function run(args: readonly string[], env: Readonly<Record<string, string>>, cwd: string) {
  const child = spawn(process.execPath, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => ((stdout += chunk.toString()), (said += chunk.toString())));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  return { code, stdout, said };
}

const QUESTIONS = [en.setup.which, en.setup.account, en.setup.writeIt, en.login.apiKey, 'to confirm: ', '(yes/no)'];

async function leaveAtFirstQuestion(args: readonly string[], env: Readonly<Record<string, string>>, cwd: string) {
  const seen = openTerminal(args, env, cwd);
  const asked = () => QUESTIONS.some(question => seen.screen().replaceAll(/\s+/g, ' ').includes(question.trim()));
  let over = false;
  void seen.ended.then(() => (over = true));
  await expect.poll(() => asked() || over, { timeout: 60_000 }).toBe(true);
  expect(asked(), seen.screen()).toBe(true);
  seen.type('\x03');
  await seen.ended;
  expect(seen.screen()).toMatch(/Nothing (?:was written|was kept|changed)/i);
}

/** On a free port; whoever has a token of the block may do what their role lets them, and all of it ends without a fault. */
async function serveUntilTheEnd(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  scene: Scene,
): Promise<void> {
  const free = args.map((word, at) => (args[at - 1] === '--listen' ? word.replace(/\d+$/, '0') : word));
  const server = spawn(process.execPath, [BIN, ...free], {
    env: { ...env, ...(!args.includes('--listen') && { GIGAHOST_LISTEN: '0' }) },
    cwd: scene.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const over = new Promise<number | null>(resolve => server.once('close', resolve));
  scene.running.push(async () => {
    server.kill();
    expect(await over, said).toBe(0);
  });
  const url = await new Promise<string>((resolve, reject) => {
    server.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [, found] = /serves MCP on (\S+)\n/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    void over.then(() => reject(new Error(`${args.join(' ')}: ${said}`)));
  });
  if (scene.tokens.length === 0) expect(await toolsAt(url, {})).toContain('rename_server');
  for (const { token, role } of scene.tokens) {
    const names = await toolsAt(url, { Authorization: `Bearer ${token}` });
    expect(names).toContain('list_servers');
    expect(names.includes('rename_server'), role).toBe(role !== 'viewer');
  }
}
