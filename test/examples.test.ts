import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { serve, type Served } from './support/http.js';

const TEAM = [
  { name: 'vera', role: 'viewer' },
  { name: 'olav', role: 'operator' },
  { name: 'ada', role: 'admin' },
] as const;

/** The bot on pipes; what is typed waits for the question it answers, and the pipe is closed after the last. */
async function bot(
  server: Served,
  as: string,
  words: readonly string[],
  typed: readonly (readonly [RegExp, string])[],
) {
  const child = spawn(process.execPath, ['examples/bot.mjs', `${server.url}/mcp`, ...words], {
    env: { PATH: process.env['PATH'], GIGAHOST_MCP_TOKEN: server.tokens[as] },
  });
  let [said, left] = ['', [...typed]];
  const listen = (chunk: Buffer): void => {
    said += chunk.toString();
    const [next] = left;
    if (!next || !next[0].test(said)) return;
    left = left.slice(1);
    child.stdin.write(`${next[1]}\n`);
    if (left.length === 0) child.stdin.end();
  };
  if (left.length === 0) child.stdin.end();
  child.stdout.on('data', listen);
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  return { said, code };
}

const reboots = (server: Served): number => server.sandbox.calls('GET', /reboot/).length;
const REBOOT = ['reboot_server', 'server=web01'];

test('the bot shows the plan, and reboots on a yes', async () => {
  await using server = await serve({ principals: TEAM });
  const { said, code } = await bot(server, 'olav', REBOOT, [[/\(yes\/no\) $/, 'yes']]);
  expect(said).toMatch(/web01[^]*Yes, do it\? \(yes\/no\)/);
  expect(code, said).toBe(0);
  expect(reboots(server)).toBe(1);
});

test.for([
  ['a no', [[/\(yes\/no\) $/, 'no']]],
  ['no answer', []],
] as const)('the bot does nothing on %s', async ([, typed]) => {
  await using server = await serve({ principals: TEAM });
  const { said } = await bot(server, 'olav', REBOOT, typed);
  expect(said).toMatch(/Nothing changed/i);
  expect(reboots(server)).toBe(0);
});

test('the bot has the name of what is erased typed', async () => {
  await using server = await serve({ principals: TEAM });
  const words = ['delete_dns_zone', 'zone=kunde.example'];
  const wrong = await bot(server, 'ada', words, [[/Type kunde\.example to confirm: $/, 'kunde.no']]);
  expect(wrong.said).toMatch(/Nothing changed/);
  expect(server.sandbox.calls('DELETE')).toHaveLength(0);
  const right = await bot(server, 'ada', words, [[/Type kunde\.example to confirm: $/, 'kunde.example']]);
  expect(right.code, right.said).toBe(0);
  expect(server.sandbox.calls('DELETE')).toHaveLength(1);
});

test('the bot of somebody whose role does not reach that far is refused', async () => {
  await using server = await serve({ principals: TEAM });
  const { said, code } = await bot(server, 'vera', REBOOT, []);
  expect(said).toMatch(/takes the role operator/);
  expect(code).toBe(1);
});
